"""Why a role was not suggested to somebody: the hard constraints, one bit each. They are never relaxed.

Every condition is judged on its own for every pair, so that each can be named even where another one holds too:

NOT_OPEN           the role is not open, or its organisation not approved
NO_CONSENT         the person did not agree to suggestions, or takes a break
TOO_YOUNG          age < min_age
TOO_OLD            age > max_age
GUARDIAN           no guardian's consent, and age < 16, or age < 18 and age < guardian_under; adults need none
QUALIFICATION      not all required qualifications are held
ACCESS             a need that the role is not known to meet (unknown is no); at home, needs about the place are met
ONLINE_NOT_WANTED  the role is online and the person does not take such
HOME_ONLY          the person wants to help from home only and the role is not online
DISTANCE           the role is not online, and the way is longer than the limit or not known
CAPACITY           no slot has places left for the whole party; so always where a role has no slot
TIME               no slot that has places for the party can be done in the free time. Where none has, all slots are
                   looked at instead, so that a full role is not also said to be at the wrong time. A role without
                   any slot is shut out by CAPACITY alone
GROUP              the person comes with others and the role takes no groups
AVOIDED            an activity of the role is one to avoid
CLOSED             the pair has an application, a place or a "no" already
"""

from __future__ import annotations

from enum import IntFlag

ADULT_AGE = 18
ALWAYS_WITH_GUARDIAN_UNDER = 16


class Reason(IntFlag):
    """The conditions that shut a pair out; 0 means that the role fits."""

    NOT_OPEN = 1 << 0
    NO_CONSENT = 1 << 1
    TOO_YOUNG = 1 << 2
    TOO_OLD = 1 << 3
    GUARDIAN = 1 << 4
    QUALIFICATION = 1 << 5
    ACCESS = 1 << 6
    ONLINE_NOT_WANTED = 1 << 7
    HOME_ONLY = 1 << 8
    DISTANCE = 1 << 9
    CAPACITY = 1 << 10
    TIME = 1 << 11
    GROUP = 1 << 12
    AVOIDED = 1 << 13
    CLOSED = 1 << 14
