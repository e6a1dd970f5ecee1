import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, Consent
from accounts.models.consent import ConsentKind, GuardianScope
from accounts.services import consents
from tests.factories import NOW, UserFactory
from tests.together import together

TODAY = NOW.date()
CONTACT = ConsentKind.CONTACT


def give(user, **changes):
    return consents.give(**{"user": user, "kind": CONTACT, "text": "お知らせを受け取ります。", "now": NOW} | changes)


@pytest.mark.django_db
def test_keeps_the_exact_words_and_says_so_in_the_trail():
    user = UserFactory()
    consent = give(user, text="お知らせを受け取ります。\n いつでも止められます。 ")
    assert consent.text == "お知らせを受け取ります。\n いつでも止められます。 "
    assert consents.holds(user=user, kind=CONTACT, on=TODAY)
    entry = AuditEntry.objects.get(action="consent.given")
    assert (entry.actor, entry.target_id, entry.detail) == (user, str(consent.pk), {"kind": "contact", "user": user.pk})


@pytest.mark.django_db
def test_a_new_wording_ends_the_old_one_and_keeps_it():
    user = UserFactory()
    old = give(user, text="古い文面")
    later = NOW + dt.timedelta(days=1)
    new = give(user, text="新しい文面", now=later)
    old.refresh_from_db()
    assert (old.text, old.withdrawn_at, new.withdrawn_at) == ("古い文面", later, None)


@pytest.mark.django_db
def test_taking_back_ends_it_and_twice_changes_nothing():
    user = UserFactory()
    give(user)
    consents.withdraw(user=user, kind=CONTACT, now=NOW)
    consents.withdraw(user=user, kind=CONTACT, now=NOW + dt.timedelta(days=1))
    assert not consents.holds(user=user, kind=CONTACT, on=TODAY)
    assert Consent.objects.get().withdrawn_at == NOW
    assert AuditEntry.objects.filter(action="consent.withdrawn").count() == 1


@pytest.mark.django_db
def test_kinds_and_people_are_kept_apart():
    user, other = UserFactory(), UserFactory()
    give(user)
    give(other)
    give(user, kind=ConsentKind.TERMS)
    consents.withdraw(user=user, kind=CONTACT, now=NOW)
    assert consents.holds(user=user, kind=ConsentKind.TERMS, on=TODAY)
    assert consents.holds(user=other, kind=CONTACT, on=TODAY)


@pytest.mark.django_db
def test_holds_through_its_last_day():
    user = UserFactory()
    give(user, expires_on=TODAY + dt.timedelta(days=3))
    assert consents.holds(user=user, kind=CONTACT, on=TODAY + dt.timedelta(days=3))
    assert not consents.holds(user=user, kind=CONTACT, on=TODAY + dt.timedelta(days=4))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"text": "  "}, consents.TextMissing),
        ({"kind": ConsentKind.GUARDIAN, "guardian_name": " "}, consents.GuardianNotNamed),
        ({"kind": ConsentKind.GUARDIAN, "guardian_name": "山田 ゆき"}, consents.ScopeMissing),
        (
            {"kind": ConsentKind.GUARDIAN, "guardian_name": "山田 ゆき", "scope": [GuardianScope.PHOTO]},
            consents.ScopeMissing,
        ),
        ({"expires_on": TODAY - dt.timedelta(days=1)}, consents.AlreadyOver),
    ],
)
def test_refuses_what_would_be_no_consent(changes, refusal):
    user = UserFactory()
    with pytest.raises(refusal):
        give(user, **changes)
    assert not Consent.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_today_is_today_in_japan_and_not_in_greenwich():
    before_breakfast = NOW.replace(hour=3)  # still yesterday in UTC
    with pytest.raises(consents.AlreadyOver):
        give(UserFactory(), expires_on=TODAY - dt.timedelta(days=1), now=before_breakfast.astimezone(dt.UTC))


@pytest.mark.django_db
def test_a_coordinator_can_write_down_a_guardians_paper():
    coordinator = UserFactory()
    scope = [GuardianScope.PHOTO, GuardianScope.TAKE_PART]
    consent = give(
        UserFactory(), kind=ConsentKind.GUARDIAN, guardian_name=" 山田 ゆき ", scope=scope, actor=coordinator
    )
    assert consent.scope == ["take_part", "photo"]
    assert (consent.guardian_name, consent.recorded_by) == ("山田 ゆき", coordinator)
    assert AuditEntry.objects.get().actor == coordinator


@pytest.mark.django_db
def test_a_clock_that_runs_behind_cannot_end_it_before_it_began():
    user = UserFactory()
    give(user)
    consents.withdraw(user=user, kind=CONTACT, now=NOW - dt.timedelta(minutes=1))
    assert Consent.objects.get().withdrawn_at == NOW


@pytest.mark.django_db(transaction=True)
def test_agreeing_in_many_tabs_at_once_leaves_one_in_force():
    user = UserFactory()
    outcomes = together(8, lambda _number: give(user))
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert Consent.objects.filter(withdrawn_at=None).count() == 1
    assert Consent.objects.count() == 8


@pytest.mark.django_db
def test_the_database_itself_keeps_one_in_force():
    user = UserFactory()
    give(user)
    with pytest.raises(IntegrityError, match="one_in_force"), transaction.atomic():
        Consent.objects.create(user=user, kind=CONTACT, text="x", given_at=NOW)


@pytest.mark.django_db
def test_the_database_itself_wants_to_know_what_a_guardian_allows():
    row = {"user": UserFactory(), "kind": ConsentKind.GUARDIAN, "text": "x", "given_at": NOW, "guardian_name": "花子"}
    with pytest.raises(IntegrityError, match="guardian_says_scope"), transaction.atomic():
        Consent.objects.create(**row, scope=[GuardianScope.GO_ALONE])
    Consent.objects.create(**row, scope=[GuardianScope.GO_ALONE, GuardianScope.TAKE_PART])  # the control
