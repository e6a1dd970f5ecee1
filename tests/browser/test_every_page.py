"""Every kind of page, on a phone and on a desk: axe finds nothing, nothing runs over the side, no complaint."""

from __future__ import annotations

from types import ModuleType

import pytest
from playwright.sync_api import Page

from accounts.models import User
from organisations.models import DeskMembership
from tests.browser.conftest import be, check, sign_in
from tests.browser.kept import Kept
from tests.browser.pages import FILES, NOT_PAGES, PAGES
from tests.web.routes import ours

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def test_no_kind_of_page_is_left_out() -> None:
    routes = {route.name for route in ours() if "GET" in route.rules and not route.is_api}
    assert routes == set(PAGES) | NOT_PAGES
    assert not set(PAGES) & NOT_PAGES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.__name__.rpartition(".")[2])
def test_pages(site: str, kept_ward: Kept, quiet_page: Page, file: ModuleType) -> None:
    emails = {one.kind: one.email for one in kept_ward.ward.sign_ins}
    looks = sorted((look for every in file.PAGES.values() for look in every), key=lambda look: look.who)
    who = None
    for look in looks:
        if look.who != who:
            who = look.who
            be(quiet_page, site, User.objects.get(email=emails[who]) if who else None)
        quiet_page.goto(site + look.address(kept_ward))
        check(quiet_page, dark=look.is_dark)


def test_pages_that_are_not_there(site: str, quiet_page: Page) -> None:
    quiet_page.goto(f"{site}/no/such/page/")
    check(quiet_page)


def test_pages_of_somebody_new(site: str, quiet_page: Page) -> None:
    page = quiet_page
    User.objects.create_user("new@yaritai.example")
    page.goto(f"{site}/accounts/login/?next=/my/profile/")
    sign_in(page, "new@yaritai.example")
    page.locator("main form button").last.click()
    check(page, dark=True)  # the questions, with what is missing
    page.goto(f"{site}/my/suggestions/")
    check(page)  # no profile yet
    page.goto(f"{site}/my/")
    check(page, dark=True)  # the three ways


def test_pages_of_becoming_a_volunteer(site: str, quiet_page: Page) -> None:
    page = quiet_page
    page.goto(f"{site}/start/")
    page.locator("textarea").fill("土いじり")
    page.get_by_role("button", name="次へ").click()
    page.get_by_role("button", name="次へ").click()
    page.get_by_role("button", name="次へ").click()
    check(page)  # the town is missing
    page.locator("select").select_option(index=1)
    page.get_by_role("button", name="次へ").click()
    page.get_by_role("button", name="番号を送る").click()
    check(page, dark=True)  # the last questions, with what is missing
    page.get_by_role("button", name="前の質問に戻る").click()
    page.get_by_role("heading", name="どのあたりで参加しますか").wait_for()


def test_pages_after_an_answer(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page = quiet_page
    be(page, site, User.objects.get(email="makoto@yaritai.example"))
    page.goto(f"{site}/my/suggestions/")
    page.get_by_role("button", name="行けます").first.click()
    page.get_by_role("button", name="返事を取り消す").wait_for()
    check(page)
    page.get_by_role("link", name="予定を見る").click()
    page.get_by_role("link", name="参加をとりやめる").first.click()
    page.get_by_role("button", name="とりやめる").wait_for()
    check(page)


def test_pages_of_sending_a_worry(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, town = quiet_page, DeskMembership.objects.earliest("pk").desk.towns.earliest("pk")
    page.goto(f"{site}/worries/what/")
    page.get_by_role("button", name="次へ").click()
    check(page)  # nothing was written
    page.locator("textarea").fill("庭の草が伸びて困っています")
    page.get_by_role("button", name="次へ").click()
    check(page, dark=True)
    page.locator("select").select_option(str(town.pk))
    page.get_by_role("button", name="次へ").click()
    page.get_by_role("button", name="相談窓口に送る").click()
    check(page, dark=True)  # what is missing is said
    page.get_by_label("自分で窓口に行く").check()
    page.get_by_label("に同意します", exact=False).check()
    page.get_by_role("button", name="相談窓口に送る").click()
    page.get_by_role("heading", name="とどきました").wait_for()
    check(page)
