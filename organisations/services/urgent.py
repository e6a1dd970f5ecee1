"""Whom to telephone when something cannot wait; from a data file that says where the numbers are from, and of when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

FILE = Path(__file__).parent.parent / "data" / "urgent_numbers.yaml"


@dataclass(frozen=True)
class Named:
    """Words in both languages."""

    ja: str
    en: str

    @property
    def label(self) -> str:
        """In the language of the page."""
        return self.en if get_language() == "en" else self.ja


@dataclass(frozen=True)
class Number:
    number: str
    name: Named

    @property
    def tel(self) -> str:
        return self.number.replace("-", "")


@dataclass(frozen=True)
class Urgent:
    """``at_once`` where a life is in danger, ``talk`` where somebody has to be talked to now."""

    at_once: tuple[Number, ...]
    talk: tuple[Number, ...]
    source: Named
    as_of: dt.date


@cache
def numbers() -> Urgent:
    book = yaml.safe_load(FILE.read_text("utf-8"))
    at_once, talk = (
        tuple(Number(row["number"], Named(row["ja"], row["en"])) for row in book[part]) for part in ("at_once", "talk")
    )
    return Urgent(at_once, talk, Named(**book["source"]), book["as_of"])
