"""A database for one measurement, gone afterwards: nobody's rows are touched, whatever the environment names."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from config import embedded

BUILT = "YARITAI_BENCHMARK_HOUSE"
"""Names an empty house that several measurements take a copy of each, so that it is built once."""

_MIGRATE = ("django", "migrate", "--verbosity", "0", "--skip-checks")
_COPY = "measured"


def measure(module: str, arguments: Sequence[str]) -> int:
    """Run *module* as a program beside a new and empty database; return its exit code."""
    if url := os.environ.get(BUILT):
        return _beside_copy(url, module, arguments)
    with built() as url:
        return _beside_copy(url, module, arguments)


@contextmanager
def built() -> Iterator[str]:
    """Yield the URL of a database that has all tables and no rows, to be copied."""
    with (
        tempfile.TemporaryDirectory(prefix="yaritai-bench-") as folder,
        embedded.postgres(Path(folder), throwaway=True) as url,
    ):
        subprocess.run([sys.executable, "-m", *_MIGRATE], env=_environment(url), check=True)
        yield url


def _beside_copy(url: str, module: str, arguments: Sequence[str]) -> int:
    name = urlsplit(url).path.removeprefix("/")
    # Only a database that nobody is connected to can be copied.
    with psycopg.connect(_named(url, "template1"), autocommit=True) as outside:
        outside.execute(f"CREATE DATABASE {_COPY} TEMPLATE {name}")
        try:
            command = [sys.executable, "-m", module, *arguments]
            return subprocess.run(command, env=_environment(_named(url, _COPY)), check=False).returncode
        finally:
            outside.execute(f"DROP DATABASE {_COPY}")


def _named(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def _environment(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
