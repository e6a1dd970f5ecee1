"""Whom to telephone when something cannot wait; from a data file that says whose numbers they are, and of when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from accounts.models.user import said
from organisations.services import saying

FILE = Path(__file__).parents[2] / "data" / "urgent_numbers.yaml"


@dataclass(frozen=True)
class Named:
    """Words in both languages, and in easy Japanese where the others are not."""

    ja: str
    en: str
    easy: str = ""

    @property
    def label(self) -> str:
        """In the language of the page."""
        return said(ja=self.ja, en=self.en, easy=self.easy)


@dataclass(frozen=True)
class Number:
    number: str
    name: Named
    source: Named

    @property
    def tel(self) -> str:
        return self.number.replace("-", "")


@dataclass(frozen=True)
class Urgent:
    """``at_once`` where a life is in danger, ``talk`` where somebody has to be talked to now.

    ``checked_on`` is empty as long as nobody who runs a site has looked whether they are still right.
    """

    at_once: tuple[Number, ...]
    talk: tuple[Number, ...]
    entered_on: dt.date
    checked_on: dt.date | None

    @property
    def sources(self) -> str:
        """Each once, in the language of the page."""
        return saying.listed(dict.fromkeys(one.source.label for one in (*self.at_once, *self.talk)))


@cache
def numbers() -> Urgent:
    book = yaml.safe_load(FILE.read_text("utf-8"))
    at_once, talk = (tuple(_number(row) for row in book[part]) for part in ("at_once", "talk"))
    return Urgent(at_once, talk, book["entered_on"], book["checked_on"])


def _number(row: dict[str, Any]) -> Number:
    return Number(row["number"], Named(row["ja"], row["en"], row.get("easy", "")), Named(**row["source"]))
