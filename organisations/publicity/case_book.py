"""The book of chosen case studies, to print and to lay out where people meet."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from accounts.models.user import Language
from organisations.publicity import paper

TEMPLATE = Path(__file__).with_name("case_book.typ")


@dataclass(frozen=True)
class Photo:
    jpeg: bytes
    description: str


@dataclass(frozen=True)
class Case:
    """``between`` says who worked together; ``parts`` are (heading, words)."""

    title: str
    between: str
    parts: Sequence[tuple[str, str]]
    photos: Sequence[Photo] = field(default=())


def pdf(cases: Sequence[Case], *, issued_on: str, now: dt.datetime) -> bytes:
    """Return the book in the language that is switched on, one case to a page or more.

    Raises
    ------
    CannotPrint where the font lacks a character.
    """
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        words = {
            "language": Language.of_page(),
            "title": _("連携事例集"),
            "contents": _("もくじ"),
            "issued": _("発行日 %(day)s") % {"day": issued_on},
            "cases": [_laid_out(case, number, room) for number, case in enumerate(cases)],
        }
        return paper.pdf(Path(shutil.copy(TEMPLATE, room)), words, now=now)


def _laid_out(case: Case, number: int, room: Path) -> dict[str, object]:
    """Return a case as the template reads it; its pictures lie beside the template."""
    photos = []
    for count, photo in enumerate(case.photos):
        name = f"{number}-{count}.jpg"
        (room / name).write_bytes(photo.jpeg)
        photos.append({"file": name, "description": photo.description})
    return {**asdict(case), "photos": photos}
