"""Compiling the engine ahead, so that nobody waits for it in the middle of something.

``python -m matching.engine.warm_up`` does it and says so; afterwards, and on every later start, nothing is left to do.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
from llvmlite.binding import get_host_cpu_name
from scipy import sparse

from matching.engine.allocation.allocate import allocate
from matching.engine.allocation.market import Asks, Candidates, Places
from matching.engine.compiled import CACHE
from matching.engine.fast import FastEngine
from matching.engine.problem import Problem, Roles, Slots, Volunteers
from matching.engine.text import DIMS
from matching.engine.whose_lists import WhoseLists

DONE = CACHE / f"done-{get_host_cpu_name()}"


def prepare(say: Callable[[str], None]) -> None:
    """Compile what is not compiled yet, and tell *say* before it takes half a minute."""
    if DONE.exists():
        return
    say("Compiling the matching engine for this processor, once; this takes about a minute …")
    begun = time.monotonic()
    engine = FastEngine(_least())
    ranking = engine.rank(top=1, floor=0.0)
    engine.comers([0], floor=0.0)
    WhoseLists(_least(), ranking.edge).take([0], floor=0.0)
    engine.tally()
    allocate(
        Candidates(ranking.start, ranking.role, ranking.score, 1),
        Asks(np.ones(1, dtype=np.int32), *[np.zeros(1, dtype=np.int64)] * 2),
        Places(np.ones(1, dtype=np.int32), np.ones(1, dtype=np.int64)),
        shown=1,
    )
    CACHE.mkdir(parents=True, exist_ok=True)
    DONE.touch()
    say(f"Compiled in {time.monotonic() - begun:.0f} s.")


def _least() -> Problem:
    """Return one person and one role that fit."""
    one, all_day = sparse.csr_array(np.ones((1, 1))), np.uint64((1 << 48) - 1)
    whole, yes, bits = np.ones(1, dtype=np.int32), np.ones(1, dtype=np.bool_), np.zeros(1, dtype=np.uint64)
    number, text = np.zeros(1, dtype=np.int32), np.ones((1, DIMS), dtype=np.int8)
    return Problem(
        volunteers=Volunteers(
            lat=np.zeros(1),
            lng=np.zeros(1),
            travel_limit_km=np.ones(1),
            weekly=np.full((1, 7), all_day),
            exception_volunteer=number,
            exception_day=number,
            exception_free=np.full(1, all_day),
            age=40 * whole,
            has_guardian=~yes,
            can_contact=yes,
            qualifications=bits,
            access_needs=bits,
            party_size=whole,
            takes_online=yes,
            is_home_only=~yes,
            minutes_at_most=number,
            interests=one,
            avoids=sparse.csr_array((1, 1)),
            skills=one,
            wish=text,
            has_taken_part=yes,
            tried=one,
            leanings=one,
        ),
        roles=Roles(
            lat=np.zeros(1),
            lng=np.zeros(1),
            is_online=~yes,
            is_approved=yes,
            min_age=number,
            max_age=99 * whole,
            guardian_under=18 * whole,
            qualifications=bits,
            access=bits,
            takes_groups=yes,
            activities=one,
            skills=one,
            text=text,
            effort=whole,
            asks_first=yes,
            traits=one,
        ),
        slots=Slots(
            role=number,
            places_left=whole,
            minutes=60 * whole,
            starts_h=np.ones(1),
            choice_slot=number,
            choice_day=number,
            choice_mask=np.full(1, all_day),
            capacity=whole,
            hours_left=np.ones(1),
        ),
        first_weekday=0,
        days=1,
        place_access=0,
        closed=sparse.csr_array((1, 1), dtype=np.bool_),
    )


if __name__ == "__main__":
    prepare(lambda words: print(words, file=sys.stderr))
