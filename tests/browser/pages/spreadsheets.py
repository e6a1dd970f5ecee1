from __future__ import annotations

from tests.browser.pages.look import Look

PAGES: dict[str, list[Look]] = {}
NOT_PAGES: set[str] = set()
