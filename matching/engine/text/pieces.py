"""Character n-grams, because Japanese puts no spaces between words and a name is no word of any dictionary.

Kanji are cut into pieces of 1 and 2 characters, katakana of 2 and 3, hiragana of 3, words in Latin letters into pieces
of 3 and 4 characters with a space at either end. Nothing reaches across a space, a full stop or a change of script, so
hardly any piece is made of the end of one word and the beginning of the next.
"""

from __future__ import annotations

import re

from matching.engine.text.folding import RUN, fold

_SCRIPTS = re.compile(
    r"(?P<kanji>[\u3005-\u3007\u3400-\u9fff]+)|(?P<hiragana>[\u3041-\u309f]+)|(?P<katakana>[\u30a0-\u30ff]+)"
)
_LATIN = (3, 4)
_LENGTHS = {1: (1, 2), 2: (3,), 3: (2, 3)}
"""Group of `_SCRIPTS` → lengths of its pieces."""


def pieces(text: str) -> list[str]:
    """Cut a text into the n-grams by which texts are compared."""
    return [piece for run in RUN.finditer(fold(text)) for piece in cut(run)]


def cut(run: re.Match[str]) -> list[str]:
    """Cut one run of `RUN`."""
    if latin := run["latin"]:
        return _n_grams(f" {latin} ", _LATIN)
    found = []
    for part in _SCRIPTS.finditer(run["japanese"]):
        found += _n_grams(part[0], _LENGTHS[part.lastindex or 0])
    return found


def _n_grams(text: str, lengths: tuple[int, ...]) -> list[str]:
    return [text[start : start + length] for length in lengths for start in range(len(text) - length + 1)]
