"""A suggestion that nobody answered goes after a year; an answer stays, for it says what somebody likes."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry, Consent
from accounts.services import retention
from matching.models import Feedback, Suggestion, SuggestionStatus
from matching.services.leaving import closing
from matching.services.retention import KEPT, RULES
from notifications.models import Notification
from organisations.models import Invitation
from tests.factories import NOW, CallLineFactory, ConsentFactory, InvitationFactory, UserFactory, VolunteerFactory
from tests.matching import rows


@pytest.mark.django_db
def test_only_what_was_never_answered_goes() -> None:
    old = NOW - dt.timedelta(days=366)
    _silent, answered, young, alive = (rows.suggestion(rows.person(), rows.role()) for _ in range(4))
    Suggestion.objects.update(planned_at=old, status=SuggestionStatus.EXPIRED)
    Suggestion.objects.filter(pk=young.pk).update(planned_at=NOW)
    Suggestion.objects.filter(pk=alive.pk).update(status=SuggestionStatus.SENT)
    Feedback.objects.create(suggestion=answered, answer="decline", answered_at=old)
    assert retention.forget(RULES, now=NOW) == 1
    assert set(Suggestion.objects.values_list("pk", flat=True)) == {answered.pk, young.pk, alive.pk}


def test_every_room_that_keeps_something_is_asked() -> None:
    models = [rule.rows(NOW).model.__name__ for rule in KEPT]
    messages = ["ActionLink", "Notification", "Notification"]
    worries = ["Worry", "Worry"]
    people = ["Upload", "Suggestion", "Volunteer", "User", "User"]
    assert models == ["IdempotencyKey", "Session", "Consent", *messages, *worries, *people]


@pytest.mark.django_db
def test_what_others_wrote_at_the_moment_of_a_closing_goes_the_night_after() -> None:
    gone, here = VolunteerFactory().user, UserFactory()
    closing.close(user=gone, now=NOW, actor=gone)
    for user in (gone, here):
        InvitationFactory(user=user)
        CallLineFactory(user=user)
    consent = ConsentFactory(user=gone, withdrawn_at=NOW)
    night = NOW + dt.timedelta(days=1, hours=9)
    assert retention.forget(RULES, now=night) == 1
    assert [one.user for model in (Notification, Invitation) for one in model.objects.all()] == [here, here]
    gone.refresh_from_db()
    assert (gone.closed_at, Consent.objects.filter(pk=consent.pk).exists()) == (NOW, True)
    assert AuditEntry.objects.filter(action="user.erase_again", target_id=str(gone.pk)).count() == 1
    assert retention.forget(RULES, now=night) == 0
