"""How many people say yes to what they are shown. Assumed, until there are answers to learn from.

A person reads from the top. An item is accepted with a probability that grows with its score; who does not accept
goes on to the next with probability `GOES_ON`; who accepts stops. So there is at most one yes per person and round:
the cascade model of clicks, with people who give up.

References
----------
N. Craswell, O. Zoeter, M. Taylor, B. Ramsey, An experimental comparison of click position-bias models, WSDM 2008.
O. Chapelle, Y. Zhang, A dynamic Bayesian network click model for web search ranking, WWW 2009.
"""

from __future__ import annotations

import numpy as np

from matching.engine.allocation.market import Candidates, Long
from matching.engine.problem import Float, Single

GOES_ON = 0.6
"""The share of people who look at the next item when they did not accept this one."""

AT_MOST = 0.5
"""Acceptance of a perfect item by somebody who looks at it: every other one cannot, or has other plans."""

MIDDLE, WIDTH = 0.55, 0.1
"""The score at which acceptance is half of `AT_MOST`, and how steep it is there: .35 gives .06, .55 .25, .75 .44."""

_GRAIN = 2.0**-30
"""Chances are multiples of this, so that their sums are exact and do not depend on the order of adding up."""


def acceptance(score: Single) -> Float:
    """Return how likely somebody who looks at an item of this score accepts it, float64, in [0, `AT_MOST`]."""
    return AT_MOST / (1.0 + np.exp((MIDDLE - score.astype(np.float64)) / WIDTH))


def chances(score: Single, page: Long) -> Float:
    """Return how likely each item of each page gets a yes.

    Parameters
    ----------
    score : float32 (p,)
    page : int64 (n, shown), positions in *score* in the order they are shown, −1 where nothing is.

    Returns
    -------
    float64 (n, shown); 0 where nothing is shown. A row sums to 1 at most.
    """
    accepts = np.where(page >= 0, acceptance(score[page]) if len(score) else 0.0, 0.0)
    reads = np.ones_like(accepts)
    np.cumprod(GOES_ON * (1.0 - accepts[:, :-1]), axis=1, out=reads[:, 1:])
    return np.floor(reads * accepts / _GRAIN) * _GRAIN


def expected(candidates: Candidates, page: Long) -> Float:
    """Return the expected sign-ups of each role, float64 (m,)."""
    is_shown = page >= 0
    role, chance = candidates.role[page[is_shown]], chances(candidates.score, page)[is_shown]
    return np.bincount(role, chance, minlength=candidates.n_roles).astype(np.float64)
