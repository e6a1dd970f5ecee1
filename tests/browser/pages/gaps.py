"""Where wishes and needs do not meet."""

from __future__ import annotations

from tests.browser.pages.look import Look

PAGES: dict[str, list[Look]] = {
    "console:gaps": [Look("coordinator", "/console/gaps/", is_dark=True)],
    "public:gaps": [Look("", "/gaps/")],
}
NOT_PAGES = {"public:meeting_sheet"}
