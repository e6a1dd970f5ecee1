"""What became of a message becomes of its suggestions."""

from __future__ import annotations

import datetime as dt

import pytest

from matching.models import Suggestion, SuggestionStatus
from matching.services.answering import suggestions
from matching.services.asking import digests, follow_up
from matching.services.choosing import picks
from notifications.models import Notification
from notifications.services import outbox
from organisations.models import Role, Slot
from tests.factories import NOW, at
from tests.matching import rows
from volunteers.models import Volunteer


@pytest.fixture
def planned() -> Suggestion:
    """One suggestion whose digest waits in the outbox."""
    gardening = rows.gardening()
    rows.person(gardening)
    rows.role(gardening)
    rows.run_once()
    assert digests.plan(now=NOW) == 1
    return Suggestion.objects.get()


def drain() -> outbox.Delivered:
    delivered = outbox.deliver_due(now=NOW, still_right=follow_up.RECHECKS)
    follow_up.note_delivered()
    return delivered


def status(suggestion: Suggestion) -> str:
    suggestion.refresh_from_db()
    return suggestion.status


@pytest.mark.django_db(transaction=True)
def test_a_message_that_went_out(planned: Suggestion) -> None:
    assert follow_up.note_delivered() == 0
    assert drain().sent == 1
    assert (status(planned), planned.sent_at) == (SuggestionStatus.SENT, NOW)
    assert follow_up.note_delivered() == 0


@pytest.mark.django_db(transaction=True)
def test_seen_on_the_page_before_the_message_came(planned: Suggestion) -> None:
    suggestions.show(volunteer=planned.volunteer, now=NOW)
    drain()
    assert (status(planned), planned.sent_at) == (SuggestionStatus.SEEN, NOW)


@pytest.mark.django_db(transaction=True)
def test_a_message_that_was_dropped_may_come_again_another_time(planned: Suggestion) -> None:
    Volunteer.objects.update(paused_until=NOW.date())
    assert drain().dropped == 1
    assert status(planned) == SuggestionStatus.EXPIRED
    assert picks.lately(volunteer_ids=[planned.volunteer_id], now=NOW) == set()


@pytest.mark.django_db
def test_a_second_look(planned: Suggestion) -> None:
    letter = Notification.objects.get()
    assert follow_up.is_still_right(letter, NOW)
    assert not follow_up.is_still_right(letter, at(5, 9, 1))
    Slot.objects.update(taken=3)
    assert not follow_up.is_still_right(letter, NOW)
    Slot.objects.update(taken=2)
    assert follow_up.is_still_right(letter, NOW)
    Role.objects.update(status="cancelled")
    assert not follow_up.is_still_right(letter, NOW)


@pytest.mark.django_db(transaction=True)
def test_a_role_that_rests_is_not_told_of_and_may_come_again_another_time(planned: Suggestion) -> None:
    Role.objects.update(status="resting")
    assert drain().dropped == 1
    assert status(planned) == SuggestionStatus.EXPIRED
    assert picks.lately(volunteer_ids=[planned.volunteer_id], now=NOW) == set()


@pytest.mark.django_db
def test_what_rests_in_a_digest_keeps_nothing_else_back(planned: Suggestion) -> None:
    letter = Notification.objects.get()
    other = rows.role(planned.role.activities.get())
    second = {"role": other, "slot": other.slots.get(), "rank": 2, "score": 0.5, "planned_at": NOW}
    letter.about["suggestions"].append(Suggestion.objects.create(volunteer=planned.volunteer, **second).pk)
    Role.objects.filter(pk=planned.role_id).update(status="resting")
    assert follow_up.is_still_right(letter, NOW)
    Role.objects.filter(pk=other.pk).update(status="resting")
    assert not follow_up.is_still_right(letter, NOW)


@pytest.mark.django_db
def test_a_time_that_was_moved_since_is_not_told(planned: Suggestion) -> None:
    letter = Notification.objects.get()
    Slot.objects.update(moved_at=NOW + dt.timedelta(minutes=1))
    assert not follow_up.is_still_right(letter, NOW)
    Slot.objects.update(moved_at=NOW - dt.timedelta(minutes=1))
    assert follow_up.is_still_right(letter, NOW)


@pytest.mark.django_db(transaction=True)
def test_a_suggestion_outlasts_its_roles_rest(planned: Suggestion) -> None:
    drain()
    Role.objects.update(status="resting")
    assert follow_up.expire(now=NOW) == 0
    assert suggestions.show(volunteer=planned.volunteer, now=NOW) == []
    Role.objects.update(status="open")
    assert [one.suggestion for one in suggestions.show(volunteer=planned.volunteer, now=NOW)] == [planned]
    assert follow_up.expire(now=at(5, 9)) == 1


@pytest.mark.django_db
def test_a_call_is_made_while_it_is_wanted(planned: Suggestion) -> None:
    suggestions.answer(suggestion=planned, answer="call", now=NOW, actor=None)
    letter = Notification.objects.get(kind="call_wanted")
    assert follow_up.is_call_still_wanted(letter, NOW)
    suggestions.undo(suggestion=planned, now=NOW, actor=None)
    assert not follow_up.is_call_still_wanted(letter, NOW)


@pytest.mark.django_db
def test_what_is_over_expires(planned: Suggestion) -> None:
    assert follow_up.expire(now=NOW) == 0
    assert follow_up.expire(now=at(5, 9)) == 1
    assert status(planned) == SuggestionStatus.EXPIRED


@pytest.mark.django_db
def test_what_was_called_off_expires_and_what_is_full_waits(planned: Suggestion) -> None:
    Role.objects.update(status="filled")
    assert follow_up.expire(now=NOW) == 0
    Role.objects.update(status="cancelled")
    assert follow_up.expire(now=NOW + dt.timedelta(minutes=1)) == 1
