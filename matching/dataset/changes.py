"""What could be otherwise about a role, one thing at a time: its times, its places, its conditions."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matching.dataset import vocabulary
from matching.dataset.asked import LEAD, NO_LIMIT
from matching.dataset.choices import DAY, Minutes, ways
from matching.dataset.scope import Days
from matching.dataset.vocabulary import Ids
from matching.engine.problem import Problem, Slots
from matching.engine.variants import Change
from organisations.models import Role, Slot
from volunteers.services.conditions import COORDINATOR_UNDER

HOUR = 60
DAYS_A_WEEK = 7
# A slot longer than this can be cut into pieces of these lengths, of which one is enough.
LONG_MIN = 90
PIECES_MIN = (30, 60, 90)


class Kind(StrEnum):
    """What is otherwise; the value that goes with it stands beside it."""

    EARLIER = "earlier"  # minutes
    LATER = "later"  # minutes
    WEEKDAY = "weekday"  # Monday = 0
    PIECES = "pieces"  # minutes
    PLACE = "place"  # places more
    GROUPS = "groups"
    MIN_AGE = "min_age"  # the age there is now
    MAX_AGE = "max_age"  # the age there is now
    GUARDIAN = "guardian"
    QUALIFICATION = "qualification"  # id
    ACCESS = "access"  # id


@dataclass(frozen=True, slots=True)
class Idea:
    kind: Kind
    value: int = 0


@dataclass(frozen=True, slots=True)
class _Times:
    """The slots by row, in minutes from the start of the first day; ``minutes`` is 0 for the whole slot."""

    start: Minutes
    end: Minutes
    minutes: Minutes

    @property
    def in_one_day(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.start // DAY == (self.end - 1) // DAY)


def of(*, role: Role, problem: Problem, slot_ids: Ids, days: Days, now: dt.datetime) -> dict[Idea, Change]:
    """Return every idea there is for the one role of *problem*, and what it changes."""
    found = dict(_conditions(role, problem))
    if len(slot_ids):
        found |= _times(problem.slots, slot_ids, days, now)
        more = problem.slots.places_left + np.int32(1)
        found[Idea(Kind.PLACE, 1)] = Change(slots=replace(problem.slots, places_left=more))
    return found


def _conditions(role: Role, problem: Problem) -> Iterator[tuple[Idea, Change]]:
    words = vocabulary.read()
    asked, known = int(problem.roles.qualifications[0]), int(problem.roles.access[0])
    met = known | (words.place_access if role.is_online else 0)
    if not role.takes_groups:
        yield Idea(Kind.GROUPS), Change({"takes_groups": True})
    if role.min_age:
        yield Idea(Kind.MIN_AGE, role.min_age), Change({"min_age": 0})
    if role.max_age is not None:
        yield Idea(Kind.MAX_AGE, role.max_age), Change({"max_age": NO_LIMIT})
    if role.guardian_under > COORDINATOR_UNDER:
        yield Idea(Kind.GUARDIAN), Change({"guardian_under": COORDINATOR_UNDER})
    for bit, id_ in enumerate(words.qualifications.tolist()):
        if asked >> bit & 1:
            yield Idea(Kind.QUALIFICATION, id_), Change({"qualifications": asked & ~(1 << bit)})
    for bit, id_ in enumerate(words.access.tolist()):
        if not met >> bit & 1:
            yield Idea(Kind.ACCESS, id_), Change({"access": known | 1 << bit})


def _times(slots: Slots, slot_ids: Ids, days: Days, now: dt.datetime) -> dict[Idea, Change]:
    """Return the ideas about when: only slots that one can still be asked for are moved or cut."""
    times = _read(slot_ids, days)
    offered = np.isin(np.arange(len(slots)), slots.choice_slot)
    movable = offered & times.in_one_day
    earliest = _minutes(now + LEAD - days.start)
    tried = {
        Idea(Kind.EARLIER, HOUR): _moved(times, np.where(movable, -HOUR, 0)),
        Idea(Kind.LATER, HOUR): _moved(times, np.where(movable, HOUR, 0)),
    }
    for weekday in range(DAYS_A_WEEK):
        by = _to_weekday(times, (weekday - days.first.weekday()) % DAYS_A_WEEK, earliest, days.count)
        tried[Idea(Kind.WEEKDAY, weekday)] = _moved(times, np.where(movable, by, 0))
    lasts = np.where(times.minutes > 0, times.minutes, times.end - times.start)
    for piece in PIECES_MIN:
        cut = np.where(offered & (lasts > LONG_MIN), piece, times.minutes)
        tried[Idea(Kind.PIECES, piece)] = replace(times, minutes=cut)
    again = _ways_at(slots, days, now)
    return {idea: Change(slots=again(other)) for idea, other in tried.items() if not _same(other, times)}


def _read(slot_ids: Ids, days: Days) -> _Times:
    rows = Slot.objects.in_bulk(slot_ids.tolist())
    slots = [rows[id_] for id_ in slot_ids.tolist()]
    return _Times(
        np.array([math.floor((slot.starts_at - days.start) / dt.timedelta(minutes=1)) for slot in slots]),
        np.array([_minutes(slot.ends_at - days.start) for slot in slots]),
        np.array([slot.minutes or 0 for slot in slots]),
    )


def _moved(times: _Times, by: Minutes) -> _Times:
    return replace(times, start=times.start + by, end=times.end + by)


def _to_weekday(times: _Times, first: int, earliest: int, days: int) -> Minutes:
    """Return by how much each slot must move to lie on a weekday, the nearest one that people can still be asked for.

    Parameters
    ----------
    first : how many days after the first day that weekday is.
    earliest : minutes from the start of the first day; days : how many are looked at.
    """
    ahead = (first - times.start // DAY) % DAYS_A_WEEK * DAY
    behind = ahead - DAYS_A_WEEK * DAY
    too_early = times.start + behind < earliest
    too_late = times.end + ahead > days * DAY
    return np.where(((ahead <= -behind) & ~(too_late & ~too_early)) | too_early, ahead, behind)


def _ways_at(slots: Slots, days: Days, now: dt.datetime) -> Callable[[_Times], Slots]:
    def at(times: _Times) -> Slots:
        found = ways(
            times.start,
            times.end,
            times.minutes,
            now=_minutes(now - days.start),
            lead=_minutes(LEAD),
            days=days.count,
        )
        return replace(slots, choice_slot=found.slot, choice_day=found.day, choice_mask=found.mask)

    return at


def _same(one: _Times, other: _Times) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in _Times.__slots__)


def _minutes(length: dt.timedelta) -> int:
    return -int(-length.total_seconds() // 60)
