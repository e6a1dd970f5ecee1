"""A mark in every text that is about somebody is found nowhere after they have left, but where it is named here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.models import IdempotencyKey, User
from accounts.models.consent import ConsentKind
from accounts.services import tokens
from matching.models import Feedback, PackedProfile
from matching.services.leaving import closing
from matching.services.listing import shortlists
from notifications.models import ContactPoint, Notification, Preference
from notifications.services import links
from tests.factories import (
    NOW,
    ApplicationFactory,
    AttendanceFactory,
    CallFactory,
    CallLineFactory,
    ConsentFactory,
    GuardianRequestFactory,
    HeldQualificationFactory,
    InitiativeFactory,
    InvitationFactory,
    MembershipFactory,
    PlacementFactory,
    PledgeFactory,
    ReviewFactory,
    SlotFactory,
    ThanksFactory,
    UploadFactory,
    UserFactory,
    WaitingFactory,
    at,
)
from tests.matching import rows
from volunteers.models import Volunteer
from volunteers.services.guardians import letters

MARK = "ξζ"
KEPT = {
    "accounts.Consent.text": "the proof of what was agreed to, for as long as the rule of retention says",
    "accounts.Consent.guardian_name": "belongs to that proof",
    "organisations.Review.reason": "said to an organisation about its role, which is the organisation's",
    "volunteers.Thanks.text": "belongs to whom they thanked",
}
# What is nobody's own; the trail of what was done holds numbers, and a trigger keeps it as it is.
NOBODYS = {"accounts.AuditEntry", "matching.Run", "matching.WeightSet", "organisations.Organisation", "admin.LogEntry"}
OTHERS = {
    *("by", "recorded_by", "confirmed_by", "registered_by", "greeted_by", "invited_by", "asked_by", "answered_by"),
    *("typed_in_by", "written_by", "changed_by", "added_by", "vehicle_checked_by", "read_by", "first_read_by"),
}

pytestmark = pytest.mark.django_db


def texts(model: Any) -> list[Any]:
    """Columns that take a mark: free text, in JSON as well."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        one for one in model._meta.concrete_fields if isinstance(one, kinds) and not one.choices and not one.primary_key
    ]


def about(person: Volunteer) -> Iterator[models.QuerySet[Any]]:
    """All rows that name the person, and those that hang on such a row."""
    named = {User: [person.user_id], Volunteer: [person.pk]}
    for model in apps.get_models():
        if model._meta.label in NOBODYS:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in named and field.name not in OTHERS:
                yield model._default_manager.filter(**{f"{field.name}__in": named[field.related_model]})
    yield User.objects.filter(pk=person.user_id)
    for label in ("volunteers.Thanks", "notifications.Call", "matching.Feedback", "organisations.Review"):
        yield apps.get_model(label)._default_manager.all()
    yield Notification.objects.filter(kind=letters.ASKED)


def plant(found: models.QuerySet[Any]) -> set[str]:
    """Write the mark into every text of *found*, and return which columns that were."""
    fields = texts(found.model) if found.exists() else []
    for field in fields:
        found.update(**{field.name: [MARK] if isinstance(field, models.JSONField) else MARK})
    return {f"{found.model._meta.label}.{field.name}" for field in fields}


def where_found() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in texts(model)
        if model._default_manager.annotate(said=Cast(field.name, TextField())).filter(said__contains=MARK).exists()
    }


def somebody_who_did_everything() -> Volunteer:
    person = rows.person(likes := rows.gardening(), wish="花", name="花子")
    user, role = person.user, rows.role(likes)
    shortlists.refresh(volunteer=person, now=NOW)
    suggestion = rows.suggestion(person, role)
    Feedback.objects.create(suggestion=suggestion, answer="decline", reason="遠い", answered_at=NOW)
    assert PackedProfile.objects.filter(volunteer=person).exists()
    ApplicationFactory(volunteer=person)
    AttendanceFactory(placement=PlacementFactory(volunteer=person, slot=SlotFactory(starts_at=at(-3, 9))))
    WaitingFactory(volunteer=person)
    PledgeFactory(volunteer=person)
    HeldQualificationFactory(volunteer=person)
    letters.question(GuardianRequestFactory(volunteer=person), NOW)
    GuardianRequestFactory(guardian=user)
    ConsentFactory(user=user, kind=ConsentKind.GUARDIAN)
    ThanksFactory(by=user)
    CallFactory(notification=CallLineFactory(user=user))
    ContactPoint.objects.create(user=user, channel="call_list", address="045-000-0000")
    Preference.objects.create(user=user)
    links.issue(user=user, action="unsubscribe", target_id="", now=NOW)
    tokens.issue(user=user, now=NOW, lasts=at(9, 9) - NOW)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"credential": "geheim"})
    EmailAddress.objects.create(user=user, email=str(user.email), verified=True)
    IdempotencyKey.objects.create(user=user, key="k", fingerprint="f", created_at=NOW)
    InitiativeFactory(user=user)
    InvitationFactory(user=user)
    MembershipFactory(user=user)
    ReviewFactory(by=user)
    UploadFactory(by=user)
    return person


def noted_in_the_repair_desk(*about: models.Model) -> None:
    for row in about:
        LogEntry.objects.create(
            user=UserFactory(is_staff=True),
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=MARK,
            change_message=MARK,
            action_flag=CHANGE,
        )


def test_nothing_is_left_but_what_is_named() -> None:
    person = somebody_who_did_everything()
    noted_in_the_repair_desk(person, person.user, *person.applications.all(), *person.user.notifications.all())
    planted = {name for found in about(person) for name in plant(found)}
    assert KEPT.keys() <= planted
    assert planted | {"admin.LogEntry.object_repr", "admin.LogEntry.change_message"} == where_found()
    closing.close(user=User.objects.get(pk=person.user_id), now=NOW, actor=person.user)
    assert where_found() == KEPT.keys()


def test_every_text_that_names_a_person_was_planted() -> None:
    """Whatever table is added later must be in the test above."""
    person = somebody_who_did_everything()
    empty = {found.model._meta.label for found in about(person) if texts(found.model) and not found.exists()}
    assert not empty
