"""Four people's whole ways, each through the pages of the others: passer-by, volunteer, host, coordinator."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from matching.services.listing import role_changes, shortlists
from organisations.models import Organisation, Role
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.browser.conftest import be, sign_in
from tests.browser.kept import Kept
from volunteers.models import Attendance, Placement, Volunteer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def person(kept: Kept, kind: str) -> User:
    return User.objects.get(email=next(one.email for one in kept.ward.sign_ins if one.kind == kind))


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def test_a_passer_by_finds_something_and_knows_whom_to_ask(site: str, quiet_page: Page) -> None:
    page = quiet_page
    page.goto(site)
    page.get_by_role("searchbox").or_(page.locator("main input[name=words]")).first.fill("花")
    press(page, "さがす")
    expect(page.locator("main .card").first).to_be_visible()
    assert "words=" in page.url
    for view in ("地図", "カレンダー", "一覧"):
        page.locator("main .views").get_by_role("link", name=view).click()
        assert "words=" in page.url
    page.locator("main .card h3 a").first.click()
    for fact in ("費用", "保険", "持ち物", "トイレ", "参加の決まり方"):
        expect(page.locator("main dt", has_text=re.compile(f"^{fact}$"))).to_be_visible()
    page.goto(f"{site}/desks/")
    page.locator("main select").first.select_option(index=3)
    page.locator("main form button").first.click()
    expect(page.locator("main a.phone").first).to_be_visible()


def test_a_group_begins_and_finds_a_helper_who_takes_a_certificate_home(
    site: str, kept_ward: Kept, quiet_page: Page
) -> None:
    page, coordinator = quiet_page, person(kept_ward, "coordinator")
    _register_organisation(page, site, kept_ward)
    be(page, site, coordinator)
    page.goto(f"{site}/console/")
    page.get_by_role("link", name="みどりの広場の会").first.click()
    press(page, "確かめました。承認する")
    organisation = Organisation.objects.get(name="みどりの広場の会")
    assert organisation.approval == Approval.APPROVED

    host = person(kept_ward, "volunteer")
    be(page, site, host)
    _write_role(page, site, organisation)
    be(page, site, coordinator)
    page.goto(f"{site}/console/")
    page.get_by_role("link", name="広場の花だんの水やり").first.click()
    press(page, "確かめました")
    role = Role.objects.get(organisation=organisation)
    assert role.status == RoleStatus.OPEN

    _sign_up(page, site)
    helper = Volunteer.objects.get(user__name="ひろこ")
    shortlists.refresh(volunteer=helper, now=timezone.now())
    role_changes.bring_in(now=timezone.now() + dt.timedelta(seconds=1), limit=100)
    page.goto(f"{site}/my/suggestions/")
    card = page.locator("main li.card", has_text="広場の花だんの水やり")
    assert card.locator(".reasons li").count() >= 1
    card.get_by_role("button", name="行けます").click()
    expect(page.get_by_role("heading", name="参加が決まりました")).to_be_visible()

    placement = Placement.objects.active().get(volunteer=helper)
    _let_it_be_over(placement)
    be(page, site, host)
    page.goto(f"{site}/organisation/days/")
    page.get_by_role("link", name="来た方を記録する").first.click()
    page.locator("main fieldset").get_by_label("来た", exact=True).or_(
        page.locator("main fieldset input[type=radio]").first
    ).first.check()
    press(page, "記録を保存する")
    assert Attendance.objects.get(placement=placement).came

    be(page, site, helper.user)
    page.goto(f"{site}/my/record/")
    expect(page.locator("main")).to_contain_text("広場の花だんの水やり")
    with page.expect_download() as loading:
        press(page, "参加証明書を受け取る")
    assert loading.value.suggested_filename.endswith(".pdf")


def _register_organisation(page: Page, site: str, kept: Kept) -> None:
    be(page, site, person(kept, "volunteer"))
    page.goto(f"{site}/organisation/")
    page.locator("main").get_by_role("link", name="登録").first.click()
    page.get_by_label("団体の名前").fill("みどりの広場の会")
    page.get_by_label("地域の団体・グループ").check()
    coordinator = person(kept, "coordinator")
    town = coordinator.desk_memberships.get().desk.towns.filter(lat__isnull=False).earliest("pk")
    page.get_by_label("活動の中心の町").select_option(str(town.pk))
    page.get_by_label("どんな団体ですか").fill("広場の花だんを、近所のみんなで世話しています。")
    page.get_by_label("電話").fill("045-000-0001")
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text("窓口が確かめています")


def _write_role(page: Page, site: str, organisation: Organisation) -> None:
    """One question a screen, from the name to the hand of a coordinator."""
    day = timezone.localdate() + dt.timedelta(days=3)
    page.goto(f"{site}/organisation/{organisation.pk}/")
    page.get_by_role("link", name="新しい募集を書く").click()
    page.get_by_label("募集の名前").fill("広場の花だんの水やり")
    page.locator("main form button").first.click()
    page.get_by_label("すること").fill("広場の花だんに水をやります。はじめての方も歓迎です。")
    page.get_by_label("いちばん近い活動").select_option(label="花壇づくり・水やり")
    press(page, "保存して、次へ")
    page.get_by_label("1回に、何人に来てほしいですか").fill("3")
    page.get_by_label("1回は、何分くらいですか").fill("60")
    press(page, "保存して、次へ")
    page.get_by_label("日にち").fill(day.isoformat())
    page.get_by_label("はじまり").fill("09:00")
    page.get_by_label("おわり").fill("10:00")
    page.locator("main form button").first.click()
    if "/when/" in page.url:
        page.locator("main").get_by_role("button", name="次へ").or_(
            page.locator("main").get_by_role("link", name="次へ")
        ).last.click()
    page.get_by_role("link", name="新しい会場").or_(page.get_by_role("link", name="会場を足す")).first.click()
    page.get_by_label("会場の名前").fill("みどりの広場")
    page.get_by_label("町", exact=True).or_(page.locator("main select")).first.select_option(str(organisation.town_id))
    page.locator("main form button").first.click()
    role = Role.objects.get(organisation=organisation)
    for step in ("who", "ready"):
        page.goto(f"{site}/organisation/roles/{role.pk}/{step}/")
        page.locator("main form button").first.click()
    page.goto(f"{site}/organisation/roles/{role.pk}/preview/")
    expect(page.locator("main")).to_contain_text("まだ公開していません")
    page.goto(f"{site}/organisation/roles/{role.pk}/check/")
    press(page, "窓口に送る")
    role.refresh_from_db()
    assert role.status == RoleStatus.WAITING


def _sign_up(page: Page, site: str) -> None:
    """Three short steps, a name, a code."""
    be(page, site, None)
    page.goto(f"{site}/start/")
    page.get_by_label("やりたいこと").fill("花に水をやりたい")
    press(page, "次へ")
    for box in page.locator("main table.week input[type=checkbox]").all():
        box.check()
    press(page, "次へ")
    town = Organisation.objects.get(name="みどりの広場の会").town
    page.get_by_label("お住まいの町").select_option(str(town.pk))
    press(page, "次へ")
    page.get_by_label("お名前(呼び名)").fill("ひろこ")
    for part, value in zip(page.locator("main input[name^=born_on]").all(), ("1970", "4", "1"), strict=True):
        part.fill(value)
    for box in page.locator("main .consent input[type=checkbox]").all():
        box.check()
    sign_in(page, "hiroko@yaritai.example")


def _let_it_be_over(placement: Placement) -> None:
    """Days pass: the slot began two hours ago."""
    now, slot = timezone.now(), placement.slot
    slot.starts_at, slot.ends_at = now - dt.timedelta(hours=2), now - dt.timedelta(hours=1)
    slot.save(update_fields=["starts_at", "ends_at"])


def test_a_coordinator_works_through_the_day(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, user = quiet_page, person(kept_ward, "coordinator")
    be(page, site, user)
    page.goto(f"{site}/console/")
    for part in (
        "電話する方",
        "返事のない団体",
        "確認を待っている団体と募集",
        "人が足りない募集",
        "はじめてあいさつする方",
    ):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    page.goto(f"{site}/console/people/")
    page.locator("main .card a, main table a, main li a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{site}/console/runs/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{site}/console/figures/")
    expect(page.locator("main table").first).to_be_visible()
    page.goto(f"{site}/console/spreadsheets/")
    with page.expect_download() as loading:
        page.get_by_role("link", name="Excel").first.click()
    assert loading.value.suggested_filename == "volunteers-rows.xlsx"


def test_a_volunteer_in_english_without_javascript(
    site: str, kept_ward: Kept, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    context = browser.new_context(**{**browser_context_args, "locale": "en-GB", "java_script_enabled": False})
    page = context.new_page()
    page.goto(f"{site}/my/suggestions/")
    sign_in(page, person(kept_ward, "english").email or "")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"{site}/my/suggestions/")
    page.get_by_role("button", name=re.compile("I can|Yes|go", re.IGNORECASE)).first.click()
    for path in ("/my/places/", "/my/calendar/", "/my/record/", "/my/notices/choices/", "/my/pause/", "/my/data/"):
        page.goto(f"{site}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert re.search("[ぁ-ん]", page.locator("main h1").inner_text()) is None
    context.close()
