"""The header of a page takes two rows on a phone, and hides nothing for it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.conf import settings
from playwright.sync_api import Page, ViewportSize

from accounts.models import User
from tests.browser.conftest import DESK, PHONE, be
from tests.browser.kept import Kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

# What can be pressed in the header: the middle of its height, and its smaller side.
PRESSED = """() => [...document.querySelectorAll(".brand, .tools :is(a, button), .menu > ul > li > a, .menu summary")]
    .map((one) => one.getBoundingClientRect())
    .map((box) => ({ middle: box.top + box.height / 2, side: Math.min(box.width, box.height) }))"""
# What the menu says in more lines than words.
TORN = """() => [...document.querySelectorAll(".menu > ul > li > a, .menu summary")].filter((one) => {
    const said = document.createRange();
    said.selectNodeContents(one);
    const lines = new Set([...said.getClientRects()].map((box) => Math.round(box.top)));
    return lines.size > one.textContent.trim().split(/\\s+/).length;
}).map((one) => one.textContent)"""
SMALLEST = 44
NARROW: ViewportSize = {"width": 360, "height": 740}
ROWS = [(NARROW, 2), (PHONE, 2), (DESK, 1)]
SEEN = [
    (None, "/roles/"),
    ("makoto@yaritai.example", "/my/suggestions/"),
    ("tokura@yaritai.example", "/organisation/"),
    ("higano@yaritai.example", "/console/"),
]


def _rows(page: Page) -> int:
    found: list[dict[str, float]] = page.evaluate(PRESSED)
    assert min(one["side"] for one in found) >= SMALLEST
    middles = sorted(one["middle"] for one in found)
    return 1 + sum(below - above > SMALLEST / 2 for above, below in pairwise(middles))


@pytest.mark.parametrize("language", ["ja", "ja-simple", "en"])
def test_two_rows_on_a_phone_and_one_on_a_desk(site: str, kept_ward: Kept, quiet_page: Page, language: str) -> None:
    page = quiet_page
    for email, path in SEEN:
        be(page, site, User.objects.get(email=email) if email else None)
        page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}])
        page.goto(site + path)
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert page.locator(".menu > ul > li").count() >= 4
        for size, rows in ROWS:
            page.set_viewport_size(size)
            assert (path, size, _rows(page)) == (path, size, rows)
            assert page.evaluate(TORN) == []
    assert page.get_by_role("button", name="日本語" if language != "ja" else "やさしい日本語").first.is_visible()
