"""Reading the files that the sample is written in."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
# Written in C where the wheel has it, and then ten times as fast.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def document(path: Path) -> Any:
    """Return what the YAML file *path* holds."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  both loaders are safe


def documents(folder: Path) -> list[dict[str, Any]]:
    """Return what each YAML file of *folder* holds, by file name."""
    return [document(path) for path in sorted(folder.glob("*.yaml"))]


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file; lines that begin with # say where it comes from."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
