"""Each measurement has a database of its own."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from benchmarks import house
from config import embedded


def test_measurements_get_a_copy_each_and_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with embedded.postgres(tmp_path, throwaway=True) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE room (number int)")
        monkeypatch.setenv(house.BUILT, url)
        assert [house.measure("tests.benchmarks.moves_in", []) for _ in range(2)] == [1, 1]
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT count(*) FROM room").fetchone() == (0,)
            names = connection.execute("SELECT datname FROM pg_database WHERE NOT datistemplate").fetchall()
    assert names == [("postgres",)]


def test_a_house_is_built_with_all_tables_and_no_rows() -> None:
    with house.built() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM matching_shortlist").fetchone() == (0,)
