"""The same run by one worker and by two; each is a process on one processor, and so with one thread.

Keys of the last line: ``seconds_1`` and ``seconds_2``, medians from the signal to begin until the last one has ended;
``efficiency``, seconds_1 ÷ (2 · seconds_2), on a machine that has two processors to spare, and one for PostgreSQL;
``processors``, the same of a loop that needs neither memory nor a database, see `benchmarks.processors`, and
``of_possible``, efficiency ÷ processors; ``cpu_1`` and ``cpu_2``, seconds of processor time of all workers together.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time

from django.utils import timezone

from benchmarks import processors
from benchmarks.in_house.settlement import analyse, settle, sizes
from matching.models import Run, RunStatus
from matching.services.running import runs

PARTS_PER_WORKER = 6
READY, GO = b"ready\n", b"go\n"


def begin(processor: int, part: int) -> subprocess.Popen[bytes]:
    """Start a worker on one processor, which gets ready and then waits for the signal."""
    command = [sys.executable, "-m", "benchmarks.in_house.worker", str(processor)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "SHARD_SIZE": str(part)}
    )


def wait_for(worker: subprocess.Popen[bytes]) -> None:
    assert worker.stdout is not None  # noqa: S101
    if worker.stdout.readline() != READY:
        raise RuntimeError("a worker did not start")


def seconds(count: int, part: int) -> tuple[float, float]:
    """Carry out a run by so many workers; return how long it took, and how much processor time."""
    processors = sorted(os.sched_getaffinity(0))
    runs.request(now=timezone.now())
    workers = [begin(processors[number % len(processors)], part) for number in range(count)]
    for worker in workers:
        wait_for(worker)
    begun = time.perf_counter()
    for worker in workers:
        assert worker.stdin is not None  # noqa: S101
        worker.stdin.write(GO)
        worker.stdin.flush()
    spent = [float(worker.communicate()[0]) for worker in workers]
    ended = time.perf_counter()
    if Run.objects.latest("pk").status != RunStatus.DONE:
        raise RuntimeError("the run was not carried out")
    return ended - begun, sum(spent)


def report(volunteers: int, roles: int, seed: int, repeats: int) -> str:
    now = settle(volunteers, roles, seed)
    runs.request(now=now)
    runs.carry_out(now=timezone.now())  # texts are worked out once
    analyse()
    part = max(volunteers // (2 * PARTS_PER_WORKER), 1)
    tried = [(*seconds(1, part), *seconds(2, part)) for _ in range(repeats)]
    one, cpu_one, two, cpu_two = (statistics.median(column) for column in zip(*tried, strict=True))
    possible = processors.measured()
    figures = {
        "benchmark": "workers",
        "volunteers": volunteers,
        "roles": roles,
        "seconds_1": round(one, 3),
        "seconds_2": round(two, 3),
        "efficiency": round(one / (2 * two), 3),
        "processors": round(possible, 3),
        "of_possible": round(one / (2 * two) / possible, 3),
        "cpu_1": round(cpu_one, 3),
        "cpu_2": round(cpu_two, 3),
    }
    return json.dumps(figures)


if __name__ == "__main__":
    words = sizes("workers")
    words.add_argument("--repeats", type=int, default=1)
    given = words.parse_args(sys.argv[1:])
    print(report(given.volunteers, given.roles, given.seed, given.repeats))
