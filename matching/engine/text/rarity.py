"""How much a word or a piece of one tells, known beforehand and the same for all texts.

Nothing is learnt from the texts that are compared, so a text has one vector for ever [1]_. What is common here is read
from a file of typical notices and wishes that comes with the engine.

References
----------
.. [1] S. Arora, Y. Liang, T. Ma, A simple but tough-to-beat baseline for sentence embeddings, ICLR 2017: words weigh
   a / (a + share), and what all sentences have in common is taken out.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.engine.text.pieces import pieces

DATA = Path(__file__).parent / "data"
HALF = 2e-3
"""The share at which a word weighs half."""

STRANGE = 0.6


def lines(name: str) -> list[str]:
    """Return the lines of a file of `DATA` without its comments."""
    return [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def weight(in_language: npt.ArrayLike, in_examples: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return how much words weigh, in (0, 1], by their shares of the language and of the examples."""
    return np.asarray(HALF / (HALF + (np.asarray(in_language) + np.asarray(in_examples)) / 2))


class PieceRarity:
    """Smoothed idf of pieces over the examples, 1 + ln((1 + n) / (1 + df)).

    A piece that is in none is more often an accident between two words than a name: it weighs `STRANGE` of the rarest.
    """

    def __init__(self, texts: list[str]) -> None:
        seen = Counter(piece for text in texts for piece in set(pieces(text)))
        rarest = 1.0 + math.log(1.0 + len(texts))
        self._idf = {piece: rarest - math.log(1.0 + times) for piece, times in seen.items()}
        self._strange = STRANGE * rarest

    def __call__(self, piece: str) -> float:
        return self._idf.get(piece, self._strange)


@cache
def of_pieces() -> PieceRarity:
    """Return the rarity of pieces in the examples, read once."""
    return PieceRarity(lines("examples.txt"))


@cache
def fingerprint() -> str:
    """Return a short sign of the examples: other examples, another sign."""
    return hashlib.blake2b("\n".join(lines("examples.txt")).encode(), digest_size=4).hexdigest()
