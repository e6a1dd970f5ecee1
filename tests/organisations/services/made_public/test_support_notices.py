"""Notices vanish by themselves, and who follows one is reminded in time, once for each deadline."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from notifications.models import Notification
from organisations.models import Membership, NoticeFollow, SupportNotice
from organisations.services.made_public import support_notices
from tests.factories import (
    NOW,
    MembershipFactory,
    NoticeFollowFactory,
    SupportDeskFactory,
    SupportNoticeFactory,
    UserFactory,
)
from worker.tasks import RECHECKS

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


@pytest.fixture
def member() -> Membership:
    made: Membership = MembershipFactory()
    return made


def follow(member: Membership, days_left: int) -> NoticeFollow:
    notice = SupportNoticeFactory(deadline=TODAY + dt.timedelta(days=days_left))
    made: NoticeFollow = NoticeFollowFactory(notice=notice, organisation=member.organisation)
    return made


def test_on_the_day_of_its_deadline_it_is_still_there_and_gone_the_day_after() -> None:
    notice = SupportNoticeFactory(deadline=TODAY)
    always = SupportNoticeFactory(deadline=None)
    assert set(SupportNotice.objects.current(TODAY)) == {notice, always}
    assert list(SupportNotice.objects.current(TODAY + dt.timedelta(days=1))) == [always]


def test_who_follows_is_reminded_three_weeks_before_and_only_once(member: Membership) -> None:
    follow(member, days_left=22)
    assert support_notices.remind(now=NOW) == 0
    tomorrow = NOW + dt.timedelta(days=1)
    assert [support_notices.remind(now=tomorrow) for _again in range(2)] == [1, 0]
    letter = Notification.objects.get(user=member.user)
    assert "2027年3月23日" in letter.body
    assert letter.url.endswith("/support/")


def test_where_little_time_is_left_they_hear_at_once_but_not_when_it_is_over(member: Membership) -> None:
    follow(member, days_left=2)
    follow(member, days_left=-1)
    assert support_notices.remind(now=NOW) == 1


def test_a_deadline_that_moved_is_told_anew(member: Membership) -> None:
    one = follow(member, days_left=10)
    support_notices.remind(now=NOW)
    later = TODAY + dt.timedelta(days=15)
    support_notices.change(notice=one.notice, deadline=later, now=NOW, actor=UserFactory())
    assert support_notices.remind(now=NOW) == 1
    assert Notification.objects.filter(user=member.user).count() == 2


def test_what_was_taken_away_meanwhile_is_not_told(member: Membership) -> None:
    one = follow(member, days_left=10)
    support_notices.remind(now=NOW)
    letter = Notification.objects.get()
    still_right = RECHECKS["support_notice_soon"]
    assert still_right(letter, NOW)
    support_notices.remove(notice=one.notice, now=NOW, actor=UserFactory())
    assert not still_right(letter, NOW)


def test_following_twice_is_following_once(member: Membership) -> None:
    notice = SupportNoticeFactory()
    for _again in range(2):
        support_notices.follow(notice=notice, organisation=member.organisation, now=NOW, actor=member.user)
    assert notice.follows.count() == 1
    support_notices.unfollow(notice=notice, organisation=member.organisation, now=NOW, actor=member.user)
    assert not notice.follows.exists()


def test_a_notice_says_where_it_is_from_and_since_when() -> None:
    desk, user = SupportDeskFactory(), UserFactory()
    texts = {"title": "はじめの助成", "who": "だれでも", "what": "道具代の一部", "source": "区の広報紙"}
    made = support_notices.write(desk=desk, deadline=None, link="", now=NOW, actor=user, **texts)
    assert (made.entered_on, made.source, made.written_by) == (TODAY, "区の広報紙", user)
