"""A worker of `benchmarks.in_house.workers`: gets ready, waits for the signal, does its share of the run, ends."""

from __future__ import annotations

import os
import sys
import time

from django.utils import timezone

from matching import dataset
from matching.engine.fast import FastEngine
from matching.models import Run, RunStatus
from matching.services.running import runs

PAUSE_S = 0.01


def main(processor: int) -> None:
    os.sched_setaffinity(0, {processor})
    FastEngine(dataset.load(now=timezone.now(), volunteer_ids=[1]).problem).rank(top=1, floor=0.0)
    print("ready", flush=True)
    sys.stdin.readline()
    begun = time.process_time()
    while Run.objects.filter(status__in=[RunStatus.REQUESTED, RunStatus.RUNNING]).exists():
        if not runs.carry_out(now=timezone.now()).parts_done_here:
            time.sleep(PAUSE_S)  # the last part is in the other's hands
    print(time.process_time() - begun)


if __name__ == "__main__":
    main(int(sys.argv[1]))
