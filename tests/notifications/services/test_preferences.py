import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from notifications.models import Channel, Preference
from notifications.models.preference import Frequency
from notifications.services import contact_points, preferences
from tests.factories import NOW, UserFactory
from tests.together import together


@pytest.mark.django_db
def test_looking_writes_nothing_down_and_shows_the_defaults():
    found = preferences.of(UserFactory())
    assert (found.channel, found.digest, found.asks_per_month) == (Channel.EMAIL, Frequency.WEEKLY, 12)
    assert not Preference.objects.exists()


@pytest.mark.django_db
def test_a_change_is_kept_and_the_trail_says_from_what_to_what():
    user = UserFactory()
    preferences.change(user=user, now=NOW, digest=Frequency.MONTHLY, asks_per_month=4)
    found = preferences.of(user)
    assert (found.channel, found.digest, found.asks_per_month) == (Channel.EMAIL, Frequency.MONTHLY, 4)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (user, "preference.changed")
    assert entry.detail == {"changed": {"digest": ["weekly", "monthly"], "asks_per_month": [12, 4]}}


@pytest.mark.django_db
def test_choosing_the_same_again_is_no_change():
    user = UserFactory()
    preferences.change(user=user, now=NOW, digest=Frequency.WEEKLY)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_a_coordinator_is_named_as_the_one_who_did_it():
    user, coordinator = UserFactory(), UserFactory()
    preferences.change(user=user, now=NOW, actor=coordinator, channel=Channel.INBOX)
    assert AuditEntry.objects.get().actor == coordinator


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"digest": "hourly"}, {"channel": "pigeon"}, {"asks_per_month": -1}, {"asks_per_month": 61}]
)
def test_refuses_what_is_not_on_the_list(fields):
    user = UserFactory()
    with pytest.raises(preferences.NotAChoice):
        preferences.change(user=user, now=NOW, **fields)
    assert preferences.of(user).digest == Frequency.WEEKLY
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_mail_cannot_be_chosen_without_an_address_nor_the_phone_without_a_number():
    user = UserFactory(email=None)
    with pytest.raises(preferences.NoPhoneNumber):
        preferences.change(user=user, now=NOW, channel=Channel.CALL_LIST)
    contact_points.set_phone(user=user, number="045-000-0001", now=NOW)
    preferences.change(user=user, now=NOW, channel=Channel.CALL_LIST)
    with pytest.raises(preferences.NoEmailAddress):
        preferences.change(user=user, now=NOW, channel=Channel.EMAIL)
    preferences.change(user=user, now=NOW, digest=Frequency.MONTHLY)  # anything else still can


@pytest.mark.django_db
def test_only_known_fields_are_set():
    with pytest.raises(TypeError, match="user_id"):
        preferences.change(user=UserFactory(), now=NOW, user_id=1)


@pytest.mark.django_db
def test_the_database_refuses_more_than_sixty_asks():
    with pytest.raises(IntegrityError, match="at_most_60"), transaction.atomic():
        Preference.objects.create(user=UserFactory(), asks_per_month=61)


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_both_count():
    user = UserFactory()
    fields = [{"digest": Frequency.NEVER}, {"asks_per_month": 1}, {"channel": Channel.INBOX}]
    together(3, lambda n: preferences.change(user=user, now=NOW, **fields[n]))
    found = preferences.of(user)
    assert (found.digest, found.asks_per_month, found.channel) == (Frequency.NEVER, 1, Channel.INBOX)
