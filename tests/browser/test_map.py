"""The map without tiles: it names the towns, leads to roles, asks nobody else, and leaves the list whole."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from accounts.models import User
from tests.browser.conftest import DESK, PHONE, be, check
from tests.browser.kept import Kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

# How many names lie on one another, and how many on a venue, a button or the edge.
OVERLAPS = """() => {
    const box = (one) => one.getBoundingClientRect();
    const boxes = (selector) => [...document.querySelectorAll(selector)].map(box).filter(({ width }) => width > 0);
    const lie = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const names = boxes("#map .town span"), taken = boxes("#map .spot, #map .leaflet-control"), [map] = boxes("#map");
    const isCut = (a) => a.left < map.left || a.right > map.right || a.top < map.top || a.bottom > map.bottom;
    return [
        names.filter((a, i) => names.slice(i + 1).some((b) => lie(a, b))).length,
        names.filter((a) => isCut(a) || taken.some((b) => lie(a, b))).length,
    ];
}"""
NEWLY_NAMED = """(before) => [...document.querySelectorAll("#map .town:not([hidden])")]
    .some((name) => !before.includes(name.textContent))"""
NARROW: ViewportSize = {"width": 360, "height": 740}

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
        assert page.evaluate(OVERLAPS) == [0, 0]
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
    for size in (DESK, PHONE, NARROW):
        page.set_viewport_size(size)
        page.goto(f"{site}/console/gaps/")
        spots = page.locator("#map .spot")
        names = [spot.get_attribute("aria-label") for spot in spots.all()]
        assert len(names) > 3
        assert sorted(page.locator("#map .town:visible").all_inner_texts()) == sorted(filter(None, names))
        assert page.locator("#map .spot > title").all_text_contents() == names
        assert set(names) <= set(page.locator("main .district h2").all_inner_texts())
        assert page.evaluate(OVERLAPS) == [0, 0]
        assert page.evaluate(COVERED) == 0
        check(page)


def test_where_a_walk_begins_is_named_once(site: str, quiet_page: Page) -> None:
    page = quiet_page
    page.goto(f"{site}/roles/map/")
    towns = page.locator("#map .town").all_inner_texts()
    name = "二俣川一丁目"
    assert name in towns
    town = page.locator("select[name=town] option").filter(has_text=name).get_attribute("value")
    page.goto(f"{site}/roles/map/?town={town}&within=1.84")
    expect(page.locator("#map .town:visible").filter(has_text=name)).to_have_count(1)


def test_names_follow_a_map_that_is_moved(site: str, quiet_page: Page) -> None:
    page = quiet_page
    page.goto(f"{site}/roles/map/")
    scale = page.locator("#map .leaflet-control-scale-line")
    for _ in range(2):
        before = scale.inner_text()
        page.locator("#map .leaflet-control-zoom-in").click()
        expect(scale).not_to_have_text(before)  # a second press is not heard before the first has been followed
        expect(page.locator("#map .leaflet-zoom-anim")).to_have_count(0)
    page.locator("#map").scroll_into_view_if_needed()
    named, box = page.locator("#map .town:visible").all_inner_texts(), page.locator("#map").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 250, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, middle, steps=4)
    page.mouse.up()
    page.wait_for_function(NEWLY_NAMED, arg=named)
    assert page.evaluate(OVERLAPS) == [0, 0]


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
