"""The hard constraints: who is shut out of what, and why. They are never relaxed.

Each condition is judged on its own, so that each can be named even where another one holds too:

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

In arrays the role comes first here, and the people last, packed as bits (see `bits`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine import bits
from matching.engine.bits import Plane
from matching.engine.geodesy import cartesian_km, centre_km, distances_km
from matching.engine.problem import Bool, Float, Problem
from matching.engine.reasons import Reason
from matching.engine.times import Timetable, free_half_hours

ADULT_AGE = 18
ALWAYS_WITH_GUARDIAN_UNDER = 16


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who is shut out of what (n people, m roles, s slots).

    Parameters
    ----------
    planes : uint8 (reasons, m, bytes), in the order of `Reason`.
    doable : uint8 (s, bytes), slots with room that fit the free time, in the order of the timetable.
    km : float64 (m, n), the way; NaN for a role done from home or where it is not known.
    """

    planes: Plane
    doable: Plane
    km: Float

    def feasible(self, people: int) -> Plane:
        """Return who can come to which role, uint8 (m, bytes)."""
        return np.asarray(bits.everybody(people) & ~np.bitwise_or.reduce(self.planes, axis=0))


def judge(problem: Problem, timetable: Timetable) -> Verdict:
    """Check every condition for every pair.

    Parameters
    ----------
    problem : as many people as are to be looked at in one go; time and memory are about 20 bytes a pair.
    timetable : of the problem's slots.
    """
    people, roles = len(problem.volunteers), len(problem.roles)
    km = _way_km(problem)
    everybody = bits.everybody(people)
    planes = np.zeros((len(Reason), roles, everybody.size), dtype=np.uint8)
    for reason, rule in {**_rules_about_people(problem), **_rules_about_pairs(problem, km)}.items():
        planes[_index(reason)] = bits.pack(np.broadcast_to(rule, (roles, people)))
    fits, room = timetable.fits(free_half_hours(problem)), timetable.has_room(problem.volunteers)
    doable = fits & room
    in_time, with_room, both = (bits.union_by(timetable.role, plane, roles) for plane in (fits, room, doable))
    some_slot = np.bincount(timetable.role, minlength=roles)[:, None] > 0
    late = (with_room & ~both) | (~with_room & ~in_time)
    planes[_index(Reason.CAPACITY)] = everybody & ~with_room
    planes[_index(Reason.TIME)] = np.where(some_slot, everybody & late, 0)
    return Verdict(planes, doable, km)


def _index(reason: Reason) -> int:
    return reason.bit_length() - 1


def _way_km(problem: Problem) -> Float:
    here = cartesian_km(problem.roles.lat, problem.roles.lng)
    there = cartesian_km(problem.volunteers.lat, problem.volunteers.lng)
    centre = centre_km(np.concatenate([here, there]))
    km = distances_km(here - centre, there - centre)
    km[problem.roles.is_online] = np.nan
    return km


def _rules_about_people(problem: Problem) -> dict[Reason, Bool]:
    """Return the conditions on one of the two, or on their ages and wishes: bool, each (m, n), (m, 1) or (1, n)."""
    volunteers, roles = problem.volunteers, problem.roles
    age, online = volunteers.age[None, :], roles.is_online[:, None]
    needs_guardian = np.clip(roles.guardian_under, ALWAYS_WITH_GUARDIAN_UNDER, ADULT_AGE)[:, None]
    return {
        Reason.NOT_OPEN: ~roles.is_approved[:, None],
        Reason.NO_CONSENT: ~volunteers.can_contact[None, :],
        Reason.TOO_YOUNG: age < roles.min_age[:, None],
        Reason.TOO_OLD: age > roles.max_age[:, None],
        Reason.GUARDIAN: (age < needs_guardian) & ~volunteers.has_guardian[None, :],
        Reason.ONLINE_NOT_WANTED: online & ~volunteers.takes_online[None, :],
        Reason.HOME_ONLY: ~online & volunteers.is_home_only[None, :],
        Reason.GROUP: ~roles.takes_groups[:, None] & (volunteers.party_size > 1)[None, :],
    }


def _rules_about_pairs(problem: Problem, km: Float) -> dict[Reason, Bool]:
    """Return the conditions that compare a person's facts with the role's: bool (m, n)."""
    volunteers, roles = problem.volunteers, problem.roles
    at_home = np.where(roles.is_online, np.uint64(problem.place_access), np.uint64(0))
    return {
        Reason.QUALIFICATION: _lacks(roles.qualifications[:, None], volunteers.qualifications[None, :]),
        Reason.ACCESS: _lacks(volunteers.access_needs[None, :], (roles.access | at_home)[:, None]),
        Reason.DISTANCE: ~(km <= volunteers.travel_limit_km[None, :]) & ~roles.is_online[:, None],
        Reason.AVOIDED: _overlap(roles.activities, volunteers.avoids),
        Reason.CLOSED: (problem.closed != 0).toarray().T,
    }


def _lacks(wanted: npt.NDArray[np.uint64], there: npt.NDArray[np.uint64]) -> Bool:
    return np.asarray((wanted & ~there) != 0)


def _overlap(roles: sparse.csr_array, volunteers: sparse.csr_array) -> Bool:
    """Return, bool (m, n), whether the two have any column in common."""
    shared = (roles != 0).astype(np.float32) @ (volunteers != 0).astype(np.float32).T
    return np.asarray(shared.toarray() > 0)
