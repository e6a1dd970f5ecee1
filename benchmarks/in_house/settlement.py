"""The rows of a sample city, and the words in which a size is asked for."""

from __future__ import annotations

import argparse
import datetime as dt

import numpy as np
from django.db import connection
from django.utils import timezone

from benchmarks.arguments import at_least_one
from volunteers.sample import city


def sizes(name: str, *, volunteers: int = 3_000, roles: int = 300) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}")
    parser.add_argument("--volunteers", type=at_least_one, default=volunteers)
    parser.add_argument("--roles", type=at_least_one, default=roles)
    parser.add_argument("--seed", type=int, default=1)
    return parser


def analyse() -> None:
    """Let the database look at its rows and tidy up, as one in use does by itself; a throwaway one does not."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def settle(volunteers: int, roles: int, seed: int) -> dt.datetime:
    """Write the rows of a city; return the moment they are of."""
    now = timezone.now()
    city.build(volunteers=volunteers, roles=roles, rng=np.random.default_rng(seed), now=now)
    analyse()
    return now
