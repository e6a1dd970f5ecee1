"""A text → its pieces, with what is read over each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from web.furigana import numbers, okurigana
from web.furigana.dictionary import HAS_KANJI, Word, Words
from web.furigana.okurigana import Piece
from web.furigana.phrases import DAYS_OF_WEEK, OWN, named

# The dictionary takes no more at once, and nobody reads a longer sentence.
LONGEST = 2_000
MOST_KEPT = 8_000
_SENTENCES = re.compile(rf"\s+|[^\s。][^。\n]{{0,{LONGEST}}}。*|。+")

Sentences = dict[str, tuple[Piece, ...]]


class Reader:
    """Reads by the dictionary, after our own phrases and the names that are stored with a reading.

    Parameters
    ----------
    places
        (Name, reading), read so wherever they stand between two words.
    organisations
        (Name, reading), read so where nothing else stands beside them: who may name an organisation says nothing
        about the words of others.
    """

    def __init__(
        self, words: Words, *, places: Iterable[tuple[str, str]], organisations: Iterable[tuple[str, str]]
    ) -> None:
        self._words = words
        self._alone = named(organisations) | DAYS_OF_WEEK
        self._phrases = named(places) | OWN
        self._longest = max(map(len, self._phrases))
        self._begin = {phrase[0] for phrase in self._phrases}
        self.remembered: Sentences = {}

    def read(self, text: str, *, apart: Sentences | None = None) -> Iterator[Piece]:
        """Yield pieces that put together are *text*.

        Parameters
        ----------
        apart
            Where new sentences are remembered if not in this process, in clear, for all pages to come.
        """
        name = text.strip()
        if name in self._alone:
            before, _, after = text.partition(name)
            yield from ((before, ""), *self._alone[name], (after, ""))
            return
        for sentence in _SENTENCES.findall(text):
            yield from self._sentence(sentence, apart) if HAS_KANJI.search(sentence) else [(sentence, "")]

    def _sentence(self, sentence: str, apart: Sentences | None) -> Sequence[Piece]:
        found = self.remembered.get(sentence) or (apart or {}).get(sentence)
        if found is None:
            found = tuple(okurigana.together(list(self._pieces(self._words.of(sentence)))))
            self._remember(sentence, found, apart)
        return found

    def _remember(self, sentence: str, found: tuple[Piece, ...], apart: Sentences | None) -> None:
        kept = self.remembered if apart is None else apart
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[sentence] = found

    def _pieces(self, words: Sequence[Word]) -> Iterator[Piece]:
        texts = [word.text for word in words]
        at = 0
        while at < len(words):
            count = self._phrase(texts, at)
            if count:
                yield from self._phrases["".join(texts[at : at + count])]
            elif (counted := self._counted(texts, at)) is not None:
                count = 2
                yield from counted
            else:
                count = 1
                yield from _word(words[at])
            at += count

    def _phrase(self, texts: Sequence[str], at: int) -> int:
        """Return how many words from *at* on are the longest of the phrases; 0 where none begins there."""
        found = 0
        if texts[at][:1] not in self._begin:
            return found
        for count, longest in enumerate(accumulate(texts[at : at + self._longest]), start=1):
            if len(longest) > self._longest:
                break
            if longest in self._phrases:
                found = count
        return found

    def _counted(self, texts: Sequence[str], at: int) -> list[Piece] | None:
        if at + 1 == len(texts) or not numbers.DIGITS.fullmatch(texts[at]):
            return None
        return numbers.pieces(texts[at], texts[at + 1], before=texts[at - 1] if at else "")


def _word(word: Word) -> Iterable[Piece]:
    if not word.reading:
        return [(word.text, "")]
    return okurigana.pieces(word.text, word.reading) or [(word.text, word.reading)]
