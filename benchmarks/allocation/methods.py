"""The ways to choose that are compared. Each gives a page per person: positions in the candidates, −1 for nothing."""

from __future__ import annotations

import numpy as np

from matching.engine.allocation import sign_ups
from matching.engine.allocation.market import Candidates, Long
from matching.engine.problem import Int

ALPHA = 0.5
"""FairRec: the share of the mean exposure that every role is to have at least."""


def topk(candidates: Candidates, shown: int) -> Long:
    """Everybody's best, whatever the others are shown."""
    at = candidates.start[:-1, None] + np.arange(shown)
    return np.where(at < candidates.start[1:, None], at, -1)


def smartsort(candidates: Candidates, need: Int, shown: int, rng: np.random.Generator) -> Long:
    """People come one after another; a role's score is discounted by how far its need is met already.

    After V. Manshadi, S. Rodilitz, D. Saban, A. Suresh, Redesigning VolunteerMatch's Search Algorithm: Toward More
    Equitable Access to Volunteers, 2023 (SSRN 4497747): a score, with a penalty after each connection. Here the
    discount is (1 − e^(x − 1)) / (1 − 1/e) of the share *x* of the need that is met (Golrezaei, Nazerzadeh,
    Rusmevichientong, Real-time optimization of personalized assortments, Management Science 60, 2014), and sign-ups
    are expected ones, for nobody answers here.
    """
    page = np.full((len(candidates), shown), -1, dtype=np.int64)
    met = np.zeros(candidates.n_roles)
    for person in rng.permutation(len(candidates)):
        mine = np.arange(candidates.start[person], candidates.start[person + 1])
        role = candidates.role[mine]
        discount = -np.expm1(np.minimum(met[role] / need[role], 1.0) - 1.0)
        best = mine[np.argsort(-candidates.score[mine] * discount, kind="stable")[:shown]]
        page[person, : len(best)] = best
        met[candidates.role[best]] += sign_ups.chances(candidates.score, best[None])[0]
    return page


def fairrec(candidates: Candidates, shown: int, rng: np.random.Generator) -> Long:
    """Round robin: first every role gets its share of exposure, then everybody fills up with their best.

    After G. Patro, A. Biswas, N. Ganguly, K. Gummadi, A. Chakraborty, FairRec: Two-Sided Fairness for Personalized
    Recommendations in Two-Sided Platforms, WWW 2020. In the first phase there are ⌊α · people · shown / roles⌋ copies
    of each role, and people take one in turn, their best of what is left, until as many are taken as there were
    (there: all, for everybody may be shown everything; here: until nobody can take one, or pages are full). In the
    second phase there are copies enough.
    """
    n, m = len(candidates), candidates.n_roles
    page, people = np.full((n, shown), -1, dtype=np.int64), rng.permutation(n)
    copies = [int(ALPHA * n * shown / m)] * m
    rounds = -(-copies[0] * m // n)
    taken: list[set[int]] = [set() for _ in range(n)]
    role, start = candidates.role.tolist(), candidates.start.tolist()
    for turn in range(shown):
        if turn == rounds:
            copies = [n] * m
        for person in people.tolist():
            for at in range(start[person], start[person + 1]):
                if copies[role[at]] and at not in taken[person]:
                    page[person, len(taken[person])] = at
                    taken[person].add(at)
                    copies[role[at]] -= 1
                    break
    return page
