from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps

from accounts.models import AuditEntry, User
from accounts.services import tokens
from matching.models import Suggestion, SuggestionStatus
from matching.services import personal_data
from notifications.services import links
from tests.factories import (
    NOW,
    ApplicationFactory,
    AttendanceFactory,
    HeldQualificationFactory,
    JuniorFactory,
    MembershipFactory,
    PlacementFactory,
    SlotFactory,
    ThanksFactory,
    VolunteerFactory,
    at,
)
from volunteers.models import Volunteer
from volunteers.services.people import availability
from volunteers.services.people.availability import bits

ROOMS = (*personal_data.ROOMS, personal_data)


def keys_to_people() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in (User, Volunteer)
    }


def test_every_key_to_a_person_is_in_the_copy_or_left_out_for_a_reason() -> None:
    exported = [name for room in ROOMS for name in room.EXPORTED]
    left_out = {name: why for room in ROOMS for name, why in room.LEFT_OUT.items()}
    assert {*exported, *left_out} == keys_to_people()
    assert not left_out.keys() & set(exported)
    assert all(left_out.values())


def copy(user: User) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(personal_data.export(user=user, now=NOW))
    return found


@pytest.mark.django_db
def test_the_copy_holds_what_somebody_wrote_did_and_was_sent() -> None:
    person = VolunteerFactory(wish="花を植えたい", user__name="花子")
    user = person.user
    availability.set_weekly(volunteer=person, weekly=[bits(540, 720), *[0] * 6], now=NOW, actor=user)
    availability.set_day(volunteer=person, on=at(3, 9).date(), free=bits(600, 660), now=NOW, actor=user)
    HeldQualificationFactory(volunteer=person)
    ApplicationFactory(volunteer=person, note="はじめてです")
    placement = PlacementFactory(volunteer=person)
    AttendanceFactory(placement=placement, minutes=90)
    ThanksFactory(placement=placement, text="助かりました")
    MembershipFactory(user=user)
    slot = SlotFactory(role__title="駅前の花だん")
    sent = {"status": SuggestionStatus.SENT, "rank": 1, "score": 0.5, "planned_at": NOW}
    Suggestion.objects.create(volunteer=person, role=slot.role, slot=slot, **sent)
    found = copy(user)
    assert found["account"][0]["name"] == "花子"
    assert (found["profile"][0]["wish"], found["profile"][0]["town"]) == ("花を植えたい", person.town.name)
    assert found["week"][0][0] == ["9:00-12:00"]
    assert found["days"] == {str(at(3, 9).date()): ["10:00-11:00"]}
    assert found["applications"][0]["note"] == "はじめてです"
    assert found["attendance"][0]["minutes"] == 90
    assert found["thanks"][0]["text"] == "助かりました"
    assert "駅前の花だん" in found["suggestions"][0]["role"]
    assert len(found["qualifications"]) == len(found["memberships"]) == len(found["consents"]) == 1
    assert AuditEntry.objects.filter(action="personal_data.export", target_id=str(user.pk)).count() == 1


@pytest.mark.django_db
def test_the_copy_holds_no_secret_and_nobody_else() -> None:
    user = JuniorFactory().user
    user.set_password("geheim")
    user.save()
    row, token = tokens.issue(user=user, now=NOW, lasts=at(9, 9) - NOW)
    link = links.issue(user=user, action="unsubscribe", target_id="", now=NOW)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"credential": "verborgen"})
    EmailAddress.objects.create(user=user, email="hana@yaritai.example", verified=True)
    other = VolunteerFactory(user__name="ほかのひと", registered_by=user, greeted_by=user)
    ThanksFactory(placement__volunteer=other, by=user)
    text = personal_data.export(user=user, now=NOW).decode()
    assert "hana@yaritai.example" in text
    hashes = [row.digest, link, token, user.password, "verborgen"]
    assert [secret for secret in (*hashes, "ほかのひと", str(other.user.email)) if secret in text] == []
