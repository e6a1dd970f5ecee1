"""The engine is compiled once, and says so before it takes its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.engine import warm_up


def test_it_speaks_the_first_time_and_is_silent_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(warm_up, "DONE", tmp_path / "done")

    warm_up.prepare(said.append)

    assert "once" in said[0]
    assert len(said) == 2
    warm_up.prepare(said.append)
    assert len(said) == 2
