"""The pin of a venue is drawn to its place on the map, and by buttons where no script runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from organisations.models import Organisation, Role, Venue
from organisations.models.place import FoundBy
from organisations.models.role import RoleStatus
from tests.browser.conftest import be
from tests.browser.kept import Kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
SAYS = "ピンは、指やマウスで動かせます"


def _role(kept: Kept) -> tuple[User, Role, Venue]:
    host = User.objects.get(email=next(one.email for one in kept.ward.sign_ins if one.kind == "host"))
    own = Role.objects.filter(organisation__in=Organisation.objects.of(host), venue__isnull=False)
    role = own.filter(status=RoleStatus.OPEN).earliest("pk")
    assert role.venue is not None
    return host, role, role.venue


def test_a_pin_that_was_drawn_stays_where_it_was_put(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, (host, role, venue) = quiet_page, _role(kept_ward)
    be(page, site, host)
    page.goto(f"{site}/organisation/roles/{role.pk}/where/pin/")
    keep = page.get_by_role("button", name="地図で動かした位置にする")
    assert not keep.is_visible()
    assert page.get_by_text(SAYS).is_visible()
    page.locator("#map .pin").scroll_into_view_if_needed()
    box = page.locator("#map .pin").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y - 20, steps=5)
    page.mouse.move(x + 40, y - 60, steps=5)
    page.mouse.up()
    keep.click()
    page.get_by_text("位置を動かしました").wait_for()
    moved = Venue.objects.get(pk=venue.pk)
    assert moved.found_by == FoundBy.PIN
    assert moved.lat > venue.lat
    assert moved.lng > venue.lng


def test_without_scripts_the_buttons_move_it(site: str, kept_ward: Kept, browser: Browser) -> None:
    host, role, venue = _role(kept_ward)
    context = browser.new_context(java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    be(page, site, host)
    page.goto(f"{site}/organisation/roles/{role.pk}/where/pin/")
    assert not page.get_by_text(SAYS).is_visible()
    page.get_by_role("button", name="北へ50m").click()
    page.get_by_text("位置を動かしました").wait_for()
    assert Venue.objects.get(pk=venue.pk).lat > venue.lat
    context.close()
