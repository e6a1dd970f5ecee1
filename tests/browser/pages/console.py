from __future__ import annotations

from tests.browser.pages import people
from tests.browser.pages.look import Look

PAGES: dict[str, list[Look]] = {
    "console:today": [Look("coordinator", "/console/", is_dark=True)],
    **people.PAGES,
}
NOT_PAGES: set[str] = people.NOT_PAGES
