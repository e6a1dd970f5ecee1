"""From a worry to a helping hand, through the pages of everybody on the way: neighbour, coordinator, volunteer."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from matching.services.listing import role_changes, shortlists
from notifications.models import Notification
from organisations.models import Role, Worry
from organisations.models.worry import WorryOutcome
from tests.browser.conftest import be
from tests.browser.kept import Kept
from volunteers.models import Placement, Volunteer
from volunteers.services import pledges

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
TOLD = "足を折ってしまい、柴犬の散歩に行けなくて困っています。"
TITLE = "犬の散歩をしてくださる方"
ANEW = "けがのあいだ、かわりに犬と歩いてくださる方をさがしています。"


def test_from_a_worry_to_a_helping_hand(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, helper = quiet_page, Volunteer.objects.get(pk=kept_ward.ward.volunteer_ids["sota"])
    coordinator = User.objects.get(email=next(x.email for x in kept_ward.ward.sign_ins if x.kind == "coordinator"))
    receipt = _tell(page, site, helper.town_id)

    be(page, site, coordinator)
    page.goto(f"{site}/console/")
    _write_need(page, receipt)

    be(page, site, None)
    page.goto(site)
    page.get_by_role("link", name="地域ニーズを見る").click()
    page.get_by_role("link", name=TITLE).click()
    assert TOLD not in page.content()
    be(page, site, helper.user)
    page.get_by_role("link", name="力になれます").click()
    page.get_by_label("窓口の方へのひとこと").fill("犬が大好きです。")
    page.get_by_role("button", name="力になれます").click()
    expect(page.get_by_text("受け取りました。ありがとうございます。")).to_be_visible()

    be(page, site, coordinator)
    page.goto(f"{site}/console/needs/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="「力になれます」の方(1人)").click()
    expect(page.locator("main .card")).to_contain_text("犬が大好きです。")
    _make_role(page)

    now = timezone.now()
    pledges.tell_taken_up(now=now)
    shortlists.refresh(volunteer=helper, now=now)
    role_changes.bring_in(now=now + dt.timedelta(seconds=1), limit=100)
    _say_yes(page, site, helper)

    be(page, site, coordinator)
    _close_worry(page, site, receipt)


def _tell(page: Page, site: str, town: int) -> str:
    """Three screens, and no account; returns the receipt."""
    page.goto(site)
    page.get_by_role("link", name="困りごとを相談窓口に送る").click()
    page.get_by_role("link", name="自分のことで困っている").click()
    page.get_by_label("困っていること").fill(TOLD)
    page.get_by_role("button", name="次へ").click()
    page.get_by_label("あなたの町").select_option(str(town))
    page.get_by_role("button", name="次へ").click()
    page.get_by_label("電話", exact=True).check()
    page.get_by_label("連絡先", exact=True).fill("045-000-0002")
    page.get_by_label("相談窓口のコーディネーターが読み").check()
    page.get_by_role("button", name="相談窓口に送る").click()
    expect(page.get_by_text(re.compile("までに連絡します"))).to_be_visible()
    return page.locator(".receipt").inner_text()


def _write_need(page: Page, receipt: str) -> None:
    """Read what was told, write it anew; copied words are pointed out."""
    page.get_by_role("link", name="困りごとを開く").click()
    page.get_by_role("link", name=receipt).click()
    page.get_by_role("link", name="中身を読む").click()
    expect(page.get_by_text(TOLD)).to_be_visible()
    page.get_by_role("link", name="困りごとのページに戻る").click()
    page.get_by_role("button", name="連絡したことを記録する").click()
    page.get_by_role("link", name="地域ニーズを書く").click()
    worry = Worry.objects.get(receipt=receipt)
    until = timezone.localdate() + dt.timedelta(days=30)
    page.get_by_label("ニーズの名前").fill(TITLE)
    page.get_by_label("どんなことか", exact=True).fill(TOLD)
    page.get_by_label("町", exact=True).select_option(str(worry.town_id))
    page.get_by_label("人手").check()
    page.get_by_label("何人いると助かるか").fill("2")
    page.get_by_label("1回に何分くらい").fill("30")
    page.get_by_label("いつまで").fill(until.isoformat())
    page.get_by_text("いつごろかをえらぶ").click()
    page.get_by_label("土曜の午前").check()
    page.get_by_text("活動分野をえらぶ").click()
    page.get_by_label("犬の散歩・ペットの世話").check()
    expect(page.get_by_label(receipt)).to_be_checked()
    page.get_by_role("button", name="下書きを保存する").click()
    expect(page.get_by_role("heading", name="だれのことか、わかってしまうかもしれません")).to_be_visible()
    page.get_by_label("どんなことか", exact=True).fill(ANEW)
    page.get_by_role("button", name="下書きを保存する").click()
    page.get_by_role("link", name="公開する").click()
    page.get_by_role("button", name="公開する").click()
    expect(page.get_by_text("公開しました。")).to_be_visible()


def _make_role(page: Page) -> None:
    """A role of the desk with the need's own next time, looked through and published."""
    page.get_by_role("link", name="窓口の募集にする").click()
    page.get_by_role("button", name="募集を作る").click()
    page.get_by_role("button", name="確かめました。公開する").click()
    expect(page.get_by_text(f"「{TITLE}」を公開しました。")).to_be_visible()


def _say_yes(page: Page, site: str, helper: Volunteer) -> None:
    """Who said that they could help is told, is suggested it with reasons, and is coming."""
    letter = Notification.objects.get(user=helper.user, kind="need_became_role")
    assert letter.title == f"活動になりました:{TITLE}"
    be(page, site, helper.user)
    page.goto(f"{site}/my/places/")
    expect(page.locator("main .card", has_text=TITLE)).to_contain_text("活動になりました")
    page.get_by_role("navigation").get_by_role("link", name="おすすめ").click()
    card = page.locator("main li.card", has_text=TITLE)
    expect(card.locator(".reasons li").first).to_be_visible()
    card.get_by_role("button", name="行けます").click()
    expect(page.get_by_role("heading", name="参加が決まりました")).to_be_visible()
    assert Placement.objects.active().filter(volunteer=helper, slot__role=Role.objects.get(title=TITLE)).exists()


def _close_worry(page: Page, site: str, receipt: str) -> None:
    page.goto(f"{site}/console/worries/")
    page.get_by_role("link", name=receipt).click()
    page.get_by_role("link", name="この困りごとを終わりにする").click()
    page.get_by_label("地域ニーズになりました").check()
    page.get_by_role("button", name="終わりにする").click()
    expect(page.get_by_text("終えました。")).to_be_visible()
    assert Worry.objects.get(receipt=receipt).outcome == WorryOutcome.NEED
