"""Everybody, laid out for any roles that may come."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from matching.engine.kernel.asked import alone
from matching.engine.kernel.layout import Crowd, Layout
from matching.engine.kernel.people import in_blocks
from matching.engine.kernel.sought import Sought, sought
from matching.engine.kernel.words import NOTHING_CLOSED
from matching.engine.parts import some_people
from matching.engine.problem import Int, Problem


@dataclass(frozen=True, slots=True)
class Standing:
    """People in the order of *problem*, which need not be the one in which they were given (n people).

    Parameters
    ----------
    number : int32 (n,), in which row each was given.
    closed : sparse (n, m), the problem's, by column: whom a role need not look for.
    """

    problem: Problem
    layout: Layout
    number: Int
    closed: sparse.csc_array

    def layout_for(self, rows: Int) -> Layout:
        """Return the layout of the roles in these rows alone."""
        return replace(self.layout, asked=alone(self.layout.asked, rows))


def as_given(problem: Problem, layout: Layout) -> Standing:
    """Leave everybody where they are: for many roles nothing is asked first."""
    number = np.arange(len(problem.volunteers), dtype=np.int32)
    return Standing(problem, replace(layout, closed=NOTHING_CLOSED), number, problem.closed.tocsc())


def by_neighbourhood(problem: Problem, layout: Layout) -> tuple[Standing, Sought]:
    """Let neighbours stand together in memory as they do in the blocks: it is read from beginning to end.

    Beside them stands what is known of the blocks.
    """
    number = layout.crowd.people.number[: len(problem.volunteers)]
    neighbours, home = some_people(problem, number), layout.crowd.home[number]
    people = in_blocks(neighbours.volunteers, home, np.arange(len(number)))
    moved = replace(layout, crowd=Crowd(people, home), closed=NOTHING_CLOSED)
    words = sought(people, layout.activities, layout.skills)
    return Standing(neighbours, moved, number, neighbours.closed.tocsc()), words
