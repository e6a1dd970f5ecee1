"""A stretch of the people as a problem of its own, so that memory stays bounded however many there are."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from matching.engine.problem import Problem, Volunteers

_OF_EXCEPTIONS = ("exception_volunteer", "exception_day", "exception_free")


def part(problem: Problem, first: int, last: int) -> Problem:
    """Return the problem of the volunteers first ≤ row < last with all roles; their rows begin at 0 again."""
    return replace(problem, volunteers=_some(problem.volunteers, first, last), closed=problem.closed[first:last])


def _some(everyone: Volunteers, first: int, last: int) -> Volunteers:
    columns = {
        field.name: getattr(everyone, field.name)[first:last]
        for field in fields(everyone)
        if field.name not in _OF_EXCEPTIONS
    }
    theirs = (everyone.exception_volunteer >= first) & (everyone.exception_volunteer < last)
    return Volunteers(
        **columns,
        exception_volunteer=(everyone.exception_volunteer[theirs] - first).astype(np.int32),
        exception_day=everyone.exception_day[theirs],
        exception_free=everyone.exception_free[theirs],
    )
