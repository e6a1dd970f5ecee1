import datetime as dt

import pytest

from accounts.models import AuditEntry
from notifications import unsubscribe
from notifications.models.preference import Frequency
from notifications.services import outbox, preferences
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


def test_stops_the_digests_and_nothing_else(person, letter):
    letter(person)
    letter(person, kind="cancelled")
    unsubscribe.stop(user=person, now=NOW)
    assert preferences.of(person).digest == Frequency.NEVER
    assert outbox.deliver_due(now=NOW, still_right={}) == outbox.Delivered(sent=1, dropped=1)


@pytest.mark.parametrize("before", [Frequency.WEEKLY, Frequency.MONTHLY])
def test_undone_it_is_as_it_was(before):
    user = UserFactory()
    preferences.change(user=user, now=NOW, digest=before)
    unsubscribe.stop(user=user, now=NOW)
    unsubscribe.stop(user=user, now=LATER)  # tapped twice
    assert unsubscribe.undo(user=user, now=LATER).digest == before
    assert unsubscribe.undo(user=user, now=LATER).digest == before


def test_undoing_what_was_never_done_changes_nothing():
    user = UserFactory()
    preferences.change(user=user, now=NOW, digest=Frequency.MONTHLY)
    assert unsubscribe.undo(user=user, now=NOW).digest == Frequency.MONTHLY
    assert unsubscribe.undo(user=UserFactory(), now=NOW).digest == Frequency.WEEKLY


def test_both_are_in_the_trail():
    user = UserFactory()
    unsubscribe.stop(user=user, now=NOW)
    unsubscribe.undo(user=user, now=LATER)
    changes = [entry.detail["changed"]["digest"] for entry in AuditEntry.objects.order_by("pk")]
    assert changes == [["weekly", "never"], ["never", "weekly"]]
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {user.pk}
