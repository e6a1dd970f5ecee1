from __future__ import annotations

from tests.browser.pages.look import Look

PAGES: dict[str, list[Look]] = {
    "organisation:home": [Look("host", "/organisation/", is_dark=True)],
}
NOT_PAGES: set[str] = set()
