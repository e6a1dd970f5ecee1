"""The only bridge between rows and arrays: what the engine is given, and whose rows its numbers stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.dataset import asked, people
from matching.dataset.asked import Asked
from matching.dataset.rows import columns, positions
from matching.dataset.scope import Who, days_from
from matching.dataset.vocabulary import Ids
from matching.engine.problem import Problem

__all__ = ["Dataset", "days_from", "load"]

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
    *, now: dt.datetime, who: Who | None = None, volunteer_ids: Sequence[int] | None = None, side: Asked | None = None
) -> Dataset:
    """Read the open roles, and the volunteers of *who*, or those named, or all.

    Parameters
    ----------
    side : the roles, where they have been read before.
    """
    who = who or Who(ids=volunteer_ids)
    side = side or asked.read(now)
    ids, volunteers = people.read(who, side.days, side.words, side.traits, now)
    problem = Problem(
        volunteers=volunteers,
        roles=side.roles,
        slots=side.slots,
        first_weekday=side.days.first.weekday(),
        days=side.days.count,
        place_access=side.words.place_access,
        closed=_closed(ids, side.role_ids),
    )
    return Dataset(problem, ids, side.role_ids, side.slot_ids)


def _closed(volunteer_ids: Ids, role_ids: Ids) -> sparse.csr_array:
    pairs = columns(Who(ids=volunteer_ids.tolist()).sql(_CLOSED), ints=("volunteer", "role"))
    volunteer, role = positions(volunteer_ids, pairs["volunteer"]), positions(role_ids, pairs["role"])
    known = (volunteer >= 0) & (role >= 0)
    return sparse.csr_array(
        (np.ones(known.sum(), np.bool_), (volunteer[known], role[known])), shape=(len(volunteer_ids), len(role_ids))
    )
