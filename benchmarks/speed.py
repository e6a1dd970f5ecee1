"""How long a full scoring run takes, against a plain matrix product: ``python -m benchmarks.speed``.

The engine's run is all of it from the problem's arrays on: laying out, every constraint, candidates, all signals, the
best ten. The product is of two float32 matrices, people × 128 and 128 × roles, with nothing after it. Both use all
processors, in turns; medians are compared. The twin, plain Python with geopy, does a part of the pairs and is scaled.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace

import numpy as np

from benchmarks import peers
from benchmarks.arguments import at_least_one
from benchmarks.interleaved import peak_mb, seconds
from benchmarks.markets import AREAS, market
from matching.engine.fast import FastEngine
from matching.engine.parts import some_people, some_roles
from matching.engine.problem import Problem
from matching.engine.scoring import FLOOR
from matching.engine.twin import SlowTwin

TOP = 10
TWIN_PAIRS = 4_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--volunteers", type=at_least_one, default=3_000)
    parser.add_argument("--roles", type=at_least_one, default=300)
    parser.add_argument("--area", choices=AREAS, default="ward")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=at_least_one, default=5)
    wanted = parser.parse_args()
    problem = market(volunteers=wanted.volunteers, roles=wanted.roles, area=wanted.area, seed=wanted.seed)
    FastEngine(problem).rank(top=TOP, floor=FLOOR)
    peak = peak_mb()
    ways = {
        "engine": lambda: FastEngine(_anew(problem)).rank(top=TOP, floor=FLOOR),
        "gemm": peers.gemm(problem, wanted.seed),
        "tally": lambda: FastEngine(_anew(problem)).tally(),
        **peers.installed(problem),
    }
    taken = seconds(ways, repeats=wanted.repeats)
    twin = _twin_s(problem, wanted.seed)
    for name, spent in taken.items():
        print(f"{name:>16} {spent:10.4f} s {spent / taken['gemm']:8.2f} × gemm")
    print(f"{'twin, scaled':>16} {twin:10.1f} s {twin / taken['engine']:8.0f} × engine")
    ranking = FastEngine(problem).rank(top=TOP, floor=FLOOR)
    result = {
        "volunteers": wanted.volunteers,
        "roles": wanted.roles,
        "area": wanted.area,
        "seed": wanted.seed,
        "engine_s": round(taken["engine"], 4),
        "gemm_s": round(taken["gemm"], 4),
        "ratio_gemm": round(taken["engine"] / taken["gemm"], 3),
        "twin_ratio": round(twin / taken["engine"], 1),
        "faiss_ratio": _ratio(taken, "faiss"),
        "sparse_dot_topn_ratio": _ratio(taken, "sparse_dot_topn"),
        "tally_s": round(taken["tally"], 4),
        "listed_per_person": round(len(ranking.role) / max(wanted.volunteers, 1), 2),
        "peak_mb": round(peak, 1),
    }
    print(json.dumps(result))


def _anew(problem: Problem) -> Problem:
    """Return the same with roles nobody has asked about yet: what follows from them alone is worked out anew."""
    return replace(problem, roles=replace(problem.roles), slots=replace(problem.slots))


def _ratio(taken: dict[str, float], peer: str) -> float | None:
    """Return how much longer the peer takes than the engine."""
    return round(taken[peer] / taken["engine"], 3) if peer in taken else None


def _twin_s(problem: Problem, seed: int) -> float:
    """Return how long the twin would take for all pairs, from some people and roles drawn by chance."""
    rng = np.random.default_rng(seed)
    people, roles = len(problem.volunteers), len(problem.roles)
    few = min(people, 20), min(roles, TWIN_PAIRS // 20)
    some = some_people(problem, np.sort(rng.choice(people, few[0], replace=False)).astype(np.int32))
    some = some_roles(some, np.sort(rng.choice(roles, few[1], replace=False)).astype(np.int32))
    begun = time.perf_counter()
    SlowTwin(some).rank(top=TOP, floor=FLOOR)
    return (time.perf_counter() - begun) * people * roles / (few[0] * few[1])


if __name__ == "__main__":
    main()
