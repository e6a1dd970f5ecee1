from __future__ import annotations

from tests.browser.pages.look import Look

PAGES: dict[str, list[Look]] = {
    "console:today": [Look("coordinator", "/console/", is_dark=True)],
}
NOT_PAGES: set[str] = set()
