"""What each medium said when somebody last looked at it. A change of words changes these files, and is seen."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).with_name("said")


def golden(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
