"""The map without tiles: it names the towns, leads to roles, asks nobody else, and leaves the list whole."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from tests.browser.conftest import DESK, PHONE, be, check
from tests.browser.kept import Kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll("#map .town span")]
        .map((name) => name.getBoundingClientRect())
        .filter((box) => box.width > 0);
    const lie = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return boxes.filter((a, i) => boxes.slice(i + 1).some((b) => lie(a, b))).length;
}"""

# Venues that a button lies upon.
COVERED = """() => [...document.querySelectorAll("#map .spot")].filter((spot) => {
    const box = spot.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return top?.closest(".leaflet-control");
}).length"""


def test_a_map_that_reads_without_tiles(site: str, quiet_page: Page) -> None:
    page, hosts = quiet_page, set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto(f"{site}/roles/map/")
        expect(page.locator("#map .spot").first).to_be_visible()
        assert page.locator("#map .town:visible").count() >= 3
        assert page.evaluate(OVERLAPS) == 0
        check(page, dark=True)
    spot = page.locator("#map .spot").last
    spot.click()
    link = page.locator("#map .leaflet-popup a").first
    expect(link).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    spot.press("Enter")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(spot).to_be_focused()
    spot.press("Enter")
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert hosts == {urlsplit(site).netloc}


def test_every_district_is_named_on_the_map_of_gaps(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page = quiet_page
    be(page, site, User.objects.get(email="higano@yaritai.example"))
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto(f"{site}/console/gaps/")
        spots = page.locator("#map .spot")
        names = [spot.get_attribute("aria-label") for spot in spots.all()]
        assert len(names) > 3
        assert sorted(page.locator("#map .town:visible").all_inner_texts()) == sorted(filter(None, names))
        assert page.locator("#map .spot > title").all_text_contents() == names
        assert set(names) <= set(page.locator("main .district h2").all_inner_texts())
        assert page.evaluate(OVERLAPS) == 0
        assert page.evaluate(COVERED) == 0
        check(page)


def test_the_question_goes_along_from_list_to_map_to_calendar(site: str, quiet_page: Page) -> None:
    page = quiet_page
    page.goto(f"{site}/roles/?online=no")
    ways = page.get_by_role("navigation", name="見かた")
    ways.get_by_role("link", name="地図").click()
    expect(page.locator("#map .spot").first).to_be_visible()
    ways.get_by_role("link", name="カレンダー").click()
    expect(page).to_have_url(f"{site}/roles/calendar/?online=no#answer")
    check(page, dark=True)
    page.get_by_role("link", name="次の月").click()
    check(page)
    ways.get_by_role("link", name="一覧").click()
    expect(page).to_have_url(f"{site}/roles/?online=no#answer")


def test_without_javascript_the_list_is_all(site: str, browser: Browser, browser_context_args: dict[str, Any]) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    page = context.new_page()
    page.goto(f"{site}/roles/map/")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("#map")).to_be_hidden()
    whole, found = (page.locator(one).bounding_box() for one in (".beside", ".beside > div:last-child"))
    assert whole
    assert found
    assert (found["x"], found["width"]) == (whole["x"], whole["width"])
    expect(page.locator("main .card").first).to_be_visible()
    context.close()
