"""The engine in numpy: all people at once, a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.engine import bits, scoring
from matching.engine.bits import Plane
from matching.engine.checks import check
from matching.engine.constraints import Verdict, judge
from matching.engine.outcome import Outcome, Ranking, Tally
from matching.engine.pairs import Pairs
from matching.engine.parts import part
from matching.engine.problem import Problem
from matching.engine.reasons import Reason
from matching.engine.scoring import USUAL, Weights
from matching.engine.times import Timetable

_PAIRS_IN_ONE_GO = 4_000_000
_WAY_BYTES_IN_ONE_GO = 64_000_000


class FastEngine:
    """Scores every feasible pair, exactly. See `matching.engine.outcome.Engine`."""

    def rank(self, problem: Problem, *, top: int, floor: float, weights: Weights = USUAL) -> Outcome:
        """Return the *top* best feasible roles per volunteer whose relevance is at least *floor*.

        Parameters
        ----------
        problem : n people, m roles.
        top : how many roles a volunteer gets at most.
        floor : relevance in [0, 1], see `scoring.relevance`; `scoring.FLOOR` is a good one.
        weights : what each signal counts.

        Raises
        ------
        ValueError
            Where the parts of the problem do not fit together, see `checks.check`.
        """
        check(problem)
        timetable = Timetable(problem.slots)
        rankings, tally = [_nothing(weights)], _empty_tally(len(problem.roles))
        for first, last in _stretches(problem, timetable):
            some = part(problem, first, last)
            verdict = judge(some, timetable)
            feasible = verdict.feasible(last - first)
            ranking = _best(some, _pairs(verdict, timetable, feasible, some), top=top, floor=floor, weights=weights)
            tally = _added(tally, _tally(verdict, feasible, ranking))
            rankings.append(ranking)
        return Outcome(_joined(rankings), tally)

    def why_not(self, problem: Problem, volunteer: int, role: int) -> int:
        """Return the ``Reason`` bits that shut this pair out, 0 where it fits."""
        planes = judge(part(problem, volunteer, volunteer + 1), Timetable(problem.slots)).planes
        return sum(int(reason) for reason, plane in zip(Reason, planes, strict=True) if plane[role, 0])


def _stretches(problem: Problem, timetable: Timetable) -> Iterator[tuple[int, int]]:
    people = len(problem.volunteers)
    by_pairs = _PAIRS_IN_ONE_GO // max(len(problem.roles), 1)
    by_ways = 8 * _WAY_BYTES_IN_ONE_GO // max(timetable.ways, 1)
    step = max(min(by_pairs, by_ways, 8192) // 8 * 8, 8)
    for first in range(0, people, step):
        yield first, min(first + step, people)


def _pairs(verdict: Verdict, timetable: Timetable, feasible: Plane, problem: Problem) -> Pairs:
    """List the feasible pairs, each with the first slot of its role that fits, by volunteer and then by role."""
    missing, found = feasible.copy(), []
    for turn in range(timetable.turn.max(initial=-1) + 1):
        places = np.flatnonzero(timetable.turn == turn)
        roles = timetable.role[places]
        hits = missing[roles] & verdict.doable[places]
        missing[roles] &= ~hits
        rows, people = bits.members(hits)
        found.append((people, roles[rows], timetable.slot[places[rows]]))
    if not found:
        nobody = np.empty(0, dtype=np.int32)
        return Pairs(nobody, nobody, nobody, np.empty(0))
    people, roles, slots = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(people * len(problem.roles) + roles)
    volunteer, role, slot = (column[order].astype(np.int32) for column in (people, roles, slots))
    return Pairs(volunteer, role, slot, verdict.km[role, volunteer])


def _best(problem: Problem, pairs: Pairs, *, top: int, floor: float, weights: Weights) -> Ranking:
    parts = scoring.parts(problem, pairs, weights)
    score = scoring.total(parts)
    wanted = np.flatnonzero(scoring.relevance(parts, weights) >= np.float32(floor))
    # Stable, and the pairs lie by role: equal scores stay in the order of the roles.
    order = wanted[np.lexsort((-score[wanted], pairs.volunteer[wanted]))]
    volunteer = pairs.volunteer[order]
    people = np.arange(len(problem.volunteers) + 1)
    place = np.arange(len(order)) - np.searchsorted(volunteer, people)[volunteer]
    kept = order[place < top]
    start = np.searchsorted(pairs.volunteer[kept], people)
    return Ranking(
        start.astype(np.int64),
        pairs.role[kept],
        pairs.slot[kept],
        score[kept],
        pairs.km[kept],
        parts[kept],
        weights.names,
        weights.values,
    )


def _tally(verdict: Verdict, feasible: Plane, ranking: Ranking) -> Tally:
    once, twice = np.zeros_like(feasible), np.zeros_like(feasible)
    for plane in verdict.planes:
        twice |= once & plane
        once |= plane
    listed = np.bincount(ranking.role, minlength=len(feasible)).astype(np.int32)
    return Tally(
        bits.count(feasible), listed, bits.count(verdict.planes).T, bits.count(verdict.planes & ~twice[None]).T
    )


def _empty_tally(roles: int) -> Tally:
    zeros, table = np.zeros(roles, dtype=np.int32), np.zeros((roles, len(Reason)), dtype=np.int32)
    return Tally(zeros, zeros, table, table)


def _added(one: Tally, other: Tally) -> Tally:
    return Tally(
        one.could_come + other.could_come,
        one.listed + other.listed,
        one.shut_out + other.shut_out,
        one.only_by + other.only_by,
    )


def _nothing(weights: Weights) -> Ranking:
    whole, none = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
    parts = np.empty((0, len(weights.names)), dtype=np.float32)
    start = np.zeros(1, dtype=np.int64)
    return Ranking(start, whole, whole, none, np.empty(0), parts, weights.names, weights.values)


def _joined(rankings: list[Ranking]) -> Ranking:
    """Put the rankings of one stretch after the other."""
    lengths = np.concatenate([np.diff(ranking.start) for ranking in rankings])
    return replace(
        rankings[0],
        start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        role=np.concatenate([ranking.role for ranking in rankings]),
        slot=np.concatenate([ranking.slot for ranking in rankings]),
        score=np.concatenate([ranking.score for ranking in rankings]),
        km=np.concatenate([ranking.km for ranking in rankings]),
        parts=np.concatenate([ranking.parts for ranking in rankings]),
    )
