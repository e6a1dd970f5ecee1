"""What an allocation gives back, for everybody's page and for the coordinator's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from matching.engine.allocation.market import Long
from matching.engine.problem import Float, Int, Single


class Why(IntEnum):
    """Why a role is shown to fewer people than the floor."""

    FEW_FIT = 1
    """It is shown to everybody who has it among their candidates."""
    FEW_PLACES = 2
    """It is shown to as many people as it may be put before."""
    ASKS_USED_UP = 3
    """It is shown to everybody who fits and may still be asked."""
    NO_SWAP = 4
    """More would fit, but only by taking a first suggestion, or from roles that would fall below their own floor."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """How the prices came about, one row per round, before that round's change.

    Parameters
    ----------
    below : int32 (t,), roles shown to fewer people than their floor.
    overload : float64 (t,), expected sign-ups beyond the need, summed over the roles.
    useful : float64 (t,), expected sign-ups up to the need, summed over the roles.
    change : float64 (t,), the largest change of a price in this round.
    """

    below: Int
    overload: Float
    useful: Float
    change: Float


@dataclass(frozen=True, slots=True)
class Under:
    """The roles with free places that are shown to fewer people than the floor (u rows), by number.

    Parameters
    ----------
    role, shown_to : int32 (u,)
    fit : int32 (u,), how many people have the role among their candidates.
    why : int8 (u,), a `Why`.
    """

    role: Int
    shown_to: Int
    fit: Int
    why: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Trace:
    """The round as a coordinator looks at it."""

    rounds: Rounds
    under: Under


@dataclass(frozen=True, slots=True)
class Allocation:
    """What everybody is shown (n volunteers, m roles, q items).

    Parameters
    ----------
    start : int64 (n + 1,), the items of volunteer *v* are ``start[v]:start[v + 1]``, in the order they are shown.
    position : int64 (q,), where in the `Candidates` an item stands.
    price : float32 (m,), taken off the score of a role; |price| ≤ `prices.LIMIT`.
    expected : float64 (m,), sign-ups as `sign_ups` has it.
    shown_to : int32 (m,), people.
    floor_given : int64 (g,), positions of the items that are shown for the sake of the floor, ascending.
    trace : how it came about.
    """

    start: Long
    position: Long
    price: Single
    expected: Float
    shown_to: Int
    floor_given: Long
    trace: Trace
