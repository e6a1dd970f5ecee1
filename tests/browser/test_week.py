"""The week is one stop for the keyboard, with arrows inside; without scripts every box is a stop."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from tests.browser.conftest import be, check
from tests.browser.kept import Kept
from volunteers.models import Availability
from web.week import ticked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def _volunteer(kept: Kept) -> User:
    return User.objects.get(email=next(one.email for one in kept.ward.sign_ins if one.kind == "volunteer"))


def _focused(page: Page) -> str:
    value: str = page.evaluate("document.activeElement.value || ''")
    return value


def _press(page: Page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return _focused(page)


def test_arrows_walk_the_week_and_the_space_bar_ticks(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, user = quiet_page, _volunteer(kept_ward)
    Availability.objects.filter(volunteer__user=user).update(weekly=[0] * 7)
    be(page, site, user)
    page.goto(f"{site}/my/profile/")
    page.locator("input[value='0-early']").focus()
    expect(page.locator("#week-keys")).to_be_visible()
    assert _press(page, "ArrowUp", "ArrowLeft") == "0-early"
    assert _press(page, "ArrowRight", "ArrowDown", "Space") == "1-morning"
    assert _press(page, "End", "Space") == "1-evening"
    assert _press(page, "Home", "ArrowUp") == "0-early"
    page.keyboard.press("Tab")
    expect(page.locator("table.week :focus")).to_have_count(0)
    assert _press(page, "Shift+Tab") == "0-early"
    check(page, dark=True)
    page.get_by_role("button", name="保存して").click()
    page.wait_for_url(f"{site}/my/suggestions/")
    assert ticked(Availability.objects.get(volunteer__user=user).weekly) == {"1-morning", "1-evening"}


def test_a_box_that_was_tapped_becomes_the_stop(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page = quiet_page
    be(page, site, _volunteer(kept_ward))
    page.goto(f"{site}/my/profile/")
    page.locator("input[value='3-afternoon']").click()
    expect(page.locator("#week-keys")).to_be_hidden()
    assert page.locator("table.week input[tabindex='0']").evaluate_all("all => all.map((one) => one.value)") == [
        "3-afternoon"
    ]


def test_without_scripts_every_box_is_a_stop(site: str, kept_ward: Kept, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    page.goto(f"{site}/start/")
    page.goto(f"{site}/start/when/")
    page.locator("input[value='0-early']").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("input[value='0-morning']")).to_be_checked()
    expect(page.locator("#week-keys")).to_be_hidden()
    context.close()
