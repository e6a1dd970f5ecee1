"""The main pages as pictures for docs/screenshots: ``make pictures``. No test of the suite, which leaves it out."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.conftest import DESK, PHONE, be
from tests.browser.kept import Kept
from tests.browser.pages import PAGES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
FOLDER: Path = settings.BASE_DIR / "docs" / "screenshots"
# The route, which of its looks, and the name of the picture.
MAIN = [
    ("public:home", 0, "home"),
    ("public:roles", 0, "roles"),
    ("public:map", 0, "map"),
    ("public:calendar", 0, "calendar"),
    ("public:role", 0, "role"),
    ("volunteer:suggestions", 0, "suggestions"),
    ("volunteer:start_what", 0, "sign-up"),
    ("volunteer:record", 1, "record"),
    ("volunteer:profile", 0, "profile"),
    ("organisation:when", 0, "role-form"),
    ("organisation:people", 0, "applicants"),
    ("organisation:home", 0, "organisation"),
    ("console:today", 0, "console"),
]


@pytest.mark.parametrize(("route", "which", "name"), MAIN)
def test_picture(site: str, kept_ward: Kept, quiet_page: Page, route: str, which: int, name: str) -> None:
    look = PAGES[route][which]
    emails = {one.kind: one.email for one in kept_ward.ward.sign_ins}
    be(quiet_page, site, User.objects.get(email=emails[look.who]) if look.who else None)
    for size in (PHONE, DESK):
        quiet_page.set_viewport_size(size)
        quiet_page.goto(site + look.address(kept_ward))
        quiet_page.screenshot(path=FOLDER / f"{name}-{size['width']}.png")
