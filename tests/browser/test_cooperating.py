"""What a facility and a company give, through the pages of both sides and of the desk between them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from organisations.models import Cooperation, Membership, Slot
from tests.browser.conftest import be
from tests.browser.kept import Kept
from volunteers.models import Attendance, Volunteer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
ROOM, STORY = "食堂を、平日の午後に使えます", "施設の食堂で、茶話会がはじまりました"
GARDEN, NEED = "中庭の畑づくり", "茶話会をひらく部屋がほしい"


def acts_for(kept: Kept, key: str) -> User:
    organisation = kept.ward.organisation_ids[key]
    return Membership.objects.filter(organisation=organisation).select_related("user").earliest("pk").user


def coordinator_of(kept: Kept) -> User:
    return User.objects.get(email=next(one.email for one in kept.ward.sign_ins if one.kind == "coordinator"))


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()


def test_a_room_of_a_facility_meets_a_need_and_becomes_a_story(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page = quiet_page
    facility, group = acts_for(kept_ward, "hatobue"), acts_for(kept_ward, "tsukushi")
    coordinator = coordinator_of(kept_ward)
    be(page, site, facility)
    page.goto(f"{site}/organisation/")
    _offer_room(page)
    be(page, site, coordinator)
    page.goto(f"{site}/console/")
    follow(page, ROOM)
    press(page, "確かめました。公開する")

    day = timezone.localdate() + dt.timedelta(days=10)
    _write_need(page, site, day)
    be(page, site, group)
    _take_up(page, site)
    be(page, site, coordinator)
    _bring_together(page, site, day)
    for side in (group, facility):
        be(page, site, side)
        page.goto(f"{site}/organisation/")
        follow(page, "くわしく見て、返事をする")
        press(page, "この内容でよい")
    expect(page.get_by_text("みなさんの返事がそろい、協力が決まりました。")).to_be_visible()

    be(page, site, acts_for(kept_ward, "himitsu"))
    _ask(page, site, day)
    expect(page.locator("main").get_by_text("その時間は、ほかの団体の予約が入りました。").first).to_be_visible()

    _let_it_be_over(Cooperation.objects.get(offer__title=ROOM))
    _tell_story(page, site, facility, group)
    page.get_by_role("contentinfo").get_by_role("link", name="連携事例").click()
    follow(page, STORY)
    expect(page.get_by_text("12人が集まりました。")).to_be_visible()
    be(page, site, coordinator)
    page.goto(f"{site}/console/cases/")
    follow(page, STORY)
    press(page, "冊子にのせる")
    expect(page.get_by_role("button", name="冊子からはずす")).to_be_visible()


def _offer_room(page: Page) -> None:
    """One question a screen, from the kind to the hand of a coordinator."""
    page.get_by_role("navigation").get_by_role("link", name="提供と協力").click()
    follow(page, "新しい提供を書く")
    follow(page, "場所")
    page.get_by_label("提供の名前").fill(ROOM)
    press(page, "下書きを始める")
    page.get_by_label("くわしく").fill("テーブルが6つあります。お茶をいれられます。")
    press(page, "保存して、次へ")
    page.get_by_label("何人まで使えますか").fill("20")
    press(page, "保存して、次へ")
    page.get_by_label("何日前までに申し込んでほしいですか").fill("7")
    press(page, "保存して、次へ")
    page.get_by_label("お願いしたいこと・条件").fill("使ったあとは、いすをもとに戻してください。")
    press(page, "保存して、次へ")
    press(page, "窓口に送る")
    expect(page.get_by_text("お送りしました。窓口が確かめたら、お知らせします。")).to_be_visible()


def _write_need(page: Page, site: str, day: dt.date) -> None:
    """The desk writes what a neighbourhood lacks, publishes it and asks a group to take it up."""
    page.goto(f"{site}/console/needs/new/")
    page.get_by_label("ニーズの名前").fill(NEED)
    page.get_by_label("どんなことか", exact=True).fill("お茶を飲んで話せる部屋をさがしています。")
    page.get_by_label("町", exact=True).select_option(label="鶴ケ峰本町二丁目")
    page.get_by_label("場所", exact=True).check()
    page.get_by_label("いつまで").fill(day.isoformat())
    press(page, "下書きを保存する")
    follow(page, "公開する")
    press(page, "公開する")
    follow(page, "団体に引き受けをお願いする")
    page.locator("main li.card", has_text="NPO法人つくし食堂").get_by_role("button", name="お願いする").click()
    expect(page.get_by_text("にお願いしました。")).to_be_visible()


def _take_up(page: Page, site: str) -> None:
    page.goto(f"{site}/organisation/")
    page.locator("main").get_by_role("link", name=re.compile(f"返事をする.*{NEED}")).click()
    press(page, "引き受けます")
    expect(page.get_by_text("募集の下書きを作りました。")).to_be_visible()


def _bring_together(page: Page, site: str, day: dt.date) -> None:
    """The desk goes from the need to what would help with it, and asks both sides."""
    page.goto(f"{site}/console/needs/")
    follow(page, NEED)
    follow(page, "地域の提供から、使えるものをさがす")
    follow(page, ROOM)
    follow(page, "ニーズ・募集・団体につなぐ")
    page.get_by_label("何に使うか").fill("月に1回の茶話会")
    _when_and_how_many(page, day)
    press(page, "両方の団体に提案する")
    expect(page.get_by_text("両方の団体に、協力を提案しました。")).to_be_visible()


def _ask(page: Page, site: str, day: dt.date) -> None:
    page.goto(site)
    page.get_by_role("link", name="使える場所・物・人手をさがす").click()
    page.get_by_role("searchbox").or_(page.get_by_label("ことば")).first.fill("食堂")
    press(page, "さがす")
    follow(page, ROOM)
    follow(page, "使いたいと申し込む")
    page.get_by_label("何に使いますか").fill("月に1回の茶話会")
    _when_and_how_many(page, day)
    press(page, "申し込みを送る")


def _when_and_how_many(page: Page, day: dt.date) -> None:
    page.get_by_label("日にち").fill(day.isoformat())
    page.get_by_label("はじまり").fill("13:00")
    page.get_by_label("おわり").fill("15:00")
    page.get_by_label("何人で使いますか").fill("12")


def _let_it_be_over(row: Cooperation) -> None:
    """Days pass: it began two hours ago."""
    now = timezone.now()
    row.starts_at, row.ends_at = now - dt.timedelta(hours=2), now - dt.timedelta(hours=1)
    row.save(update_fields=["starts_at", "ends_at"])


def _tell_story(page: Page, site: str, facility: User, group: User) -> None:
    """One side says that it took place and writes; each says that it may be read."""
    be(page, site, group)
    page.goto(f"{site}/organisation/cooperations/")
    follow(page, ROOM)
    press(page, "無事に終わりました")
    follow(page, "事例を書く")
    press(page, "下書きを作る")
    page.get_by_label("題").fill(STORY)
    page.get_by_label("はじまる前").fill("集まるところが、ありませんでした。")
    page.get_by_label("何をしたか").fill("食堂を借りて、お茶を飲みました。")
    page.get_by_label("どうなったか").fill("12人が集まりました。")
    press(page, "保存する")
    press(page, "これでよい")
    be(page, site, facility)
    page.goto(f"{site}/organisation/cooperations/")
    follow(page, ROOM)
    follow(page, "事例を読んで、返事をする")
    press(page, "これでよい")
    expect(page.get_by_text("公開しています")).to_be_visible()


def test_a_company_comes_as_a_team_and_sees_its_hours(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, company = quiet_page, acts_for(kept_ward, "mineoka")
    slot = _on_a_weekday(kept_ward)
    be(page, site, company)
    page.goto(f"{site}/organisation/")
    code = _hold_ten(page, slot)

    people = [Volunteer.objects.get(pk=kept_ward.ward.volunteer_ids[key]) for key in ("sota", "teruo")]
    for one, is_named in zip(people, (True, False), strict=True):
        be(page, site, one.user)
        page.goto(f"{site}/my/places/")
        _join(page, code, is_named=is_named)

    now = timezone.now()
    Slot.objects.filter(pk=slot.pk).update(starts_at=now - dt.timedelta(hours=4), ends_at=now - dt.timedelta(hours=1))
    be(page, site, acts_for(kept_ward, "kodachi"))
    page.goto(f"{site}/organisation/")
    follow(page, "来た方の記録とお礼")
    page.locator("main li.card", has_text=GARDEN).get_by_role("link", name="来た方を記録する").first.click()
    for one in people:
        page.locator("main li.card", has_text=one.user.name).get_by_label("来ました", exact=True).check()
    press(page, "記録を保存する")
    assert Attendance.objects.filter(placement__slot=slot, came=True).count() == 2

    be(page, site, company)
    page.goto(f"{site}/organisation/")
    follow(page, "社員や職員のチームで参加する")
    month = page.locator("main li.card", has_text="あわせて6時間")
    expect(month).to_contain_text(people[0].user.name)
    expect(page.locator("main")).not_to_contain_text(people[1].user.name)


def _on_a_weekday(kept: Kept) -> Slot:
    """The next three hours in the garden, on a Thursday in two or three weeks."""
    ahead = Slot.objects.filter(role=kept.ward.role_ids["kodachi.garden"], starts_at__iso_week_day=4)
    return ahead.earliest("starts_at")


def _hold_ten(page: Page, slot: Slot) -> str:
    """Ten people, a weekday, three hours; returns the words for the staff."""
    follow(page, "社員や職員のチームで参加する")
    follow(page, "新しいチームを作る")
    page.get_by_label("チームの名前").fill("総務部の10人")
    page.get_by_label("何人ですか").fill("10")
    page.get_by_label("いつがよいですか").select_option(label="平日")
    page.get_by_label("長さは").select_option(label="3時間くらい")
    press(page, "みんなで参加できる活動をさがす")
    page.locator("main li.card", has_text=GARDEN).get_by_role("link", name="場所をとる").first.click()
    last = timezone.localdate(slot.starts_at) - dt.timedelta(days=4)
    page.get_by_label("いつまでとっておきますか").fill(last.isoformat())
    press(page, "場所をとる")
    expect(page.get_by_text("10人分の場所をとりました。")).to_be_visible()
    return page.get_by_text(re.compile("^[A-Z0-9]{4}-[A-Z0-9]{4}$")).inner_text()


def _join(page: Page, code: str, *, is_named: bool) -> None:
    follow(page, "会社のチームで参加する")
    page.get_by_label("参加のことば").fill(code.lower())
    press(page, "チームを見る")
    follow(page, "この日に参加する")
    page.get_by_label(re.compile("わたしの名前を")).set_checked(is_named)
    press(page, "参加します")
    expect(page.locator("main .card", has_text=GARDEN).first).to_be_visible()
