from __future__ import annotations

import uuid

from django.test import Client

from accounts.models import User
from notifications.models import Channel, Notification, Status
from tests.factories import NOW, UserFactory
from tests.web.conftest import said
from volunteers.models import Volunteer


def letter(user: User, title: str) -> Notification:
    return Notification.objects.create(
        user=user,
        channel=Channel.INBOX,
        kind="placed",
        dedupe_key=uuid.uuid4().hex,
        title=title,
        body="土曜の朝です。",
        status=Status.SENT,
        created_at=NOW,
        due_at=NOW,
        sent_at=NOW,
    )


def test_reading_marks_one_as_read(member: Client, volunteer: Volunteer) -> None:
    mine, other = letter(volunteer.user, "参加が決まりました"), letter(UserFactory(), "ほかの人への便り")
    page = said(member.get("/my/notices/"))
    assert "まだ読んでいません" in page
    assert other.title not in page
    assert member.post(f"/my/notices/{mine.pk}/read/").status_code == 302
    assert "まだ読んでいません" not in said(member.get("/my/notices/"))
    said(member.post(f"/my/notices/{other.pk}/read/"), 404)
    assert member.get(f"/my/notices/{mine.pk}/read/").status_code == 302


def test_an_empty_box_says_so(member: Client) -> None:
    assert "お知らせはありません" in said(member.get("/my/notices/"))
