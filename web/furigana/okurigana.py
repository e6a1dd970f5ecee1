"""Which part of a word's reading belongs over which of its characters."""

from __future__ import annotations

import re
from functools import lru_cache

from web.furigana.dictionary import HAS_KANJI, KANJI, hiragana

# A piece of a text, and what stands over it; empty where nothing does.
Piece = tuple[str, str]
# 鶴ケ峰: this ケ is read as its word wants it.
_RUNS = re.compile(rf"({KANJI}+(?:[ケヶ]{KANJI}+)*)")


@lru_cache(maxsize=8_000)
def pieces(text: str, reading: str) -> tuple[Piece, ...] | None:
    """Return 申(もう), し, 込(こ), み for 申し込み; None where the kana do not fit the reading.

    Where they fit in two ways (東希望が丘), each character gets as even a part of the reading as can be.
    """
    runs = [run for run in _RUNS.split(text) if run]
    fits = [
        found.groups()
        for some in ("(.+?)", "(.+)")
        if (found := re.fullmatch("".join(some if HAS_KANJI.search(run) else _plain(run) for run in runs), reading))
    ]
    if not fits:
        return None
    if not HAS_KANJI.search(text):
        return ((text, ""),)
    read = [run for run in runs if HAS_KANJI.search(run)]
    over = iter(min(fits, key=lambda parts: max(len(kana) / len(run) for run, kana in zip(read, parts, strict=True))))
    return tuple((run, next(over) if HAS_KANJI.search(run) else "") for run in runs)


def _plain(run: str) -> str:
    return re.escape(sounds(run))


def sounds(text: str) -> str:
    """Return kana as they stand in a reading: in hiragana, without spaces."""
    return hiragana("".join(text.split()))


def together(found: list[Piece]) -> list[Piece]:
    """Put neighbours without a reading into one piece."""
    put: list[Piece] = []
    for text, reading in found:
        if put and not reading and not put[-1][1]:
            put[-1] = (put[-1][0] + text, "")
        else:
            put.append((text, reading))
    return put
