"""Bring locale/en up to date with the source, or say what it lacks."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from web.management.sentences import Sentence, find

PACKAGES = ["accounts", "config", "matching", "notifications", "organisations", "volunteers", "web", "worker"]
CATALOGUE = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def _key(entry: polib.POEntry) -> Sentence:
    return Sentence(entry.msgid, entry.msgid_plural or None, entry.msgctxt)


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _placeholders(text: str) -> set[str]:
    return {first or second for first, second in _PLACEHOLDER.findall(text)}


def _is_faulty(entry: polib.POEntry) -> bool:
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    return any(not text or _placeholders(text) - allowed for text in _texts(entry))


class Command(BaseCommand):
    help = "Write new sentences into the English catalogue; with --check only report what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail where a sentence lacks English")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted = find(settings.BASE_DIR, PACKAGES)
        catalogue = polib.pofile(str(CATALOGUE), wrapwidth=110)
        if not options["check"]:
            _update(catalogue, wanted)
            missing = sum(map(_is_faulty, catalogue))
            self.stdout.write(f"{len(catalogue)} sentences, {missing} without English.")
            return
        kept = {_key(entry) for entry in catalogue}
        faults = [
            f"not in the catalogue: {sentence.singular!r} ({wanted[sentence][0]})" for sentence in wanted.keys() - kept
        ]
        faults += [f"no longer in the source: {sentence.singular!r}" for sentence in kept - wanted.keys()]
        faults += [f"no English, or another placeholder: {e.msgid!r}" for e in catalogue if _is_faulty(e)]
        if faults:
            raise CommandError("\n".join([*sorted(faults), f"{len(faults)} to mend: manage.py translations"]))
        self.stdout.write(f"{len(kept)} sentences, all with their English.")


def _update(catalogue: polib.POFile, wanted: dict[Sentence, list[str]]) -> None:
    entries = {_key(entry): entry for entry in catalogue}
    for sentence, entry in entries.items():
        if sentence not in wanted:
            catalogue.remove(entry)
    for sentence in sorted(wanted, key=lambda one: (wanted[one][0], one.singular)):
        entry = entries.get(sentence)
        if entry is None:
            entry = _new(sentence)
            catalogue.append(entry)
        entry.occurrences = [(place, "") for place in wanted[sentence]]
    catalogue.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid))
    CATALOGUE.write_text(f"{catalogue}\n", "utf-8")


def _new(sentence: Sentence) -> polib.POEntry:
    entry = polib.POEntry(msgid=sentence.singular, msgctxt=sentence.context)
    if sentence.plural is not None:
        entry.msgid_plural, entry.msgstr_plural = sentence.plural, {0: "", 1: ""}
    return entry
