"""Texts by their letters: TF-IDF of pieces, hashed into few dimensions [1]_.

References
----------
.. [1] K. Weinberger et al., Feature hashing for large scale multitask learning, ICML 2009: with random signs, the
   product of hashed rows is that of the whole rows in expectation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from zlib import crc32

import numpy as np
from scipy import sparse

from matching.engine.text.counting import counts
from matching.engine.text.pieces import cut
from matching.engine.text.rarity import PieceRarity
from matching.engine.text.whole import Whole

_FINENESS = 64.0
_SIGN = 1 << 31


def sums(texts: Sequence[str], dims: int, rarity: PieceRarity) -> Whole:
    """Return the sum of the pieces of each text, whole numbers (texts, dims).

    A piece that comes *n* times weighs (1 + ln *n*) times its rarity.
    """
    number: defaultdict[str, int] = defaultdict(count().__next__)

    def read(run: re.Match[str]) -> list[int]:
        return [number[piece] for piece in cut(run)]

    said = counts(texts, read)
    said.data = np.rint((1.0 + np.log(said.data)) * _FINENESS)
    return np.asarray((said @ _places(list(number), dims, rarity)).toarray())


def _places(pieces: list[str], dims: int, rarity: PieceRarity) -> sparse.csr_array:
    """Return where each piece is added and with what weight and sign, sparse (pieces, dims)."""
    hashed = np.array([crc32(piece.encode()) for piece in pieces], dtype=np.int64)
    weights = np.rint(np.array([rarity(piece) for piece in pieces], dtype=np.float64) * _FINENESS)
    signed = np.where(hashed & _SIGN, weights, -weights)
    return sparse.csr_array((signed, (np.arange(len(pieces)), hashed % dims)), shape=(len(pieces), dims))
