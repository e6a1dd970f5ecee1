"""Letters that are planned or sent while somebody closes their account reach the others, and nobody who has left."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError

from matching.models import Suggestion
from matching.services.asking import digests, stand_ins
from matching.services.leaving import closing, stepping_back
from notifications.message import Message
from notifications.models import Notification
from notifications.models.notification import Status
from notifications.services import outbox
from organisations.models import Activity, Role
from tests.factories import NOW
from tests.matching import rows
from tests.matching.services.leaving.test_closing import close, while_leaving
from volunteers.models import Volunteer, Waiting
from volunteers.services.taking_part import joining, placements
from volunteers.services.waiting_lists import passing_on, waiting

pytestmark = pytest.mark.django_db(transaction=True)

HELLO = Message(kind="hello", title="お知らせ", body="こんにちは。", url="https://yaritai.example/")


@pytest.fixture
def gardening() -> Activity:
    return rows.gardening()


@pytest.fixture
def both(gardening: Activity) -> tuple[Volunteer, Volunteer]:
    """Who leaves, and who stays."""
    return rows.person(gardening, email="gone@yaritai.example"), rows.person(gardening)


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("user_id", flat=True))


def given_back(role: Role) -> None:
    """A place that somebody took who cannot come after all."""
    person = rows.person()
    placement = joining.join(volunteer=person, slot=role.slots.get(), now=NOW, actor=None)
    rows.run_once()
    stepping_back.cancel(placement=placement, now=NOW, actor=None)  # type: ignore[arg-type]


def test_a_digest_that_is_planned_at_that_moment_goes_to_the_others(
    gardening: Activity, both: tuple[Volunteer, Volunteer]
) -> None:
    leaves, stays = both
    rows.role(gardening)
    rows.run_once()
    assert while_leaving(leaves, lambda: digests.plan(now=NOW)) == 1
    assert told("digest") == {stays.user_id}
    assert list(Suggestion.objects.values_list("volunteer", flat=True)) == [stays.pk]


def test_a_stand_in_is_sought_among_the_others(gardening: Activity, both: tuple[Volunteer, Volunteer]) -> None:
    leaves, stays = both
    given_back(rows.role(gardening))
    assert while_leaving(leaves, lambda: stand_ins.seek(now=NOW)) == 1
    assert told("stand_in") == {stays.user_id}


def test_without_looking_who_is_still_there_nobody_would_be_asked_at_all(
    gardening: Activity, both: tuple[Volunteer, Volunteer]
) -> None:
    """The control: the same rows, written for all who were picked."""
    role = rows.role(gardening)
    drafts = [
        Suggestion(volunteer=one, role=role, slot=role.slots.get(), rank=1, score=0.5, planned_at=NOW) for one in both
    ]
    assert isinstance(while_leaving(both[0], lambda: Suggestion.objects.bulk_create(drafts)), IntegrityError)
    assert not Suggestion.objects.exists()


def test_a_free_place_is_offered_to_the_next_who_waits(gardening: Activity, both: tuple[Volunteer, Volunteer]) -> None:
    leaves, stays = both
    slot = rows.role(gardening, capacity=1).slots.get()
    taken = placements.place(volunteer=rows.person(), slot=slot, now=NOW, actor=None)
    for minute, one in enumerate(both):
        waiting.join_queue(volunteer=one, slot=slot, now=NOW + dt.timedelta(minutes=minute), actor=None)
    placements.cancel(placement=taken, now=NOW, actor=None)
    assert while_leaving(leaves, lambda: passing_on.pass_on(now=NOW))
    assert Waiting.objects.get(held=1).volunteer == stays
    assert told("waiting_offered") == {stays.user_id}


def test_a_letter_that_is_being_sent_is_not_handed_over_any_more(both: tuple[Volunteer, Volunteer]) -> None:
    leaves, stays = both
    for one in both:
        outbox.notify(user=one.user, message=HELLO, dedupe_key=f"hello:{one.pk}", now=NOW, channel="email")

    def closes_meanwhile(letter: Notification, _now: dt.datetime) -> bool:
        return letter.user_id == stays.user_id or close(leaves.user)

    outbox.deliver_due(now=NOW, still_right={"hello": closes_meanwhile})
    assert "gone@yaritai.example" not in [address for sent in mail.outbox for address in sent.to]
    assert told("hello") == {stays.user_id}


def test_a_letter_that_is_written_too_late_is_dropped(both: tuple[Volunteer, Volunteer]) -> None:
    leaves, _stays = both
    closing.close(user=leaves.user, now=NOW, actor=None)
    outbox.notify(user=leaves.user, message=HELLO, dedupe_key="hello", now=NOW)
    outbox.deliver_due(now=NOW, still_right={})
    assert Notification.objects.get(kind="hello").status == Status.DROPPED
    assert mail.outbox == []
