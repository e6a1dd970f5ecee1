"""Words and how they are read, by the Sudachi dictionary; where it is not installed there are no readings."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

try:
    from sudachipy import Dictionary, Morpheme, SplitMode
except ImportError:  # the pages go without
    Dictionary = None

KANJI = r"[㐀-鿿豈-﫿々〆\U00020000-\U0003ffff]"
HAS_KANJI = re.compile(KANJI)
IS_KANA = re.compile(r"[ぁ-ゖァ-ヺーゝゞ]+")
# Kinds of word: a name is read as its bearer says; a number is put together from its figures.
PERSON, NUMBER = "人名", "数詞"
MOST_KEPT = 20_000
# The dictionary takes 窓口(めやす) for a word with its reading behind it.
_BRACKETED = re.compile(r"(.+?)([(（].*[)）])")
_TO_HIRAGANA = {ord(katakana): ord(katakana) - 0x60 for katakana in map(chr, range(ord("ァ"), ord("ヶ") + 1))}


@dataclass(frozen=True)
class Word:
    """``reading`` in hiragana; empty where it is not known, or not ours to say."""

    text: str
    reading: str


@dataclass(frozen=True)
class Entry:
    """What the dictionary says of one word: its parts, where it is read as they are, and whether it names a person."""

    words: tuple[Word, ...]
    is_person: bool


class Words:
    """Cuts a sentence into words."""

    def __init__(self, name: str) -> None:
        opened = Dictionary(dict=name)
        self._tokenizer = opened.tokenizer(SplitMode.C)
        self._is_person = opened.pos_matcher(lambda kind: kind[2] == PERSON)
        self._is_number = opened.pos_matcher(lambda kind: kind[1] == NUMBER)
        # One tokenizer is for one thread at a time.
        self._lock = threading.Lock()
        self._entries: dict[tuple[int, str], Entry] = {}

    def of(self, sentence: str) -> list[Word]:
        """Return the words, which put together are *sentence*."""
        with self._lock:
            found = [self._entry(one) for one in self._tokenizer.tokenize(sentence)]
        for at, one in enumerate(found):
            if one.is_person:
                _leave_surname(found, at)
        return [word for one in found for word in one.words]

    def _entry(self, found: Morpheme) -> Entry:
        """Words are remembered, unless the dictionary does not have them: what people write is not kept here."""
        key = (found.word_id(), found.raw_surface())
        entry = self._entries.get(key)
        if entry is None:
            is_person = self._is_person(found)
            entry = Entry((Word(key[1], ""),) if is_person else tuple(self._short(found)), is_person)
            if not found.is_oov() and len(self._entries) < MOST_KEPT:
                self._entries[key] = entry
        return entry

    def _short(self, found: Morpheme) -> Iterator[Word]:
        """A long word as its parts, where it is read as they are."""
        text, reading = found.raw_surface(), self._reading(found)
        if bracketed := _BRACKETED.fullmatch(text):
            word, behind = bracketed.groups()
            yield from (Word(word, "" if hiragana(behind[1:-1]) == reading else reading), Word(behind, ""))
            return
        parts = [
            Word(part.raw_surface(), self._reading(part)) for part in (found.split(SplitMode.A) if reading else ())
        ]
        is_read_so = reading == "".join(part.reading or hiragana(part.text) for part in parts)
        yield from parts if is_read_so and parts else [Word(text, reading)]

    def _reading(self, found: Morpheme) -> str:
        text = found.raw_surface()
        if not HAS_KANJI.search(text):
            return ""
        # 「A4一枚」 is no 41.
        is_figures = self._is_number(found) and all(map(HAS_KANJI.match, text))
        is_told = (not found.is_oov() or is_figures) and not self._is_person(found)
        reading = hiragana(found.reading_form()) if is_told else ""
        return reading if IS_KANA.fullmatch(reading) else ""


def _leave_surname(found: list[Entry], at: int) -> None:
    """Read nothing over what stands before a given name: 千葉, a place, in 「千葉野 まゆみ」."""
    before = at - 1
    if before < 0 or not found[before].words[0].text.isspace():
        return
    while before > 0 and HAS_KANJI.search(found[before - 1].words[0].text):
        before -= 1
        found[before] = Entry(tuple(Word(word.text, "") for word in found[before].words), is_person=True)


def hiragana(text: str) -> str:
    return text.translate(_TO_HIRAGANA)


@lru_cache(maxsize=1)
def opened(name: str) -> Words | None:
    """Return the words of the edition *name* (small, core, full) of the dictionary, or None where it is not there."""
    if Dictionary is None or not name:
        return None
    try:
        return Words(name)
    except Exception:  # what Sudachi raises for a dictionary that it does not find or cannot read has no common kind
        return None
