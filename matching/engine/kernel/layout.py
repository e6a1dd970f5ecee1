"""A problem laid out for the kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.compiled import LANES
from matching.engine.derived import derived
from matching.engine.geodesy import cartesian_km
from matching.engine.hands import hands
from matching.engine.kernel.asked import Asked, tiles
from matching.engine.kernel.base import MOST_ROLES, MOST_SLOTS
from matching.engine.kernel.people import People, blocks
from matching.engine.kernel.words import Closed
from matching.engine.problem import Float, Problem, Roles, Slots


class TooMany(ValueError):
    """More roles than 2³⁰, or more slots of one role than 4,096: the kernel's numbers do not reach so far."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """People laid out once, for any number of roles.

    Parameters
    ----------
    home : float64 (n, 3), km, in the order of the problem, see `cartesian_km`.
    """

    people: People
    home: Float


@dataclass(frozen=True, slots=True)
class Layout:
    """Both sides; venue : float64 (m, 3), km, in the order of the problem, NaN for a role done from home."""

    crowd: Crowd
    asked: Asked
    closed: Closed
    venue: Float
    first_weekday: int
    days: int
    activities: int
    skills: int
    dims: int

    @property
    def blocks(self) -> int:
        return len(self.crowd.people.number) // LANES


def lay_out(problem: Problem) -> Layout:
    """Lay out both sides of *problem*.

    Raises
    ------
    TooMany
    """
    roles = hands().submit(_roles, problem)
    home = cartesian_km(problem.volunteers.lat, problem.volunteers.lng)
    people = blocks(problem.volunteers, home)
    return _laid_out(problem, Crowd(people, home), roles.result())


def _roles(problem: Problem) -> tuple[Asked, Float]:
    """Return the roles by tile, and where they take place."""
    kept = _kept(problem.roles, problem.slots)
    if problem.place_access not in kept:
        kept[problem.place_access] = _roles_laid_out(problem)
    return kept[problem.place_access]


@derived
def _kept(_roles: Roles, _slots: Slots) -> dict[int, tuple[Asked, Float]]:
    """Return where to keep them, by what is met by staying at home: the parts of a run all ask for the same roles."""
    return {}


def _roles_laid_out(problem: Problem) -> tuple[Asked, Float]:
    roles = problem.roles
    if len(roles) > MOST_ROLES or np.bincount(problem.slots.role).max(initial=0) > MOST_SLOTS:
        raise TooMany
    venue = cartesian_km(roles.lat, roles.lng)
    venue[roles.is_online] = np.nan
    return tiles(problem, venue), venue


def _laid_out(problem: Problem, crowd: Crowd, laid_out: tuple[Asked, Float]) -> Layout:
    roles, (asked, venue) = problem.roles, laid_out
    closed = problem.closed.copy()
    closed.eliminate_zeros()
    return Layout(
        crowd=crowd,
        asked=asked,
        closed=Closed(closed.indptr.astype(np.int64), asked.row_of[closed.indices]),
        venue=venue,
        first_weekday=problem.first_weekday,
        days=problem.days,
        activities=roles.activities.shape[1],
        skills=roles.skills.shape[1],
        dims=roles.text.shape[1],
    )
