"""All the ways in which the words of the table stand in a text, each with its rank and the vectors it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from matching.engine.text.folding import fold
from matching.engine.text.inflection import inflected, inflected_english, respelt
from matching.engine.text.rarity import lines

Surfaces = dict[str, tuple[int, tuple[int, ...]]]
"""Folded word → its rank and its rows; the vector of a word with several rows is their mean."""

SPELLINGS, ENGLISH = "spellings.tsv", "english.tsv"
DEEPEST = 150_000
"""Words beyond this rank are names, slips and smileys."""

_BENT = 60_000
_LESS_LIKELY, _LATER = 1.5, 5
_JAPANESE = re.compile(r"[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff]{1,12}")
_SHORT_KANA = re.compile(r"[\u3041-\u309f\u30fc]{1,2}|[\u30a0-\u30ff]")


def is_ending(word: str) -> bool:
    """Say whether a word is one or two hiragana or one katakana, mostly an ending: known, but it tells nothing."""
    return _SHORT_KANA.fullmatch(word) is not None


def of_words(words: Iterable[str], rows: Iterable[int]) -> Surfaces:
    """Return the surfaces of the words of a language, the most frequent first."""
    surfaces: Surfaces = {}
    for rank, (word, row) in enumerate(zip(words, rows, strict=True)):
        folded = fold(word)
        if rank < DEEPEST and _JAPANESE.fullmatch(folded):
            surfaces.setdefault(folded, (rank, (row,)))
    for bend in (inflected, respelt):
        _add(surfaces, bend)
    _mean(surfaces, SPELLINGS, _itself)
    _mean(surfaces, ENGLISH, inflected_english)
    return surfaces


def listed() -> set[str]:
    """Return the words of our own lists."""
    return {fold(line.split("\t")[0]) for name in (SPELLINGS, ENGLISH) for line in lines(name)}


def _add(surfaces: Surfaces, bend: Callable[[str], Iterator[str]]) -> None:
    for word, (rank, rows) in list(surfaces.items()):
        if rank < _BENT and not is_ending(word):
            for form in bend(word):
                if len(form) > 1 and not is_ending(form):
                    surfaces.setdefault(form, (int(rank * _LESS_LIKELY) + _LATER, rows))


def _itself(_word: str) -> Iterator[str]:
    return iter(())


def _mean(surfaces: Surfaces, name: str, bend: Callable[[str], Iterator[str]]) -> None:
    """Let the entries of a file mean the words that it gives for them, and their forms, where these are no entries."""
    entries = [line.split("\t") for line in lines(name)]
    meant = {fold(word): _together(surfaces, words) for word, words in entries}
    surfaces.update({word: found for word, found in meant.items() if found[1]})
    for word, found in meant.items():
        if found[1]:
            for form in bend(word):
                surfaces.setdefault(form, found)


def _together(surfaces: Surfaces, words: str) -> tuple[int, tuple[int, ...]]:
    found = [surfaces[word] for word in map(fold, words.split()) if word in surfaces]
    return min((rank for rank, _ in found), default=0), tuple(row for _, rows in found for row in rows)
