"""Somebody writes what they would like to start, and their coordinator makes a group of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from organisations.models import Initiative, NoticeFollow, SupportNotice
from tests.factories import (
    DeskMembershipFactory,
    MembershipFactory,
    SupportDeskFactory,
    SupportNoticeFactory,
    TownFactory,
    UserFactory,
)
from tests.web.conftest import said, send, signed_in

pytestmark = pytest.mark.django_db


def test_an_idea_goes_to_the_desk_is_answered_and_becomes_a_group() -> None:
    town = TownFactory()
    asker = signed_in(UserFactory())
    desk = signed_in(DeskMembershipFactory(desk=SupportDeskFactory(towns=[town])).user)
    send(asker, "/organisation/initiatives/new/", title="朝の体操", idea="公園で", town=town.pk, activity="")
    made = Initiative.objects.get()
    page, console = f"/organisation/initiatives/{made.pk}/", f"/console/initiatives/{made.pk}/"
    Initiative.objects.update(answer_by=dt.datetime(2027, 3, 2, 23, 30, tzinfo=dt.UTC))
    assert "3月3日(水)までに、窓口からご連絡します" in said(asker.get(page))
    send(asker, page, steps=["who", "place"])
    assert said(desk.get(console)).count("考えました") == 2
    send(desk, f"{console}answered/")
    assert "窓口と準備しています" in said(asker.get(page))
    answer = send(desk, f"{console}become/", name="朝の体操の会", kind="community")
    made.refresh_from_db()
    assert answer.url == f"/console/organisations/{made.organisation_id}/"
    assert "朝の体操の会" in said(asker.get(page))


def test_what_is_missing_is_said_beside_the_question() -> None:
    asker = signed_in(UserFactory())
    answer = send(asker, "/organisation/initiatives/new/", title="", town="", activity="")
    assert "ここを書いてください。" in said(answer, 400)
    assert not Initiative.objects.exists()


def test_a_group_follows_a_notice_and_no_longer() -> None:
    member = MembershipFactory()
    host, notice = signed_in(member.user), SupportNoticeFactory()
    page = f"/organisation/{member.organisation_id}/support/{notice.pk}/"
    assert page in said(host.get("/support/"))
    for days, part in ((60, "3週間前に"), (5, "もう近いので、すぐに")):
        SupportNotice.objects.update(deadline=timezone.localdate() + dt.timedelta(days=days))
        assert part in said(host.get(page))
    send(host, page)
    assert NoticeFollow.objects.get().organisation == member.organisation
    assert "お知らせをやめる" in said(host.get("/support/"))
    send(host, page)
    assert not NoticeFollow.objects.exists()
