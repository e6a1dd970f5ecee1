"""What is changed at the repair desk, of an account or of the vocabulary, is seen as well as what services change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models.consent import ConsentKind, GuardianScope
from accounts.services import consents
from matching.models import PackedProfile
from matching.services.leaving import closing
from organisations.models.vocabulary import Proof
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    HeldQualificationFactory,
    QualificationFactory,
    SkillFactory,
    TownFactory,
    UserFactory,
)
from tests.matching import rows
from tests.matching.dataset.test_profiles import SOON, seen, seen_afresh
from volunteers.models import Availability, AvailabilityException, HeldQualification, Volunteer
from web.admin import volunteers as desk

pytestmark = pytest.mark.django_db
Said = dict[str, Any]
Step = Callable[[Client, Volunteer], object]


@pytest.fixture
def one() -> Volunteer:
    """Somebody who has ticked something of everything."""
    person = rows.person(ActivityFactory(), wish="花")
    person.avoids.add(ActivityFactory())
    person.skills.add(SkillFactory())
    person.access_needs.add(AccessFeatureFactory())
    HeldQualificationFactory(volunteer=person, qualification=QualificationFactory(proof=Proof.SELF))
    return person


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def address(row: Model, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def filled_in(staff: Client, page: str) -> Said:
    """Return what the page of a row would send if nobody touched it."""
    shown = staff.get(page).context
    forms = [shown["adminform"].form]
    for inline in shown["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {field.html_name: field.value() for form in forms for field in form}


def save(staff: Client, row: Model, **said: Any) -> None:
    page = address(row)
    sent = {name: value for name, value in (filled_in(staff, page) | said).items() if value is not None}
    answer = staff.post(page, sent)
    assert answer.status_code == 302, answer.context["errors"]


def delete(staff: Client, row: Model) -> None:
    assert staff.post(address(row, "delete"), {"post": "yes"}).status_code == 302


def confirm(staff: Client, held: HeldQualification) -> None:
    page = reverse("admin:volunteers_heldqualification_changelist")
    assert staff.post(page, {"action": "confirm", "_selected_action": [held.pk]}).status_code == 302


FIELDS: dict[str, Callable[[], Any]] = {
    "user": lambda: UserFactory().pk,
    "born_on": lambda: "1950-02-03",
    "town": lambda: TownFactory(lat=35.5, lng=139.6).pk,
    "travel_limit_km": lambda: 7.5,
    "wish": lambda: "本を読みたい",
    "interests": lambda: [ActivityFactory().pk],
    "avoids": lambda: [ActivityFactory().pk],
    "skills": lambda: [SkillFactory().pk],
    "access_needs": lambda: [AccessFeatureFactory().pk],
    "takes_online": lambda: None,
    "is_home_only": lambda: "on",
    "party_size": lambda: 4,
    "minutes_at_most": lambda: 45,
    "paused_until": lambda: str(SOON),
    "held_qualifications-0-qualification": lambda: QualificationFactory(proof=Proof.SELF).pk,
    "held_qualifications-0-DELETE": lambda: "on",
}


@pytest.mark.parametrize("field", FIELDS)
def test_what_staff_change_of_a_profile_is_seen_also_in_the_very_moment_of_the_change_before(
    staff: Client, one: Volunteer, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "timezone", SimpleNamespace(now=lambda: NOW))
    before = seen()
    save(staff, one, **{field: FIELDS[field]()})
    after = seen()
    assert Volunteer.objects.get().changed_at == NOW
    assert after == seen_afresh() != before


def test_a_qualification_that_staff_add_or_confirm_is_seen(staff: Client, one: Volunteer) -> None:
    before = seen()
    proved = QualificationFactory(proof=Proof.DOCUMENT)
    said = {"TOTAL_FORMS": 2, "1-volunteer": one.pk, "1-qualification": proved.pk}
    save(staff, one, **{f"held_qualifications-{name}": value for name, value in said.items()})
    added = seen()
    assert added == seen_afresh() == before  # it does not count before somebody has looked at the proof
    confirm(staff, one.held_qualifications.get(qualification=proved))
    confirmed = seen()
    assert confirmed == seen_afresh() != before


def test_every_field_of_a_profile_that_staff_may_change_is_tried_here(staff: Client, one: Volunteer) -> None:
    may_change = {name for name in filled_in(staff, address(one)) if not name.startswith("held_qualifications")}
    assert may_change == {name for name in FIELDS if not name.startswith("held_qualifications")}


def test_nothing_else_of_a_profile_can_be_changed_at_the_desk(staff: Client, one: Volunteer) -> None:
    day = AvailabilityException.objects.create(volunteer=one, on=SOON, free=1)
    for row in (day, one.held_qualifications.get()):
        assert staff.post(address(row), {"free": 3}).status_code == 404
        assert staff.post(address(row, "delete"), {"post": "yes"}).status_code == 404
    assert not {Availability, PackedProfile} & set(admin.site._registry)


def deactivated(staff: Client, one: Volunteer) -> None:
    save(staff, one.user, is_active=None)


def activated(staff: Client, one: Volunteer) -> None:
    save(staff, one.user, is_active="on")


def unqualified(staff: Client, one: Volunteer) -> None:
    """Whoever holds a qualification cannot be deleted at the desk."""
    assert staff.post(address(one, "delete"), {"post": "yes"}).status_code == 404
    save(staff, one, **{"held_qualifications-0-DELETE": "on"})


def agreed(kind: ConsentKind, **said: Any) -> Step:
    return lambda _staff, one: consents.give(user=one.user, kind=kind, text="はい", now=NOW, **said)


def withdrawn(kind: ConsentKind) -> Step:
    return lambda _staff, one: consents.withdraw(user=one.user, kind=kind, now=NOW)


GUARDIAN = {"guardian_name": "花子", "scope": [GuardianScope.TAKE_PART]}
STEPS: dict[str, Sequence[Step]] = {
    "contact": [withdrawn(ConsentKind.CONTACT), agreed(ConsentKind.CONTACT), withdrawn(ConsentKind.CONTACT)],
    "guardian": [agreed(ConsentKind.GUARDIAN, **GUARDIAN), withdrawn(ConsentKind.GUARDIAN)],
    "active": [deactivated, activated, deactivated],
    "closed": [lambda _staff, one: closing.close(user=one.user, now=NOW, actor=one.user)],
    "deleted": [unqualified, delete],
    "town": [lambda staff, one: save(staff, one.town, lat=35.5)],
    "tree": [lambda staff, one: save(staff, one.interests.get(), parent=one.avoids.get().pk)],
    "name": [lambda staff, one: save(staff, one.interests.get(), ja="本の読み聞かせ")],
    "interest": [lambda staff, one: delete(staff, one.interests.get())],
    "avoided": [lambda staff, one: delete(staff, one.avoids.get())],
    "skill": [lambda staff, one: delete(staff, one.skills.get())],
    "access": [lambda staff, one: delete(staff, one.access_needs.get())],
    "proof": [lambda staff, one: save(staff, one.qualifications.get(), proof=Proof.DOCUMENT)],
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_what_lies_around_a_profile_is_seen_at_once(staff: Client, one: Volunteer, steps: Sequence[Step]) -> None:
    for step in steps:
        before = seen()
        step(staff, one)
        after = seen()
        assert after == seen_afresh() != before
