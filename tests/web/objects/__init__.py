"""What stands for the numbers in an address, of one's own or of others: an entry for every route that names a row."""

from __future__ import annotations

from tests.web.objects import (
    api,
    cases,
    console,
    gaps,
    needs,
    offers,
    on_the_day,
    organisation,
    public,
    publicity,
    spreadsheets,
    starting,
    teams,
    volunteer,
    worries,
)
from tests.web.objects.target import Grow, Target, Which

_FILES = (
    public,
    volunteer,
    organisation,
    on_the_day,
    console,
    spreadsheets,
    publicity,
    starting,
    api,
    cases,
    gaps,
    needs,
    offers,
    teams,
    worries,
)
OBJECTS: dict[str, Which] = {name: which for file in _FILES for name, which in file.OBJECTS.items()}
LISTS: dict[str, tuple[str, Grow]] = {name: found for file in _FILES for name, found in file.LISTS.items()}

__all__ = ["LISTS", "OBJECTS", "Target"]
