"""From letters to words without a dictionary of grammar: the most probable way to read a run of letters.

Every word of the table costs the more the rarer it is; a run is cut so that its words cost least in sum (Viterbi's
algorithm over a unigram model). A letter that is in no word of the table may stand alone, at the highest price.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

import numpy as np
import numpy.typing as npt

_OFFSET = 2.7
_HARMONIC = 13.7
_UNITS = 64.0
_STRANGER = 19.0
_FURTHEST = 1 << 30


def zipf(rank: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the share of all words of a language that the word of this rank makes up, by Zipf and Mandelbrot."""
    return 1.0 / (_HARMONIC * (np.asarray(rank, dtype=np.float64) + _OFFSET))


def cost(rank: npt.ArrayLike) -> npt.NDArray[np.uint16]:
    """Return the price of words, uint16: minus the logarithm of their share, in 64ths."""
    return np.rint(-np.log(zipf(rank)) * _UNITS).astype(np.uint16)


def beginnings(words: Sequence[str]) -> list[str]:
    """Return what words begin with and is no word itself, so that reading can stop where no word goes on."""
    found = {word[:end] for word in words for end in range(1, len(word))}
    return sorted(found.difference(words))


class Words:
    """Known words, numbered in the order in which they are given.

    Parameters
    ----------
    words : folded, each once.
    costs : the price of each, from `cost`.
    starts : their `beginnings`.
    """

    def __init__(self, words: Sequence[str], costs: Sequence[int], starts: Sequence[str]) -> None:
        self._number = dict.fromkeys(starts, -1) | dict(zip(words, count(), strict=False))
        self._costs = costs
        self._stranger = round(_STRANGER * _UNITS)

    def read(self, run: re.Match[str]) -> list[int]:
        """Return the numbers of the words in a run of `folding.RUN`: a Latin run is one word."""
        if latin := run["latin"]:
            number = self._number.get(latin, -1)
            return [] if number < 0 else [number]
        return self.split(run[0])

    def split(self, run: str) -> list[int]:
        """Return the numbers of the words in a run of letters, from left to right; unknown letters are left out.

        Parameters
        ----------
        run : folded, without spaces.
        """
        begins, numbers = self._cheapest(run)
        found, end = [], len(run)
        while end:
            if numbers[end] >= 0:
                found.append(numbers[end])
            end = begins[end]
        return found[::-1]

    def _cheapest(self, run: str) -> tuple[list[int], list[int]]:
        """Return for each end of a word where it begins and its number, -1 for an unknown letter."""
        known, costs, stranger, last = self._number.get, self._costs, self._stranger, len(run)
        prices = [0] + [_FURTHEST] * last
        begins, numbers = [0] * (last + 1), [-1] * (last + 1)
        for start in range(last):
            so_far = prices[start]
            if so_far + stranger < prices[start + 1]:
                prices[start + 1], begins[start + 1], numbers[start + 1] = so_far + stranger, start, -1
            for end in range(start + 1, last + 1):
                number = known(run[start:end])
                if number is None:
                    break
                if number >= 0 and (price := so_far + costs[number]) < prices[end]:
                    prices[end], begins[end], numbers[end] = price, start, number
        return begins, numbers
