"""Every kind of page that is looked at in a browser, by route."""

from __future__ import annotations

from tests.browser.pages import (
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
from tests.browser.pages.look import Look

FILES = (
    public,
    volunteer,
    organisation,
    on_the_day,
    console,
    spreadsheets,
    publicity,
    starting,
    cases,
    needs,
    offers,
    teams,
    worries,
    gaps,
)
PAGES: dict[str, list[Look]] = {name: looks for file in FILES for name, looks in file.PAGES.items()}
NOT_PAGES = {name for file in FILES for name in file.NOT_PAGES}

__all__ = ["FILES", "NOT_PAGES", "PAGES"]
