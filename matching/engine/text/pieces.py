"""Character n-grams, because Japanese puts no spaces between words and a name is no word of any dictionary.

Kanji are cut into pieces of 1 and 2 characters, katakana of 2 and 3, hiragana of 3, words in Latin letters into pieces
of 3 and 4 characters with a space at either end. Nothing reaches across a space, a full stop or a change of script, so
hardly any piece is made of the end of one word and the beginning of the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matching.engine.text.folding import RUN, fold

_SCRIPTS = re.compile(
    r"(?P<kanji>[\u3005-\u3007\u3400-\u9fff]+)|(?P<hiragana>[\u3041-\u309f]+)|(?P<katakana>[\u30a0-\u30ff]+)"
)
_LATIN = (3, 4)
_LENGTHS = {"kanji": (1, 2), "hiragana": (3,), "katakana": (2, 3)}


def pieces(text: str) -> list[str]:
    """Cut a text into the n-grams by which texts are compared."""
    return [piece for run in RUN.finditer(fold(text)) for piece in cut(run)]


def cut(run: re.Match[str]) -> Iterator[str]:
    """Cut one run of `RUN`."""
    if run["latin"]:
        yield from _n_grams(f" {run['latin']} ", _LATIN)
        return
    for part in _SCRIPTS.finditer(run["japanese"]):
        yield from _n_grams(part[0], _LENGTHS[str(part.lastgroup)])


def _n_grams(text: str, lengths: tuple[int, ...]) -> Iterator[str]:
    for length in lengths:
        for start in range(len(text) - length + 1):
            yield text[start : start + length]
