"""Some of the people and roles as a problem of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from scipy import sparse

from matching.engine.problem import Int, Problem, Roles, Slots, Volunteers


def some_people(problem: Problem, rows: Sequence[int] | Int) -> Problem:
    """Return the problem of the volunteers in *rows*, each once, with all roles; they are numbered anew from 0."""
    kept = np.asarray(rows, dtype=np.int64)
    everyone = problem.volunteers
    columns = {
        field.name: getattr(everyone, field.name)[kept]
        for field in fields(everyone)
        if not field.name.startswith("exception_")
    }
    place = _places(kept, len(everyone))[everyone.exception_volunteer]
    theirs = place >= 0
    volunteers = Volunteers(
        **columns,
        exception_volunteer=place[theirs],
        exception_day=everyone.exception_day[theirs],
        exception_free=everyone.exception_free[theirs],
    )
    return replace(problem, volunteers=volunteers, closed=problem.closed[kept])


def some_roles(problem: Problem, rows: Sequence[int] | Int) -> Problem:
    """Return the problem of the roles in *rows*, ascending, with all people; they are numbered anew from 0."""
    kept = np.asarray(rows, dtype=np.int64)
    slots = problem.slots
    role = _places(kept, len(problem.roles))[slots.role]
    theirs = np.flatnonzero(role >= 0)
    choice_slot = _places(theirs, len(slots))[slots.choice_slot]
    choices = choice_slot >= 0
    columns = {
        field.name: getattr(slots, field.name)[theirs]
        for field in fields(slots)
        if field.name != "role" and not field.name.startswith("choice_")
    }
    return replace(
        problem,
        roles=Roles(**{field.name: getattr(problem.roles, field.name)[kept] for field in fields(problem.roles)}),
        slots=Slots(
            **columns,
            role=role[theirs],
            choice_slot=choice_slot[choices],
            choice_day=slots.choice_day[choices],
            choice_mask=slots.choice_mask[choices],
        ),
        closed=_columns(problem.closed, kept),
    )


def _columns(matrix: sparse.csr_array, kept: np.ndarray) -> sparse.csr_array:
    """Return some columns: in a look at each entry, where scipy looks at each row, too."""
    column = _places(kept, matrix.shape[1])[matrix.indices]
    theirs = column >= 0
    start = np.concatenate([[0], np.cumsum(theirs, dtype=np.int64)])[matrix.indptr]
    return sparse.csr_array((matrix.data[theirs], column[theirs], start), shape=(matrix.shape[0], len(kept)))


def _places(kept: np.ndarray, count: int) -> np.ndarray:
    """Return, int32 (count,), where each row went, -1 where it was not kept."""
    places = np.full(count, -1, dtype=np.int32)
    places[kept] = np.arange(len(kept), dtype=np.int32)
    return places
