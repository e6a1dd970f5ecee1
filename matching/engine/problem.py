"""What the engine is given: people and roles as arrays, numbered by row.

Axes are always (volunteer, role). Masks are True where something is allowed. Days are counted from the problem's
first day, local time; a day's half hours are the low 48 bits of a ``uint64``, bit *i* beginning *i* × 30 minutes
after midnight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Float = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]
Int = npt.NDArray[np.int32]
Bits = npt.NDArray[np.uint64]
Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Volunteers:
    """The people, one row each (n rows).

    Parameters
    ----------
    lat, lng : float64 (n,), degrees; NaN where the town has no point.
    travel_limit_km : float64 (n,)
    weekly : uint64 (n, 7), free half hours, Monday first.
    exception_volunteer, exception_day : int32 (e,); exception_free : uint64 (e,)
        On this day these half hours hold instead of the weekly ones. At most one per volunteer and day.
    age : int32 (n,), whole years on the first day.
    has_guardian : bool (n,), a guardian's consent is in force.
    can_contact : bool (n,), agreed to suggestions and takes no break.
    qualifications, access_needs : uint64 (n,), bit sets.
    party_size : int32 (n,), people who come together.
    takes_online, is_home_only : bool (n,)
    minutes_at_most : int32 (n,), 0 where no length was wished.
    interests : sparse (n, activities), weights in [0, 1], spread over the tree (`tree.spread`).
    avoids : sparse (n, activities), with all that lies below what was named (`tree.with_descendants`).
    skills : sparse (n, skills)
    wish : int8 (n, dims), rows 127 long, or 0 where nothing was said; the product of two that say the same is 127².
    has_taken_part : bool (n,), a place of theirs is over, and nobody wrote down that they did not come.
    tried : sparse (n, traits), 1 for every trait of the roles they took part in.
    leanings : sparse (n, traits), signed and not bounded: what they answered to roles with this trait, added up,
        the older the less; above 0 they liked them.
    """

    lat: Float
    lng: Float
    travel_limit_km: Float
    weekly: Bits
    exception_volunteer: Int
    exception_day: Int
    exception_free: Bits
    age: Int
    has_guardian: Bool
    can_contact: Bool
    qualifications: Bits
    access_needs: Bits
    party_size: Int
    takes_online: Bool
    is_home_only: Bool
    minutes_at_most: Int
    interests: sparse.csr_array
    avoids: sparse.csr_array
    skills: sparse.csr_array
    wish: npt.NDArray[np.int8]
    has_taken_part: Bool
    tried: sparse.csr_array
    leanings: sparse.csr_array

    def __len__(self) -> int:
        return len(self.lat)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Roles:
    """The roles, one row each (m rows).

    Parameters
    ----------
    lat, lng : float64 (m,), degrees; NaN for a role without a venue.
    is_online : bool (m,), done from home: no distance, and needs about the place are met.
    is_approved : bool (m,), open, and of an approved organisation.
    min_age, max_age, guardian_under : int32 (m,), whole years.
    qualifications, access : uint64 (m,), bit sets: required, and known to be there.
    takes_groups : bool (m,)
    activities : sparse (m, activities), weights in (0, 1], 1 for what the role is mainly about. Not spread: what is
        in here is what somebody can avoid.
    skills : sparse (m, skills)
    text : int8 (m, dims), rows 127 long, or 0.
    effort : int32 (m,), 1 no bodily work, 2 a little, 3 heavy.
    asks_first : bool (m,), the organisation answers before somebody is in.
    traits : sparse (m, traits), shares that sum to at most 1: the activities and the organisation, by which an answer
        to one role says something about another.
    """

    lat: Float
    lng: Float
    is_online: Bool
    is_approved: Bool
    min_age: Int
    max_age: Int
    guardian_under: Int
    qualifications: Bits
    access: Bits
    takes_groups: Bool
    activities: sparse.csr_array
    skills: sparse.csr_array
    text: npt.NDArray[np.int8]
    effort: Int
    asks_first: Bool
    traits: sparse.csr_array

    def __len__(self) -> int:
        return len(self.lat)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Slots:
    """The slots of the roles, by role and then by start (s rows), and when each can be done. Full ones too.

    Parameters
    ----------
    role : int32 (s,), ascending.
    places_left : int32 (s,)
    minutes : int32 (s,), how long taking part lasts.
    starts_h : float64 (s,), hours from the start of the first day.
    choice_slot, choice_day : int32 (c,); choice_mask : uint64 (c,)
        The ways to do a slot, by slot: all half hours of the mask must be free on that day. One way is enough.
    capacity : int32 (s,), places in all, taken or not.
    hours_left : float64 (s,), hours from the problem's moment until somebody must have begun: to the start, or to the
        last moment at which a window still holds its minutes.
    """

    role: Int
    places_left: Int
    minutes: Int
    starts_h: Float
    choice_slot: Int
    choice_day: Int
    choice_mask: Bits
    capacity: Int
    hours_left: Float

    def __len__(self) -> int:
        return len(self.role)


@dataclass(frozen=True, slots=True)
class Problem:
    """People, roles and slots, and what ties them together.

    Parameters
    ----------
    first_weekday : int, weekday of the first day, Monday = 0.
    days : int, how many days the slots may lie in.
    place_access : int, the access bits that are met by staying at home.
    closed : sparse bool (n, m), pairs that already have an application, a place or a "no".
    """

    volunteers: Volunteers
    roles: Roles
    slots: Slots
    first_weekday: int
    days: int
    place_access: int
    closed: sparse.csr_array
