"""The sentences in other words than the source's: all of them in English, some of them in easy Japanese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings

from web.management.sentences import Sentence

WIDTH = 110
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
_TAG = re.compile(r"<[^<>]+>")

Found = dict[Sentence, list[str]]


def key(entry: polib.POEntry) -> Sentence:
    return Sentence(entry.msgid, entry.msgid_plural or None, entry.msgctxt)


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> set[str]:
    return {first or second for first, second in _PLACEHOLDER.findall(text)}


@dataclass(frozen=True)
class Catalogue:
    """A file of sentences. In a complete one each has its words; in another those that need other words.

    Parameters
    ----------
    locale : the folder's name, as gettext writes the language.
    forms : how many forms a word has by number.
    is_complete : False where a sentence without an entry stands as it is in the source.
    """

    locale: str
    forms: int
    is_complete: bool

    @property
    def path(self) -> Path:
        return Path(settings.BASE_DIR, "locale", self.locale, "LC_MESSAGES", "django.po")

    def read(self) -> polib.POFile:
        return polib.pofile(str(self.path), wrapwidth=WIDTH)

    def update(self, entries: polib.POFile, wanted: Found) -> None:
        """Let *entries* hold what is *wanted* and nothing else, by where it stands; write the file."""
        kept = {key(entry): entry for entry in entries}
        for sentence, entry in kept.items():
            if sentence not in wanted:
                entries.remove(entry)
        for sentence in sorted(wanted, key=lambda one: (wanted[one][0], one.singular)):
            entry = kept.get(sentence)
            if entry is None and not self.is_complete:
                continue
            if entry is None:
                entry = self._new(sentence)
                entries.append(entry)
            entry.occurrences = [(place, "") for place in wanted[sentence]]
        entries.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid))
        self.path.write_text(f"{entries}\n", "utf-8")

    def faults(self, entries: Sequence[polib.POEntry], wanted: Found) -> list[str]:
        """Return what is wrong, one line each, in order."""
        kept = {key(entry): entry for entry in entries}
        missing = wanted.keys() - kept if self.is_complete else set()
        return [
            *sorted(f"not in the catalogue: {one.singular!r} ({wanted[one][0]})" for one in missing),
            *sorted(f"no longer in the source: {one.singular!r}" for one in kept.keys() - wanted.keys()),
            *sorted(f"no words, or another placeholder or tag: {e.msgid!r}" for e in entries if self.is_faulty(e)),
        ]

    def is_faulty(self, entry: polib.POEntry) -> bool:
        words, forms = texts(entry), self.forms if entry.msgid_plural else 1
        return len(words) != forms or any(self._is_wrong(text, entry) for text in words)

    def _is_wrong(self, text: str, entry: polib.POEntry) -> bool:
        """English may leave a number out, as in "the one place"; the same language has no reason to."""
        allowed, used = placeholders(entry.msgid) | placeholders(entry.msgid_plural), placeholders(text)
        has_same = used <= allowed if self.is_complete else used == allowed
        return not text or not has_same or sorted(_TAG.findall(text)) != sorted(_TAG.findall(entry.msgid))

    def _new(self, sentence: Sentence) -> polib.POEntry:
        entry = polib.POEntry(msgid=sentence.singular, msgctxt=sentence.context)
        if sentence.plural is not None:
            entry.msgid_plural, entry.msgstr_plural = sentence.plural, dict.fromkeys(range(self.forms), "")
        return entry


ENGLISH = Catalogue("en", forms=2, is_complete=True)
EASY = Catalogue("ja_Simple", forms=1, is_complete=False)
