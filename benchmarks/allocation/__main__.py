"""python -m benchmarks.allocation --volunteers N --roles M --seed S: a table, and as last line the same as JSON."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.allocation import lists, methods, people, roles, roles_file
from benchmarks.allocation.measures import Market, broken_promises, measure
from benchmarks.arguments import at_least_one
from matching.engine.allocation import pages
from matching.engine.allocation.allocate import FLOOR, allocate
from matching.engine.allocation.market import Asks, Candidates, Long, Places
from matching.engine.allocation.outcome import Allocation


def main(words: Sequence[str] | None = None) -> None:
    """Run with these arguments, or with those of the command line."""
    arguments = _arguments(words)
    try:
        market = _market(arguments)
    except roles_file.BadFile as wrong:
        print(f"{arguments.roles_file or 'market'}: {wrong}", file=sys.stderr)
        sys.exit(2)
    result = _compare(market, arguments.seed)
    for line in _table(result):
        print(line)
    about = {"volunteers": len(market.candidates), "roles": len(market.need), "shown": market.shown}
    seconds = sum(row["seconds"] for row in result.values())
    print(json.dumps({**result, **about, "seed": arguments.seed, "seconds": round(seconds, 2)}))


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.allocation", description=__doc__)
    parser.add_argument("--volunteers", type=at_least_one, default=10_000)
    parser.add_argument("--roles", type=at_least_one, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shown", type=at_least_one, default=5)
    parser.add_argument("--roles-file", type=Path, help=f"CSV with the columns {', '.join(roles_file.COLUMNS)}")
    parser.add_argument(
        "--asks-per-place", type=at_least_one, help="put a role before so many people per place at most"
    )
    return parser.parse_args(words)


def _market(arguments: argparse.Namespace) -> Market:
    rng = np.random.default_rng(arguments.seed)
    n = arguments.volunteers
    path = arguments.roles_file
    some = roles.of_file(roles_file.read(path), rng) if path else roles.invent(arguments.roles, rng)
    city = people.invent(n, some, rng)
    pairs = people.pairs(city, rng)
    if not len(pairs.role):
        raise roles_file.BadFile("nobody fits and wants any of these roles")
    per_place = arguments.asks_per_place or n
    return Market(
        city,
        pairs,
        lists.candidates(pairs, n, len(some)),
        some.need,
        some.need.astype(np.int64) * per_place,
        arguments.shown,
        FLOOR,
    )


def _compare(market: Market, seed: int) -> dict[str, dict[str, float]]:
    rng = np.random.default_rng(seed)
    candidates, n, shown = market.candidates, len(market.candidates), market.shown
    asks = Asks(np.full(n, shown, dtype=np.int32), np.zeros(n, dtype=np.int64), np.arange(n))
    places = Places(market.need, market.may_ask)
    plain = methods.topk(candidates, shown)
    _compile()
    done: list[Allocation] = []

    def ours() -> Long:
        done.append(allocate(candidates, asks, places, shown=shown, floor=market.floor))
        return _page(done[0], n, shown)

    ways: dict[str, Callable[[], Long]] = {
        "topk": lambda: methods.topk(candidates, shown),
        "smartsort": lambda: methods.smartsort(candidates, market.need, shown, rng),
        "fairrec": lambda: methods.fairrec(candidates, shown, rng),
        "ours": ours,
    }
    result = {}
    for name, way in ways.items():
        since = time.perf_counter()
        page = way()
        seconds = time.perf_counter() - since
        result[name] = measure(market, page, plain) | {"seconds": seconds}
    result["ours"]["violations"] += broken_promises(market, done[0], page)
    return {name: {key: round(value, 4) for key, value in row.items()} for name, row in result.items()}


def _compile() -> None:
    """Let the compiler run before the clock does."""
    nothing = Candidates(np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32), 0)
    pages.best(nothing, nothing.score, np.empty(0, dtype=np.int32), 1)


def _page(allocation: Allocation, n: int, shown: int) -> Long:
    page = np.full((n, shown), -1, dtype=np.int64)
    page[np.arange(shown) < np.diff(allocation.start)[:, None]] = allocation.position
    return page


def _table(result: dict[str, dict[str, float]]) -> list[str]:
    columns = list(result["ours"])
    head = " ".join([f"{'':10}", *(f"{name:>12}" for name in columns)])
    rows = [" ".join([f"{name:10}", *(f"{row[key]:12.4g}" for key in columns)]) for name, row in result.items()]
    return [head, *rows]


if __name__ == "__main__":
    main()
