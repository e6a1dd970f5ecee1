"""Why a role was not suggested to somebody: the hard constraints, one bit each."""

from __future__ import annotations

from enum import IntFlag


class Reason(IntFlag):
    """The conditions that shut a pair out; 0 means that the role fits.

    Every condition is checked for every pair, so that each can be named even where another one holds too.
    """

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
