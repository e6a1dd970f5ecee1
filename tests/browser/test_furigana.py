"""Readings turned on at the top of a page stay on, find room on a phone, and go again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.conftest import be, check
from tests.browser.kept import Kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

# How far the readings of a line reach into what stands above it, in pixels: nowhere.
OVERLAP = """() => Math.max(0, ...[...document.querySelectorAll("main p ruby")].map((one) => {
    const reading = one.querySelector("rt").getBoundingClientRect();
    const above = [...one.closest("p").querySelectorAll("ruby")].map((other) => other.getBoundingClientRect())
        .filter((box) => box.bottom < reading.bottom);
    return Math.max(0, ...above.map((box) => box.bottom - reading.top - 3));
}))"""


def test_readings_over_the_characters(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page = quiet_page
    be(page, site, User.objects.get(email="makoto@yaritai.example"))
    page.goto(f"{site}/about/")
    page.get_by_role("button", name="ふりがなをつける").click()
    page.get_by_role("button", name="ふりがなをはずす").wait_for()
    assert page.url == f"{site}/about/"
    for path, is_dark in (("/about/", True), ("/roles/calendar/", False), ("/my/profile/", False)):
        page.goto(site + path)
        assert page.locator("main rt").count() > 10
        check(page, dark=is_dark)
        assert page.evaluate(OVERLAP) == 0
    page.get_by_role("button", name="ふりがなをはずす").click()
    page.get_by_role("button", name="ふりがなをつける").wait_for()
    assert page.locator("rt").count() == 0
