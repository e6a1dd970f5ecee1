"""The way from a look round to a place, as a person goes it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from matching.models import Suggestion
from organisations.models import Slot
from tests.browser.conftest import sign_in
from volunteers.models import Placement

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def test_from_a_look_round_to_a_place(site: str, quiet_page: Page) -> None:
    page = quiet_page
    page.goto(site)
    expect(page.get_by_role("heading", level=1)).to_contain_text("やりたいこと")
    page.get_by_role("button", name="募集をさがす").click()
    page.locator("main .card h3 a").first.click()
    expect(page.get_by_role("heading", name="いつ・何人")).to_be_visible()

    page.get_by_role("navigation").get_by_role("link", name="おすすめ").click()
    sign_in(page, "makoto@yaritai.example")
    expect(page).to_have_url(f"{site}/my/suggestions/")
    card = page.locator("main li.card").first
    expect(card.locator(".reasons li").first).to_be_visible()
    assert card.locator(".reasons li").count() >= 2

    suggestion = Suggestion.objects.get(pk=str(card.get_attribute("id")).removeprefix("suggestion-"))
    before = suggestion.slot.places_left
    card.get_by_role("button", name="行けます").click()
    expect(page.get_by_role("heading", name="参加が決まりました")).to_be_visible()
    page.get_by_role("link", name="予定を見る").click()
    expect(page.locator("main .card").first).to_contain_text(suggestion.role.title)

    assert Placement.objects.active().filter(slot=suggestion.slot, volunteer=suggestion.volunteer).exists()
    assert Slot.objects.get(pk=suggestion.slot_id).places_left == before - 1
    page.goto(f"{site}/roles/{suggestion.role_id}/")
    expect(page.get_by_text("参加が決まっています").first).to_be_visible()


def test_the_same_in_english_without_javascript(
    site: str, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    context = browser.new_context(**{**browser_context_args, "locale": "en-GB", "java_script_enabled": False})
    page = context.new_page()
    page.goto(f"{site}/roles/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("main .card h3 a").first.click()
    page.locator("#slots ~ ul a.button").first.click()
    sign_in(page, "emily@yaritai.example")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="日本語", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    context.close()
