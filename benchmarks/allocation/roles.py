"""The roles of a market: invented, or out of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.allocation.wishes import WISHES, likeness
from matching.engine.geodesy import MEAN_RADIUS_KM

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

KINDS, SIBLINGS = 40, 4
AREA_KM2_OF_60 = 32.7
"""A ward of this size has some 60 roles open at a time; bigger markets are bigger cities, not denser ones."""

HALF_DAYS, HOME = 21, 0.03
ENCODINGS = ("utf-8-sig", "cp932")
COLUMNS = ("title", "description", "lat", "lng", "need")


class BadFile(Exception):
    """A file of roles that cannot be read; says which row, and why."""


@dataclass(frozen=True)
class Roles:
    """m roles.

    Parameters
    ----------
    at : float64 (m, 2), km from the middle; NaN for a role done from home.
    spread_km : how far from the middle people live, one standard deviation.
    kinds : float64 (m, kinds), in [0, 1], how much the role is about each kind that people may be interested in.
    appeal : float64 (m,), around 1: how well its text speaks to those who are interested.
    slots : bool (m, half days of a week)
    need : int32 (m,), places free.
    """

    at: Array
    spread_km: float
    kinds: Array
    appeal: Array
    slots: Flags
    need: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.at)


def invent(m: int, rng: np.random.Generator) -> Roles:
    """Invent roles: what many want is nearer to the centre, at the weekend, and needs more people.

    Every kind is asked for somewhat alike (Zipf, exponent 0.3), while interests are skewed more (0.7, see `people`):
    the first kinds are the fairs, the last ones the quiet work. Half of the roles are about a second kind too.
    """
    side = np.sqrt(AREA_KM2_OF_60 * m / 60)
    main = rng.choice(KINDS, m, p=zipf(KINDS, 0.3))
    popular = 1.0 - main / KINDS
    kinds = np.zeros((m, KINDS))
    kinds[np.arange(m), main] = 1.0
    kinds[(main // SIBLINGS)[:, None] == np.arange(KINDS)[None] // SIBLINGS] += 0.15
    second = np.flatnonzero(rng.random(m) < 0.5)
    kinds[second, rng.integers(0, KINDS, len(second))] += 0.6
    at = rng.normal(0.0, (side * (0.35 - 0.2 * popular))[:, None], (m, 2))
    at[rng.random(m) < HOME] = np.nan
    need = np.exp(rng.uniform(0.0, np.log(20.5), m))
    need = np.where(rng.random(m) < 0.5 * popular, np.maximum(need, np.exp(rng.uniform(0.0, np.log(20.5), m))), need)
    return Roles(
        at, 0.3 * side, np.minimum(kinds, 1.0), rng.lognormal(0.0, 0.3, m), _slots(popular, rng), need.astype(np.int32)
    )


def read(path: Path, rng: np.random.Generator) -> Roles:
    """Read roles from a CSV; hours and appeal, which no such file has, are invented.

    Raises
    ------
    BadFile
        Where the file cannot be read, with the number of the row.
    """
    rows = list(_rows(path))
    lat, lng = (np.array([row[name] for row in rows], dtype=np.float64) for name in ("lat", "lng"))
    middle = np.nanmean(lat) if np.isfinite(lat).any() else 0.0
    at = np.radians(np.column_stack([lng * np.cos(np.radians(middle)), lat])) * MEAN_RADIUS_KM
    at -= np.nanmean(at, axis=0) if np.isfinite(lat).any() else 0.0
    kinds = likeness(WISHES, [f"{row['title']} {row['description']}" for row in rows]).T
    spread = float(np.sqrt(np.nansum(at**2) / max(2 * (~np.isnan(lat)).sum(), 1)))
    need = np.array([row["need"] for row in rows], dtype=np.int32)
    return Roles(at, max(spread, 1.0), kinds, np.ones(len(rows)), _slots(np.full(len(rows), 0.5), rng), need)


def zipf(n: int, exponent: float) -> Array:
    weights = np.arange(1, n + 1, dtype=np.float64) ** -exponent
    return np.asarray(weights / weights.sum())


def _slots(popular: Array, rng: np.random.Generator) -> Flags:
    """One to three half days; popular things are at the weekend, the last six of the 21, more often than others."""
    m = len(popular)
    slots = np.zeros((m, HALF_DAYS), dtype=np.bool_)
    for turn in range(3):
        has = rng.random(m) < (1.0, 0.5, 0.3)[turn]
        weekend = rng.random(m) < 0.3 + 0.6 * popular
        half_day = np.where(weekend, rng.integers(15, 21, m), rng.integers(0, 15, m))
        slots[np.flatnonzero(has), half_day[has]] = True
    return slots


def _rows(path: Path) -> Iterator[dict[str, object]]:
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise BadFile(f"row 1: no column {', '.join(missing)}")
    number = 1
    for number, row in enumerate(reader, start=2):
        try:
            yield _role(row)
        except ValueError as wrong:
            raise BadFile(f"row {number}: {wrong}") from wrong
    if number == 1:
        raise BadFile("row 2: no role at all")


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as wrong:
        raise BadFile(str(wrong)) from wrong
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile("neither UTF-8 nor cp932")


def _role(row: dict[str, str]) -> dict[str, object]:
    if not (row["title"] or "").strip():
        raise ValueError("title is empty")
    role: dict[str, object] = {"title": row["title"], "description": row["description"] or ""}
    is_at_home = not (row["lat"] or row["lng"])
    for name, most in (("lat", 90.0), ("lng", 180.0)):
        role[name] = float("nan") if is_at_home else _number(row, name)
        if not is_at_home and not -most <= float(str(role[name])) <= most:
            raise ValueError(f"{name} {row[name]!r} is not between {-most:g} and {most:g}")
    need = _number(row, "need")
    if need != int(need) or need < 1:
        raise ValueError(f"need {row['need']!r} is not a whole number from 1")
    return role | {"need": int(need)}


def _number(row: dict[str, str], name: str) -> float:
    try:
        return float(row[name])
    except (TypeError, ValueError):
        raise ValueError(f"{name} {row[name]!r} is not a number") from None
