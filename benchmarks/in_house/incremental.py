"""One new role, one changed person.

Keys of the last line: ``p50_ms`` and ``p95_ms``, until the engine knows everybody who could come to one role, with
people laid out once (invented as arrays); ``run_s`` and ``run_ratio``, a ranking of everybody, and p50 ÷ that;
``publish_s``, until all lists in a database know a role that was published; ``profile_ms``, until a list there knows
its person's new profile.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.in_house.settlement import settle, sizes
from benchmarks.markets import market
from matching.engine.fast import FastEngine
from matching.engine.scoring import FLOOR
from matching.services import role_changes, runs, shortlists
from matching.services.lists import TOP
from organisations.models import Role
from organisations.services import roles as role_services
from volunteers.models import Volunteer
from volunteers.services import profiles

ROLES_TRIED, ROWS_TRIED = 200, 5


def timed(deed: Callable[..., object], *arguments: object, **words: object) -> float:
    begun = time.perf_counter()
    deed(*arguments, **words)
    return time.perf_counter() - begun


def by_engine(volunteers: int, roles: int, seed: int) -> dict[str, float]:
    engine = FastEngine(market(volunteers=volunteers, roles=roles, area="city", seed=seed))
    engine.comers([0], floor=FLOOR)  # compiled, or read, once
    run = timed(engine.rank, top=TOP, floor=FLOOR)
    tried = np.random.default_rng(seed).choice(roles, min(ROLES_TRIED, roles), replace=False)
    each = [timed(engine.comers, [role], floor=FLOOR) for role in tried.tolist()]
    middle, slow = np.percentile(each, [50, 95]).tolist()
    return {
        "p50_ms": round(middle * 1000, 2),
        "p95_ms": round(slow * 1000, 2),
        "run_s": round(run, 3),
        "run_ratio": round(middle / run, 6),
    }


def by_rows(volunteers: int, roles: int, seed: int) -> dict[str, float]:
    now = settle(volunteers, roles, seed)
    runs.request(now=now)
    runs.carry_out(now=now)
    published, changed = [], []
    asked = list(Role.objects.filter(status="open", is_online=False).order_by("pk")[: ROWS_TRIED + 1])
    for number, role in enumerate(asked):
        now += dt.timedelta(seconds=1)
        Role.objects.filter(pk=role.pk).update(status="waiting")
        role_changes.bring_in(now=now)
        role_services.publish(role=role, now=now, actor=None)
        published.append(timed(role_changes.bring_in, now=now))
        person = Volunteer.objects.order_by("pk")[number]
        profiles.change(volunteer=person, now=now, actor=None, wish=role.title)
        changed.append(timed(shortlists.refresh, volunteer=person, now=now))
    return {
        "publish_s": round(statistics.median(published[1:]), 3),
        "profile_ms": round(statistics.median(changed[1:]) * 1000, 1),
    }


if __name__ == "__main__":
    words = sizes("incremental", volunteers=20_000, roles=1_000)
    words.add_argument("--rows-volunteers", type=int, default=3_000)
    words.add_argument("--rows-roles", type=int, default=300)
    given = words.parse_args(sys.argv[1:])
    figures = {"benchmark": "incremental", "volunteers": given.volunteers, "roles": given.roles}
    figures |= {"rows_volunteers": given.rows_volunteers, "rows_roles": given.rows_roles}
    figures |= by_engine(given.volunteers, given.roles, given.seed)
    print(json.dumps(figures | by_rows(given.rows_volunteers, given.rows_roles, given.seed)))
