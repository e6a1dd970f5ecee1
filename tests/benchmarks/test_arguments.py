"""What a benchmark may be asked for."""

from __future__ import annotations

import argparse

import pytest

from benchmarks.arguments import at_least_one


@pytest.fixture
def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    made.add_argument("--roles", type=at_least_one)
    return made


def test_one_or_more_of_something_can_be_measured(parser: argparse.ArgumentParser) -> None:
    assert [parser.parse_args(["--roles", text]).roles for text in ("1", "300")] == [1, 300]


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", ""])
def test_anything_else_is_refused(
    parser: argparse.ArgumentParser, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser.parse_args([f"--roles={text}"])
    assert "argument --roles" in capsys.readouterr().err
