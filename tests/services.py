"""Loaded with ``-p tests.services``: a real PostgreSQL and a real Valkey for the whole test run."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from config import embedded

_running = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    # A thread of the live server that kept its connection would hold the test database when that is to be removed.
    os.environ["DATABASE_CONN_MAX_AGE_S"] = "0"
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        folder = Path(tempfile.mkdtemp(prefix="yaritai-test-"))
        _running.callback(shutil.rmtree, folder, ignore_errors=True)
        os.environ.update(_running.enter_context(embedded.services(folder, throwaway=True)))
    else:  # each worker has a database of its own in PostgreSQL by pytest-django, and in Valkey by this number
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].partition("?")[0] + f"?db={number}"


def pytest_unconfigure() -> None:
    _running.close()
