"""All benchmarks at the size of a ward, and what they found in docs/benchmarks.md: ``make bench``."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks import house

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
LIBRARIES = ("numpy", "scipy", "scikit-learn", "numba", "Django", "psycopg")
WARD = ("--volunteers", "3000", "--roles", "300")
ROWS = ("--volunteers", "1500", "--roles", "150")
RUNS = {
    "speed": ("benchmarks.speed", *WARD, "--area", "ward", "--seed", "1"),
    "pipeline": ("benchmarks.pipeline", *ROWS),
    "allocation": ("benchmarks.allocation", *WARD, "--seed", "1"),
    "retrieval": ("benchmarks.retrieval", "benchmarks/data/queries.json"),
    "incremental": ("benchmarks.incremental", *ROWS),
    "workers": ("benchmarks.workers", *ROWS),
    "spreadsheets": ("benchmarks.spreadsheets", "--rows", "1000"),
}

Found = dict[str, object]


def main() -> None:
    begun = time.monotonic()
    with house.built() as url:
        results = {name: _run(command, url) for name, command in RUNS.items()}
    PAGE.write_text(_page(results), "utf-8")
    print(f"{PAGE.relative_to(ROOT)} written, {time.monotonic() - begun:.0f} s in all")


def _run(command: tuple[str, ...], url: str) -> Found:
    print(f"python -m {' '.join(command)}", flush=True)
    whole, environment = [sys.executable, "-m", *command], {**os.environ, house.BUILT: url}
    done = subprocess.run(whole, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    print(done.stdout, flush=True)
    return dict(json.loads(done.stdout.strip().rpartition("\n")[2]))


def _page(results: dict[str, Found]) -> str:
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {time.strftime('%Y-%m-%d')}, at the size of a ward, small enough for two minutes:",
        "fixed costs weigh more than in a city. Times are medians of runs in turns; only ratios of one run say",
        "something; – stands for what is not installed here. What the figures are, and what was measured at the size",
        "of a city: [matching.md](matching.md).",
        "",
        _machine(),
    ]
    for name, found in results.items():
        lines += ["", f"## {name}", "", f"`python -m {' '.join(RUNS[name])}`", "", "| figure | value |", "|---|---|"]
        lines += [f"| {figure} | {'–' if value is None else value} |" for figure, value in _flat(found)]
    return "\n".join(lines) + "\n"


def _flat(found: Found, before: str = "") -> list[tuple[str, object]]:
    flat: list[tuple[str, object]] = []
    for name, value in found.items():
        flat += _flat(value, f"{before}{name}.") if isinstance(value, dict) else [(before + name, value)]
    return flat


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Machine: {_processor()}, {len(os.sched_getaffinity(0))} processors, {memory_gb:.0f} GB, "
        f"{platform.system()}; Python {platform.python_version()}, {libraries}."
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    main()
