"""The things to do, by all their names: a text is drawn towards those it speaks of.

A wish for 紙芝居 and a notice of おはなし会 share no letter, but both are near the one activity that has both names.
So each takes on something of what that activity is called, in Japanese and in English, and they meet there.
"""

from __future__ import annotations

import numpy as np

from matching.engine.text.whole import Whole, of_length

FINE = 4096
"""The length of the rows that come in and go out."""

_SHARPNESS = 1 / 0.07
_PULL = 0.35
_CHOICES = float(1 << 20)


class Lexicon:
    """Activities as vectors.

    Parameters
    ----------
    names : whole numbers (names, dims), of length `FINE` or 0.
    owner : (names,), the number of the activity that has the name, from 0 without a gap.
    """

    def __init__(self, names: Whole, owner: list[int]) -> None:
        sums = np.zeros((max(owner, default=-1) + 1, names.shape[1]))
        np.add.at(sums, owner, names)
        self._activities = of_length(sums[sums.any(axis=1)], FINE)

    def draw(self, rows: Whole) -> Whole:
        """Return the rows drawn towards their activities, of length `FINE`.

        An activity pulls by e^(cos / .07), so that only the nearest few count; all of them together pull with `_PULL`.
        A row of zeros stays.

        Parameters
        ----------
        rows : whole numbers (n, dims), of length `FINE` or 0.
        """
        if not len(self._activities):
            return rows
        nearness = np.exp((rows @ self._activities.T) * (_SHARPNESS / FINE**2))
        choices = np.rint(nearness * (_CHOICES / nearness.sum(axis=1))[:, None])
        goal = of_length(np.rint(choices @ self._activities / FINE), FINE)
        return of_length(np.where(np.any(rows, axis=1, keepdims=True), rows + np.rint(_PULL * goal), 0.0), FINE)
