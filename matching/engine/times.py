"""When people are free, and which slots they can do.

A slot can be done where one of its ways fits: all half hours of the way's mask are free on its day. Many slots share
ways (Saturday 9 to 11), so each different (day, mask) is tried once against all people.
"""

from __future__ import annotations

import numpy as np

from matching.engine import bits
from matching.engine.bits import Plane
from matching.engine.problem import Bits, Problem, Slots, Volunteers

_DAY_BITS = np.uint64(48)


class Timetable:
    """The slots of a problem, put in the order in which they are tried: by role, by start, by row.

    Attributes
    ----------
    slot : int (s,), the row number of the slot at each place of the order.
    role : int (s,), its role.
    turn : int (s,), which slot of its role it is: 0 for the first one.
    """

    def __init__(self, slots: Slots) -> None:
        self.slot = np.lexsort((np.arange(len(slots)), slots.starts_h, slots.role))
        self.role = slots.role[self.slot]
        starts = np.flatnonzero(np.diff(self.role, prepend=-1))
        self.turn = np.arange(len(slots)) - np.repeat(starts, np.diff(starts, append=len(slots)))
        self.ways = len(slots.choice_slot)
        self._places_left = slots.places_left[self.slot]
        place_of = np.empty(len(slots), dtype=np.int64)
        place_of[self.slot] = np.arange(len(slots))
        by_place = np.argsort(place_of[slots.choice_slot], kind="stable")
        self._way_of = place_of[slots.choice_slot][by_place]
        keys = (slots.choice_day.astype(np.uint64) << _DAY_BITS) | slots.choice_mask
        different, number = np.unique(keys[by_place], return_inverse=True)
        self._way = number
        self._day = (different >> _DAY_BITS).astype(np.int64)
        self._mask = different & np.uint64((1 << 48) - 1)

    def fits(self, free: Bits) -> Plane:
        """Return who can do which slot, as far as time goes.

        Parameters
        ----------
        free : uint64 (days, people), free half hours.

        Returns
        -------
        uint8 (s, bytes), in the order of `slot`.
        """
        ways = np.zeros((len(self._day), bits.everybody(free.shape[1]).size), dtype=np.uint8)
        for day in np.unique(self._day):
            begin, end = np.searchsorted(self._day, [day, day + 1])
            ways[begin:end] = bits.pack((self._mask[begin:end, None] & ~free[day][None, :]) == 0)
        return bits.union_by(self._way_of, ways[self._way], len(self.slot))

    def has_room(self, volunteers: Volunteers) -> Plane:
        """Return for whose party which slot has places enough, uint8 (s, bytes), in the order of `slot`."""
        places, number = np.unique(self._places_left, return_inverse=True)
        return bits.pack(volunteers.party_size[None, :] <= places[:, None])[number]


def free_half_hours(problem: Problem) -> Bits:
    """Return when the volunteers are free: the weekly hours, replaced on the days that differ.

    Returns
    -------
    uint64 (days, n), the low 48 bits.
    """
    volunteers = problem.volunteers
    weekday = (problem.first_weekday + np.arange(problem.days)) % 7
    free = np.ascontiguousarray(volunteers.weekly.T)[weekday]
    inside = (volunteers.exception_day >= 0) & (volunteers.exception_day < problem.days)
    day, person = volunteers.exception_day[inside], volunteers.exception_volunteer[inside]
    free[day, person] = volunteers.exception_free[inside]
    return free
