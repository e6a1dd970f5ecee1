"""A set of people with what a good coordinator would suggest to each, and how well an engine does by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from matching import dataset
from matching.engine.fast import FastEngine
from matching.engine.scoring import FLOOR

FIRST = 3


@dataclass(frozen=True, slots=True)
class Expectation:
    volunteer: str
    expect_top_any: list[str]
    expect_excluded: list[str]


@dataclass(frozen=True, slots=True)
class PersonaSet:
    """Rows by the keys of the set."""

    role_ids: dict[str, int]
    volunteer_ids: dict[str, int]
    expectations: list[Expectation]


@dataclass(slots=True)
class Result:
    """Volunteers whose expectation holds, and lines about those whose does not."""

    expected: int = 0
    first: list[str] = field(default_factory=list)
    among_first: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    wrongly_suggested: list[str] = field(default_factory=list)


def expectations(rows: Iterable[dict[str, Any]]) -> list[Expectation]:
    return [Expectation(row["volunteer"], row["expect_top_any"], row["expect_excluded"]) for row in rows]


def measure(personas: PersonaSet, *, now: dt.datetime) -> Result:
    """Rank everybody through the database and the engine, and compare."""
    suggested = _ranked(personas, now, floor=FLOOR)
    possible = _ranked(personas, now, floor=0.0)
    result = Result()
    for one in personas.expectations:
        wrong = set(possible[one.volunteer]) & set(one.expect_excluded)
        result.wrongly_suggested += [f"{one.volunteer}: {role}" for role in sorted(wrong)]
        best = suggested[one.volunteer]
        if one.expect_top_any:
            result.expected += 1
            if set(best[:1]) & set(one.expect_top_any):
                result.first.append(one.volunteer)
            else:
                result.misses.append(f"{one.volunteer}: {one.expect_top_any}, but {best[:FIRST]}")
            if set(best[:FIRST]) & set(one.expect_top_any):
                result.among_first.append(one.volunteer)
        elif best:
            result.wrongly_suggested.append(f"{one.volunteer}: {best}")
    return result


def _ranked(personas: PersonaSet, now: dt.datetime, *, floor: float) -> dict[str, list[str]]:
    read = dataset.load(now=now)
    keys = {id_: key for key, id_ in personas.role_ids.items()}
    ranking = FastEngine(read.problem).rank(top=len(read.role_ids), floor=floor)
    rows = {int(id_): row for row, id_ in enumerate(read.volunteer_ids)}
    return {
        volunteer: [
            keys[int(read.role_ids[role])]
            for role in ranking.role[ranking.start[rows[id_]] : ranking.start[rows[id_] + 1]]
        ]
        for volunteer, id_ in personas.volunteer_ids.items()
    }
