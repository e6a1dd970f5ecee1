"""A problem that does not hang together is refused before anything is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np

from matching.engine.problem import Problem

ALL_DAY = np.uint64((1 << 48) - 1)


def check(problem: Problem) -> None:
    """Look whether all parts of *problem* fit together.

    Raises
    ------
    ValueError
        Naming everything that is wrong: lengths and shapes that differ, row numbers that do not exist, days outside
        the problem, slots that do not lie by role, two exceptions of one person on one day, more than 48 half hours.
    """
    wrong = [*_lengths(problem), *_shapes(problem), *_slots(problem), *_free_times(problem)]
    if wrong:
        raise ValueError("; ".join(wrong))


def _lengths(problem: Problem) -> Iterator[str]:
    people, slots = problem.volunteers, problem.slots
    for name, rows in (("volunteers", problem.volunteers), ("roles", problem.roles), ("slots", slots)):
        for field in fields(rows):
            of_its_own = field.name.startswith(("exception_", "choice_"))
            if not of_its_own and getattr(rows, field.name).shape[0] != len(rows):
                yield f"{name}.{field.name} has another length than the {len(rows)} {name}"
    if len({len(people.exception_volunteer), len(people.exception_day), len(people.exception_free)}) > 1:
        yield "the columns of the exceptions differ in length"
    if len({len(slots.choice_slot), len(slots.choice_day), len(slots.choice_mask)}) > 1:
        yield "the columns of the choices differ in length"


def _shapes(problem: Problem) -> Iterator[str]:
    people, roles = problem.volunteers, problem.roles
    if people.weekly.shape[1:] != (7,):
        yield "volunteers.weekly has not seven days"
    if problem.closed.shape != (len(people), len(roles)):
        yield f"closed is {problem.closed.shape}, not (volunteers, roles)"
    for name, one, other in (
        ("interests", people.interests, roles.activities),
        ("avoids", people.avoids, roles.activities),
        ("skills", people.skills, roles.skills),
        ("wish", people.wish, roles.text),
        ("tried", people.tried, roles.traits),
        ("leanings", people.leanings, roles.traits),
    ):
        if one.shape[1] != other.shape[1]:
            yield f"volunteers.{name} and roles count {one.shape[1]} and {other.shape[1]} columns"


def _slots(problem: Problem) -> Iterator[str]:
    slots = problem.slots
    if not _within(slots.role, len(problem.roles)) or (np.diff(slots.role) < 0).any():
        yield "slots.role does not ascend through the roles"
    if not _within(slots.choice_slot, len(slots)):
        yield "a choice has no slot"
    if not _within(slots.choice_day, problem.days):
        yield f"a choice lies outside the {problem.days} days"
    if (slots.choice_mask > ALL_DAY).any():
        yield "a choice has more than 48 half hours"


def _free_times(problem: Problem) -> Iterator[str]:
    people = problem.volunteers
    if not _within(people.exception_volunteer, len(people)):
        yield "an exception has no volunteer"
    keys = (people.exception_volunteer.astype(np.int64) << 32) + people.exception_day
    if (np.diff(keys) <= 0).any() and len(np.unique(keys)) < len(keys):
        yield "somebody has two exceptions on one day"


def _within(numbers: np.ndarray, end: int) -> bool:
    return bool(((numbers >= 0) & (numbers < end)).all())
