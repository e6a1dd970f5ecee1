"""Phrases whose reading we say ourselves, because the dictionary says another one or knows only one of two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from web.furigana.dictionary import IS_KANA, KANJI
from web.furigana.okurigana import Piece, pieces, sounds, together

Phrases = dict[str, tuple[Piece, ...]]
_MARKED = re.compile(rf"({KANJI}+)\[([ぁ-んー]+)\]")


def written(lines: Iterable[str]) -> Phrases:
    """Read lines like ``早い方[ほう]が``: what stands in brackets is read over the characters before them."""
    found: Phrases = {}
    for line in lines:
        parts = _MARKED.split(line.partition("#")[0].strip())
        plain, marked, readings = parts[0::3], parts[1::3], [*parts[2::3], ""]
        read = [
            piece
            for before, *over in zip(plain, [*marked, ""], readings, strict=True)
            for piece in ((before, ""), tuple(over))
        ]
        kept = together([(text, reading) for text, reading in read if text])
        if kept:
            found["".join(text for text, _ in kept)] = tuple(kept)
    return found


def named(names: Iterable[tuple[str, str]]) -> Phrases:
    """Return names with the reading that is stored beside them, where it is one and fits."""
    found: Phrases = {}
    for name, kana in names:
        reading = sounds(kana)
        fits = pieces(name, reading) if IS_KANA.fullmatch(reading) else None
        if fits:
            found[name] = fits
    return found


# Where nothing stands beside them, as at the head of a table; 月 and 日 may be those of a date there.
DAYS_OF_WEEK = written(("火[か]", "水[すい]", "木[もく]", "金[きん]", "土[ど]", "月", "日"))
OWN = written((Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines())
