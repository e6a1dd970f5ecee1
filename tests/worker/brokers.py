"""What lies in the broker, and a worker of one's own on the database of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from worker.celery import app

PATIENCE_S = 60


def empty() -> None:
    app.control.purge()


def waiting() -> list[str]:
    """Take all messages out of the queue; say which tasks they name."""
    names = []
    with app.connection_for_read() as broker, broker.SimpleQueue("celery") as queue, suppress(queue.Empty):
        while True:
            message = queue.get(block=False)
            names.append(message.headers["task"])
            message.ack()
    return names


def start_worker(log: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start a real worker with its clock on the database of the test that is running."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    command = [sys.executable, "-m", "celery", "-A", "worker.celery:app", "worker", "--beat", "--pool", "solo"]
    with log.open("ab") as file:
        return subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": url, "POLL_EVERY_S": "0.2", **environment},
            stdout=file,
            stderr=file,
            start_new_session=True,
        )


def wait_until(done: Callable[[], bool], worker: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        assert worker.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.02)
