from __future__ import annotations

from pathlib import Path

import pytest

from matching.engine.text import pack, table, wheel
from tests.matching.engine.text import made_up


@pytest.fixture(scope="session")
def table_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packed table of the made-up wheel."""
    folder = tmp_path_factory.mktemp("words")
    pack.pack(wheel.read(made_up.write(folder))).write(folder / "words.npz")
    return folder / "words.npz"


@pytest.fixture(scope="session")
def words(table_path: Path) -> table.Table:
    return table.read(table_path)
