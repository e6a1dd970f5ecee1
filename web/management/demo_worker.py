"""A real worker in a process of its own, for as long as the demo needs it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PATIENCE_S = 60
STOP_S = 20
COMMAND = [sys.executable, "-m", "celery", "-A", "worker.celery:app", "worker", "--beat", "--pool", "solo"]


class NotDoneInTime(Exception):
    """The worker ended, or took too long; the message says where to read on."""


class Worker:
    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process, self._log = process, log

    def wait_until(self, done: Callable[[], bool]) -> None:
        """Wait until *done* says so.

        Raises
        ------
        NotDoneInTime
        """
        deadline = time.monotonic() + PATIENCE_S
        while not done():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise NotDoneInTime(f"{self._log}:\n{self._log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)


@contextmanager
def worker() -> Iterator[Worker]:
    """Start a worker with its clock; at the end let it finish what it holds, and see it gone."""
    folder = settings.BASE_DIR / "var"
    folder.mkdir(exist_ok=True)
    path = folder / "worker.log"
    with path.open("wb") as log:
        process = subprocess.Popen([*COMMAND, "--loglevel", "WARNING"], stdout=log, stderr=log, cwd=settings.BASE_DIR)
    try:
        yield Worker(process, path)
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
