"""Generate a city of invented people and roles, as large as one likes, to measure with."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from volunteers.models import Volunteer
from volunteers.sample import city


class Command(BaseCommand):
    help = "Write many invented volunteers and roles by COPY. The same seed on the same day gives the same city."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--volunteers", type=int, default=25_000)
        parser.add_argument("--roles", type=int, default=1_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--add", action="store_true", help="also where there are volunteers already")

    def handle(self, *_args: Any, **options: Any) -> None:
        if min(options["volunteers"], options["roles"]) < 1 or options["seed"] < 0:
            raise CommandError("--volunteers and --roles must be at least 1, --seed at least 0.")
        if Volunteer.objects.exists() and not options["add"]:
            raise CommandError("This database has volunteers. Use an empty one, or --add to put the city beside them.")
        begun = time.monotonic()
        made = city.build(
            volunteers=options["volunteers"],
            roles=options["roles"],
            rng=np.random.default_rng(options["seed"]),
            now=timezone.now(),
        )
        for table, rows in made.items():
            self.stdout.write(f"{rows:>10,} {table}")
        self.stdout.write(f"{sum(made.values()):>10,} rows in {time.monotonic() - begun:.1f} s")
