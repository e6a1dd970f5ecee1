import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry
from accounts.services import audit
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


def test_says_who_did_what_to_what_and_when():
    actor, target = UserFactory(), UserFactory()
    audit.record(actor=actor, action="user.renamed", target=target, now=NOW, name="はな")
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.at) == (actor, "user.renamed", NOW)
    assert (entry.target, entry.target_id) == ("accounts.user", str(target.pk))
    assert entry.detail == {"name": "はな"}


def test_keeps_dates_and_translated_words_as_text():
    audit.record(actor=None, action="a", target=UserFactory(), now=NOW, on=dt.date(2027, 3, 1), word=_("日本語"))
    assert AuditEntry.objects.get().detail == {"on": "2027-03-01", "word": "日本語"}


@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_auditentry SET action = 'another'", "DELETE FROM accounts_auditentry"]
)
def test_no_entry_is_ever_changed_or_removed(statement):
    audit.record(actor=None, action="a", target=UserFactory(), now=NOW)
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.get().action == "a"


def test_it_is_the_trigger_that_refuses():
    audit.record(actor=None, action="a", target=UserFactory(), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER audit_is_append_only")
    AuditEntry.objects.update(action="another")
    assert AuditEntry.objects.get().action == "another"


def test_an_entry_outlives_the_person_it_names():
    actor = UserFactory()
    audit.record(actor=actor, action="a", target=actor, now=NOW)
    number = actor.pk
    actor.delete()
    assert AuditEntry.objects.get().actor_id == number


def test_a_look_is_a_line_of_the_trail_and_the_newest_comes_first():
    whom, coordinator = UserFactory(), UserFactory()
    audit.record(actor=whom, action="person.registered", target=whom, now=NOW)
    audit.looked_at(actor=coordinator, target=whom, now=NOW + dt.timedelta(hours=1), through="call_line")
    audit.looked_at(actor=coordinator, target=coordinator, now=NOW, through="call_line")
    newest, oldest = audit.trail(target=whom)
    assert (newest.actor, newest.action, newest.detail) == (coordinator, "looked_at", {"through": "call_line"})
    assert oldest.action == "person.registered"


def test_the_trail_names_nobody_who_has_left():
    whom, coordinator = UserFactory(), UserFactory()
    audit.looked_at(actor=coordinator, target=whom, now=NOW)
    number = coordinator.pk
    coordinator.delete()
    (entry,) = audit.trail(target=whom)
    assert (entry.actor, entry.actor_id) == (None, number)
