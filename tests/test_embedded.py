"""The private PostgreSQL and Valkey come up, keep data, go down whole, and leave others' servers alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from config import embedded


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="yaritai-embedded-") as name:
        yield Path(name)


def test_data_outlive_a_restart(folder: Path) -> None:
    with embedded.postgres(folder) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('花')")
    with embedded.postgres(folder) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("花",)


def test_a_long_path_still_gives_a_socket(folder: Path) -> None:
    deep = folder / ("a" * 60) / ("b" * 60)
    with embedded.valkey(deep, throwaway=True) as url:
        assert redis.Redis.from_url(url).ping()


def test_a_second_start_shares_the_first(folder: Path) -> None:
    with embedded.postgres(folder, throwaway=True) as first:
        with embedded.postgres(folder, throwaway=True) as second:
            assert second == first
        with psycopg.connect(first) as connection:  # the inner one did not stop it
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_stale_pid_file_does_not_block(folder: Path) -> None:
    with embedded.postgres(folder, throwaway=True):
        pass
    pid_file = folder / "postgres" / "postmaster.pid"
    pid_file.write_text("2147483646\n")
    with embedded.postgres(folder, throwaway=True) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_named_services_win(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")
    with embedded.services(folder) as urls:
        assert urls == {"DATABASE_URL": "postgresql://elsewhere/db", "REDIS_URL": "redis://elsewhere:6379/0"}
    assert list(folder.iterdir()) == []


def test_the_command_ends_with_its_own_code_and_leaves_nothing(folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    command = [sys.executable, "-m", "config.embedded", str(folder), "--", "sh", "-c", "echo $DATABASE_URL; exit 7"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 7
    assert ended.stdout.startswith("postgresql://")
    assert not (folder / "postgres" / "postmaster.pid").exists()
    assert not (folder / "valkey.sock").exists()
