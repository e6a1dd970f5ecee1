"""The only bridge between rows and arrays: what the engine is given, and whose rows its numbers stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.timezone import localdate, localtime
from scipy import sparse

from matching.dataset import asked, people, vocabulary
from matching.dataset.rows import columns, positions
from matching.dataset.scope import Days, Who
from matching.dataset.vocabulary import Ids
from matching.engine.problem import Problem

# Nobody is asked for anything further ahead than this.
HORIZON_DAYS = 28

_CLOSED = """
    SELECT p.volunteer_id::int8, s.role_id::int8 FROM volunteers_placement p
    JOIN organisations_slot s ON s.id = p.slot_id WHERE {who} AND p.cancelled_at IS NULL
    UNION
    SELECT a.volunteer_id::int8, s.role_id::int8 FROM volunteers_application a
    JOIN organisations_slot s ON s.id = a.slot_id WHERE {who} AND a.status <> 'withdrawn'
    UNION
    SELECT g.volunteer_id::int8, g.role_id::int8 FROM matching_suggestion g
    JOIN matching_feedback f ON f.suggestion_id = g.id
    WHERE {who} AND f.answer = 'decline' AND f.undone_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Row *i* of the problem's volunteers is ``volunteer_ids[i]``, and so on."""

    problem: Problem
    volunteer_ids: Ids
    role_ids: Ids
    slot_ids: Ids


def load(
    *,
    now: dt.datetime,
    first: int | None = None,
    last: int | None = None,
    volunteer_ids: Sequence[int] | None = None,
) -> Dataset:
    """Read the open roles, and the volunteers with first ≤ id ≤ last, or those named, or all.

    What the roles look like, their text model too, is the same whichever volunteers are read.
    """
    who = Who(first, last, volunteer_ids)
    days = days_from(now)
    words = vocabulary.read()
    role_ids, roles, traits = asked.read(words)
    slot_ids, slots = asked.read_slots(role_ids, days, now)
    ids, volunteers = people.read(who, days, words, traits, now)
    problem = Problem(
        volunteers=volunteers,
        roles=roles,
        slots=slots,
        first_weekday=days.first.weekday(),
        days=days.count,
        place_access=words.place_access,
        closed=_closed(who, ids, role_ids),
    )
    return Dataset(problem, ids, role_ids, slot_ids)


def days_from(now: dt.datetime) -> Days:
    """Return the days from the local day of *now* on."""
    start = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Days(start, localdate(now), HORIZON_DAYS)


def _closed(who: Who, volunteer_ids: Ids, role_ids: Ids) -> sparse.csr_array:
    pairs = columns(who.sql(_CLOSED), ints=("volunteer", "role"))
    volunteer, role = positions(volunteer_ids, pairs["volunteer"]), positions(role_ids, pairs["role"])
    known = (volunteer >= 0) & (role >= 0)
    return sparse.csr_array(
        (np.ones(known.sum(), np.bool_), (volunteer[known], role[known])), shape=(len(volunteer_ids), len(role_ids))
    )
