"""Who is telephoned, in which order, and what came of it."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry, User
from notifications.models import Call, Channel, ContactPoint, Notification, Status
from notifications.models.call import Outcome
from notifications.services import calls
from tests.factories import NOW, CallFactory, CallLineFactory, UserFactory

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def lines():
    return list(calls.open_lines(users=User.objects.all()))


def call(line, outcome, **more):
    return calls.note(line=line, outcome=outcome, now=NOW, actor=UserFactory(), **more)


def test_only_what_went_on_the_list_and_nothing_of_others():
    line = CallLineFactory()
    CallLineFactory(status=Status.WAITING, sent_at=None)
    CallLineFactory(channel=Channel.INBOX)
    CallLineFactory(user__is_active=False)
    other = CallLineFactory()
    assert set(lines()) == {line, other}
    assert list(calls.open_lines(users=User.objects.filter(pk=other.user_id))) == [other]


@pytest.mark.parametrize("outcome", Outcome.values)
def test_a_line_is_open_until_somebody_was_reached_or_nothing_can_be_done(outcome):
    line = CallLineFactory()
    call(line, outcome, again_at=NOW + HOUR)
    stays = outcome in {Outcome.NO_ANSWER, Outcome.AGAIN}
    assert bool(lines()) == stays == calls.is_open(line)
    if not stays:
        with pytest.raises(calls.LineClosed):
            call(line, Outcome.REACHED)
    assert Call.objects.count() == 1


def test_whose_turn_it_is_longest_comes_first():
    old, new = CallLineFactory(sent_at=NOW - 5 * HOUR), CallLineFactory(sent_at=NOW - HOUR)
    call(old, Outcome.AGAIN, again_at=NOW + HOUR)
    assert lines() == [new, old]
    first, second = lines()
    assert (first.outcome, first.tried_at, first.again_at) == (None, None, None)
    assert (second.outcome, second.tried_at, second.again_at) == (Outcome.AGAIN, NOW, NOW + HOUR)
    CallFactory(notification=old, outcome=Outcome.NO_ANSWER, at=NOW + 2 * HOUR)
    assert lines() == [old, new]


def test_it_is_written_down_who_rang_and_the_trail_keeps_no_words():
    line, actor = CallLineFactory(), UserFactory()
    kept = calls.note(line=line, outcome="no_answer", now=NOW, actor=actor, again_at=NOW + HOUR, note=" ご家族\nが ")
    assert (kept.by, kept.at, kept.again_at, kept.note) == (actor, NOW, None, "ご家族 が")
    assert AuditEntry.objects.get().detail == {"outcome": "no_answer", "user": line.user_id}


@pytest.mark.parametrize("again_at", [None, NOW, NOW - HOUR])
def test_again_needs_a_time_that_is_still_to_come(again_at):
    with pytest.raises(calls.WhenAgain):
        call(CallLineFactory(), Outcome.AGAIN, again_at=again_at)


def test_a_note_is_short():
    with pytest.raises(calls.NoteTooLong):
        call(CallLineFactory(), Outcome.REACHED, note="あ" * 201)
    assert not Call.objects.exists()


def test_the_number_is_the_newest_one_of_the_call_list():
    line: Notification = CallLineFactory()
    assert calls.number(line) == ""
    for address in ("045-000-0001", "045-000-0002"):
        ContactPoint.objects.create(user=line.user, channel=Channel.CALL_LIST, address=address)
    assert calls.number(line) == "045-000-0002"
