"""One new role, one changed person.

Keys of the last line: ``p50_ms`` and ``p95_ms``, until the engine knows everybody into whose list one role comes, with
people and the edges of their lists laid out once (invented as arrays); the same with ``place_`` of roles that have a
place, with ``home_`` of those done from home, which concern people everywhere; ``place_people`` and ``home_people``,
how many there are for such a role, in the middle; ``could_p50_ms`` and ``could_p95_ms``, until it knows everybody who
could come, whatever else is on their list; ``run_s`` and ``run_ratio``, a ranking of everybody, and p50 ÷ that;
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
import numpy.typing as npt

from benchmarks.in_house.settlement import settle, sizes
from benchmarks.markets import market
from matching.engine.fast import FastEngine
from matching.engine.scoring import FLOOR
from matching.engine.whose_lists import WhoseLists
from matching.services.listing import role_changes, shortlists
from matching.services.listing.lists import TOP
from matching.services.running import runs
from organisations.models import Role
from organisations.services.roles import approval
from volunteers.models import Volunteer
from volunteers.services.people import profiles

ROLES_TRIED, ROWS_TRIED = 200, 5


def timed(deed: Callable[..., object], *arguments: object, **words: object) -> float:
    begun = time.perf_counter()
    deed(*arguments, **words)
    return time.perf_counter() - begun


def by_engine(volunteers: int, roles: int, seed: int) -> dict[str, float]:
    problem = market(volunteers=volunteers, roles=roles, area="city", seed=seed)
    whoever = FastEngine(problem)
    edges = whoever.rank(top=TOP, floor=FLOOR).edge
    run = timed(whoever.rank, top=TOP, floor=FLOOR)
    lists = WhoseLists(problem, edges)
    tried = np.random.default_rng(seed).choice(roles, min(ROLES_TRIED, roles), replace=False).tolist()
    each, could = _of_each(lists.take, tried), _of_each(whoever.comers, tried)
    people = np.array([len(lists.take([role], floor=FLOOR)) for role in tried])
    of_kind = {"": np.ones(len(tried), np.bool_), "home_": problem.roles.is_online[tried]}
    of_kind["place_"] = ~of_kind["home_"]
    figures: dict[str, float] = {}
    for kind, some in of_kind.items():
        if some.any():
            figures |= _percentiles(kind, each[some])
            figures |= {f"{kind}people": int(np.median(people[some]))} if kind else {}
    figures |= _percentiles("could_", could)
    return figures | {"run_s": round(run, 3), "run_ratio": round(float(np.median(each)) / run, 6)}


def _of_each(find: Callable[..., object], roles: list[int]) -> npt.NDArray[np.float64]:
    """Return the seconds that it takes to find the people of each of the *roles*."""
    find(roles[:1], floor=FLOOR)  # compiled, or read, and laid out, once
    return np.array([timed(find, [role], floor=FLOOR) for role in roles])


def _percentiles(kind: str, seconds: npt.NDArray[np.float64]) -> dict[str, float]:
    middle, slow = np.percentile(seconds, [50, 95]).tolist()
    return {f"{kind}p50_ms": round(middle * 1000, 2), f"{kind}p95_ms": round(slow * 1000, 2)}


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
        approval.publish(role=role, now=now, actor=None)
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
