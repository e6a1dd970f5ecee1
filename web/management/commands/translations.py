"""Bring the catalogues up to date with the source, or say what they lack."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from web.management.catalogues import EASY, ENGLISH
from web.management.sentences import find

PACKAGES = ["accounts", "config", "matching", "notifications", "organisations", "volunteers", "web", "worker"]


class Command(BaseCommand):
    help = "Bring English and easy Japanese in line with the sentences; with --check only report what is wrong."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail where a sentence lacks English")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted = find(settings.BASE_DIR, PACKAGES)
        english, easy = ENGLISH.read(), EASY.read()
        if not options["check"]:
            ENGLISH.update(english, wanted)
            EASY.update(easy, wanted)
            missing = sum(map(ENGLISH.is_faulty, english))
            self.stdout.write(f"{len(english)} sentences, {missing} without English, {len(easy)} in easy Japanese.")
            return
        faults = [f"en: {fault}" for fault in ENGLISH.faults(english, wanted)]
        faults += [f"easy: {fault}" for fault in EASY.faults(easy, wanted)]
        if faults:
            raise CommandError("\n".join([*faults, f"{len(faults)} to mend: manage.py translations"]))
        self.stdout.write(f"{len(english)} sentences, all with their English; {len(easy)} in easy Japanese too.")
