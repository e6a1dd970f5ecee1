"""Some roles find everybody who could come and wants to: what a list does for a person, done for a role."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import uint64

from matching.engine import scoring
from matching.engine.compiled import ALL, LANES, compiled, lowest
from matching.engine.hands import in_chunks
from matching.engine.kernel import candidates
from matching.engine.kernel.base import scale
from matching.engine.kernel.candidates import Best
from matching.engine.kernel.layout import Layout
from matching.engine.kernel.ranking import bases_of, pairs_of
from matching.engine.kernel.sought import Sought
from matching.engine.outcome import Comers
from matching.engine.pairs import Pairs
from matching.engine.problem import Bits, Bool, Int, Problem, Single
from matching.engine.scoring import Weights
from matching.engine.standing import Standing

AT_ONCE, WORTH = 65_536, 1_024
"""Signals are worked out for so many pairs at once at most, and at least for so many in a thread."""


def everybody_for(rows: Int, standing: Standing, floor: float, weights: Weights, words: Sought | None = None) -> Comers:
    """Return all pairs of these *rows*, ascending, see `matching.engine.fast.FastEngine.comers`.

    Where *words* are known of the blocks, they are asked first.
    """
    layout = standing.layout_for(rows)
    by = scale(weights, floor)
    might = candidates.asked_first(layout, by, words) if words else np.full(layout.blocks, ALL)
    best = candidates.find(layout, by, len(rows), might if words else None)
    people = _found(layout, might, best)
    theirs = Best(best.size[people], best.keys[people])
    pairs = pairs_of(layout, theirs, layout.crowd.home[people])
    pairs = Pairs(people[pairs.volunteer], pairs.role, pairs.slot, pairs.km)
    parts = _parts(standing.problem, pairs, weights)
    wanted = scoring.relevance(parts, weights) >= np.float32(floor)
    _leave_out(standing, rows, pairs, wanted)
    kept = np.flatnonzero(wanted)
    volunteer = standing.number[pairs.volunteer[kept]]
    order = np.argsort(volunteer, kind="stable")
    kept = kept[order]
    return Comers(
        pairs=Pairs(volunteer[order], pairs.role[kept], pairs.slot[kept], pairs.km[kept]),
        base=bases_of(theirs)[kept],
        score=scoring.total(parts)[kept],
        parts=parts[kept],
    )


def _found(layout: Layout, might: Bits, best: Best) -> Int:
    """Return whose size is not 0, ascending; of the others' memory nothing is read."""
    people = np.empty(len(best.size), dtype=np.int32)
    return np.sort(people[: _collect(layout.crowd.people.number, might, best.size, people)])


@compiled
def _collect(number: Int, might: Bits, size: Int, found: Int) -> int:
    """Write whose size is not 0, of who might be found; return how many they are."""
    count = 0
    for block in range(len(might)):
        lanes = might[block]
        while lanes:
            person = number[block * LANES + lowest(lanes)]
            lanes &= lanes - uint64(1)
            if person >= 0 and size[person] > 0:
                found[count] = person
                count += 1
    return count


def _parts(problem: Problem, pairs: Pairs, weights: Weights) -> Single:
    parts = np.empty((len(weights.names), len(pairs)), dtype=np.float32)

    def work(first: int, last: int) -> None:
        parts[:, first:last] = scoring.parts(problem, pairs.between(first, last), weights).T

    in_chunks(work, len(pairs), at_least=WORTH, at_most=AT_ONCE)
    return parts.T


def _leave_out(standing: Standing, rows: Int, pairs: Pairs, wanted: Bool) -> None:
    """Take those out of *wanted* who have answered to the role, have a place, or said no."""
    closed = standing.closed[:, rows].tocoo()
    answered = closed.data != 0
    volunteer, role = closed.row[answered].astype(np.int32), rows[closed.col[answered]]
    first, last = (np.searchsorted(pairs.volunteer, volunteer, side) for side in ("left", "right"))
    _strike(first, last, role, pairs.role, wanted)


@compiled
def _strike(first: npt.NDArray[np.int64], last: npt.NDArray[np.int64], closed: Int, role: Int, wanted: Bool) -> None:
    for row in range(len(closed)):
        for at in range(first[row], last[row]):
            if role[at] == closed[row]:
                wanted[at] = False
