"""From texts to vectors: words that are near in meaning, and a little of the very letters.

The likeness of two texts is one product of whole numbers, (a · b) / `LENGTH`², in about [0, 1]. A text becomes its
vector without having seen any other, so what one role says never changes what is found for another.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.engine.text import lexical, rarity, table
from matching.engine.text.lexicon import FINE, Lexicon
from matching.engine.text.table import WIDTH, Table
from matching.engine.text.whole import Whole, of_length

LENGTH = 127
LEXICAL_DIMS = 32
DIMS = WIDTH + LEXICAL_DIMS
"""Dimensions of a text whose words are looked up in a table."""

DIMS_OF_LETTERS = 1024
"""Dimensions of a text without a table: pieces of words are many, and in fewer dimensions they fall on one another."""

LEXICAL_SHARE = 0.1
"""What the letters count for beside the words; all where no word is known."""

_CODE = "1"
Vectors = npt.NDArray[np.int8]
_log = logging.getLogger(__name__)


class TextModel:
    """Turns texts into vectors.

    Parameters
    ----------
    words : the word vectors, or None: then texts are compared by their letters alone.
    activities : the names of each activity, Japanese and English and synonyms; they join what people call the same.

    Attributes
    ----------
    dims : of each vector.
    version : a fingerprint of all that decides the numbers: same version, same vectors.
    """

    def __init__(self, words: Table | None, activities: Sequence[Sequence[str]] = ()) -> None:
        self._words = words
        self._rarity = rarity.of_pieces()
        names = [name for several in activities for name in several]
        owner = [number for number, several in enumerate(activities) for _ in several]
        self.dims = DIMS_OF_LETTERS if words is None else DIMS
        self.version = _fingerprint(f"no-vectors-{self.dims}" if words is None else words.fingerprint, activities)
        self._lexicon = Lexicon(self._meaning(names), owner)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of some texts, int8 (texts, dims).

        Each has the length `LENGTH`, but for rounding; 0 where a text has no letter that counts.
        """
        meaning = self._lexicon.draw(self._meaning(texts))
        if self._words is None:
            return of_length(meaning, LENGTH).astype(np.int8)
        letters = self._letters(texts, LEXICAL_DIMS)
        share = np.where(meaning.any(axis=1), LEXICAL_SHARE, 1.0)[:, None]
        parts = np.hstack([np.rint(np.sqrt(1.0 - LEXICAL_SHARE) * meaning), np.rint(np.sqrt(share) * letters)])
        return of_length(parts, LENGTH).astype(np.int8)

    def _meaning(self, texts: Sequence[str]) -> Whole:
        """Return what texts mean, as far as is known: whole rows of length `FINE`."""
        if self._words is None:
            return self._letters(texts, self.dims)
        return of_length(self._words.sums(texts), FINE)

    def _letters(self, texts: Sequence[str], dims: int) -> Whole:
        return of_length(lexical.sums(texts, dims, self._rarity), FINE)


def load(path: Path | None, activities: Sequence[Sequence[str]] = ()) -> TextModel:
    """Return the model with the word vectors of a file, or without where there are none.

    Raises
    ------
    NotATable : the file is there, but is no table of word vectors.
    """
    return TextModel(_table(path), activities)


@cache
def _table(path: Path | None) -> Table | None:
    """Read a table once in a process, and say once that there is none."""
    try:
        return None if path is None else table.read(path)
    except FileNotFoundError:
        _log.warning(
            "No word vectors at %s: texts are compared by their letters alone. make vectors brings them.", path
        )
        return None


def _fingerprint(words: str, activities: Sequence[Sequence[str]]) -> str:
    named = hashlib.blake2b(repr([list(names) for names in activities]).encode(), digest_size=4).hexdigest()
    return f"{_CODE}.{words}.{rarity.fingerprint()}.{named}"
