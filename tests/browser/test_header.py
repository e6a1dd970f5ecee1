"""The header of a page takes two rows on a phone, and hides nothing for it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.conf import settings
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.conftest import DESK, PHONE, be
from tests.browser.kept import Kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

# What can be pressed in the header: the middle of its height, and its smaller side.
PRESSED = """() => [...document.querySelectorAll(".top :is(a, button)")]
    .map((one) => one.getBoundingClientRect())
    .map((box) => ({ middle: box.top + box.height / 2, side: Math.min(box.width, box.height) }))"""
SMALLEST = 44


def _rows(page: Page) -> int:
    found: list[dict[str, float]] = page.evaluate(PRESSED)
    assert min(one["side"] for one in found) >= SMALLEST
    middles = sorted(one["middle"] for one in found)
    return 1 + sum(below - above > SMALLEST / 2 for above, below in pairwise(middles))


@pytest.mark.parametrize("language", ["ja", "ja-simple", "en"])
def test_two_rows_on_a_phone_and_one_on_a_desk(site: str, kept_ward: Kept, quiet_page: Page, language: str) -> None:
    page = quiet_page
    for email, path in ((None, "/roles/"), ("makoto@yaritai.example", "/my/suggestions/")):
        be(page, site, User.objects.get(email=email) if email else None)
        page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}])
        for size, rows in ((PHONE, 2), (DESK, 1)):
            page.set_viewport_size(size)
            page.goto(site + path)
            assert page.locator("html").get_attribute("lang") == language[:2]
            assert page.locator(".top nav a").count() == 4
            assert _rows(page) == rows


def test_a_host_has_two_rows_on_a_phone_and_one_on_a_desk(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page = quiet_page
    be(page, site, User.objects.get(email="tokura@yaritai.example"))
    for size, rows in ((PHONE, 2), (DESK, 1)):
        page.set_viewport_size(size)
        page.goto(f"{site}/organisation/")
        assert _rows(page) == rows
    assert page.get_by_role("button", name="やさしい日本語").is_visible()
