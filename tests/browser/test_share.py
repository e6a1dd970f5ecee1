"""Sharing a role: by the device where it can, and by what is on the page where it cannot."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.factories import SlotFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
TOLD = "navigator.share = async (what) => { window.told = what; }"


def test_a_device_that_can_share_is_offered_to(quiet_page: Page, base_url: str) -> None:
    page, role = quiet_page, SlotFactory(role__title="水やり").role
    page.add_init_script(TOLD)
    page.goto(f"{base_url}/roles/{role.pk}/")
    page.get_by_role("button", name="共有する").click()
    told = page.evaluate("window.told")
    assert told["title"] == "水やり"
    assert told["url"].endswith(f"/roles/{role.pk}/")


def test_the_address_is_copied_where_the_browser_lets(quiet_page: Page, base_url: str) -> None:
    page, role = quiet_page, SlotFactory().role
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(f"{base_url}/roles/{role.pk}/")
    assert page.get_by_role("button", name="共有する").count() == 0
    page.get_by_role("button", name="アドレスを写す").click()
    page.get_by_text("アドレスを写しました。").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("このページのアドレス").input_value()
