"""Profiles are packed once, and again whenever anything in them has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import sparse

from accounts.models.consent import ConsentKind
from accounts.services import consents
from matching.dataset import load
from matching.dataset.people import _ages
from matching.dataset.profiles import BODY, day_number
from matching.models import PackedProfile
from organisations.models.vocabulary import Proof
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    HeldQualificationFactory,
    QualificationFactory,
    SkillFactory,
    TownFactory,
    at,
)
from tests.matching import rows
from tests.together import together
from volunteers.models import Volunteer
from volunteers.services.people import availability, profiles

SOON = at(3, 0).date()
Change = Callable[[Volunteer, dict[str, Any]], object]


def by_service(**said: Any) -> Change:
    return lambda one, by: profiles.change(volunteer=one, **by, **said)


CHANGES: dict[str, Change] = {
    "town": lambda one, by: profiles.change(volunteer=one, **by, town=TownFactory(lat=35.5, lng=139.6)),
    "interests": lambda one, by: profiles.change(volunteer=one, **by, interests=[ActivityFactory()]),
    "avoids": lambda one, by: profiles.change(volunteer=one, **by, avoids=[ActivityFactory()]),
    "skills": lambda one, by: profiles.change(volunteer=one, **by, skills=[SkillFactory()]),
    "access": lambda one, by: profiles.change(volunteer=one, **by, access_needs=[AccessFeatureFactory()]),
    "qualifications": lambda one, by: profiles.change(volunteer=one, **by, qualifications=[QualificationFactory()]),
    "wish": by_service(wish="本を読みたい"),
    "birthday": by_service(born_on=dt.date(1950, 2, 3)),
    "travel": by_service(travel_limit_km=7.5),
    "home": by_service(takes_online=True, is_home_only=True),
    "place": by_service(takes_online=False),
    "party": by_service(party_size=4),
    "length": by_service(minutes_at_most=45),
    "week": lambda one, by: availability.set_weekly(volunteer=one, weekly=[0b110] * 7, **by),
    "day": lambda one, by: availability.set_day(volunteer=one, on=SOON, free=0b11, **by),
    "break": lambda one, by: profiles.pause(volunteer=one, until=SOON, **by),
    "back": lambda one, by: profiles.pause(volunteer=one, until=None, **by),
    "proof": lambda one, by: profiles.confirm_qualification(
        volunteer=one, qualification=one.held_qualifications.get().qualification, **by
    ),
}


def seen() -> list[Any]:
    """Return all that the engine is given about people, and about the days they differ."""
    people = load(now=NOW).problem.volunteers
    values = (getattr(people, field.name) for field in fields(people))
    return [(value.toarray() if sparse.issparse(value) else np.asarray(value)).tolist() for value in values]


def seen_afresh() -> list[Any]:
    PackedProfile.objects.all().delete()
    return seen()


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_seen_also_in_the_very_moment_of_the_change_before(change: Change) -> None:
    one = rows.person(wish="花", paused_until=at(9, 0).date() if change is CHANGES["back"] else None)
    HeldQualificationFactory(volunteer=one, qualification=QualificationFactory(proof=Proof.DOCUMENT))
    Volunteer.objects.update(changed_at=NOW)
    before = seen()
    change(one, {"now": NOW, "actor": one.user})
    after = seen()
    assert after == seen_afresh() != before


@pytest.mark.django_db
def test_what_is_packed_is_read_and_nothing_is_packed_twice() -> None:
    one = rows.person()
    seen()
    body = np.frombuffer(PackedProfile.objects.get().body, BODY).copy()
    assert body["party"].tolist() == [1]
    body["party"] = 9
    PackedProfile.objects.update(body=body.tobytes())
    assert load(now=NOW).problem.volunteers.party_size.tolist() == [9]
    profiles.change(volunteer=one, now=NOW, actor=one.user, party_size=2)
    assert load(now=NOW).problem.volunteers.party_size.tolist() == [2]


@pytest.mark.django_db
def test_a_profile_of_another_moment_is_not_used() -> None:
    rows.person(party_size=2)
    seen()
    for wrong in ({"of_change": NOW + dt.timedelta(seconds=1)}, {"row_version": 1}):
        PackedProfile.objects.update(body=bytes(BODY.itemsize), **wrong)
        assert load(now=NOW).problem.volunteers.party_size.tolist() == [2]


@pytest.mark.django_db
def test_what_is_no_part_of_a_profile_is_seen_at_once() -> None:
    withdrawn, gone = rows.person(), rows.person()
    assert load(now=NOW).problem.volunteers.can_contact.tolist() == [True, True]
    consents.withdraw(user=withdrawn.user, kind=ConsentKind.CONTACT, now=NOW)
    assert load(now=NOW).problem.volunteers.can_contact.tolist() == [False, True]
    gone.user.is_active = False
    gone.user.save()
    assert load(now=NOW).problem.volunteers.can_contact.tolist() == [False, False]


@pytest.mark.django_db(transaction=True)
def test_profiles_that_change_while_they_are_packed() -> None:
    people = [rows.person(wish=f"花 {number}") for number in range(10)]

    def work(number: int) -> int:
        for party in range(1, 6):
            if number == 0:
                for one in people:
                    profiles.change(volunteer=one, now=NOW, actor=one.user, party_size=party, wish=f"{party}")
            else:
                load(now=NOW)
        return number

    assert together(3, work) == [0, 1, 2]
    assert seen() == seen_afresh()


@given(st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)), st.dates(dt.date(2024, 1, 1), dt.date(2032, 1, 1)))
@example(dt.date(2004, 2, 29), dt.date(2026, 2, 28))
@example(dt.date(2004, 2, 29), dt.date(2026, 3, 1))
@example(dt.date(2000, 11, 26), dt.date(2026, 11, 26))
def test_ages_are_those_of_the_profile(born_on: dt.date, on: dt.date) -> None:
    age = _ages(np.array([day_number(born_on)]), on)
    assert age.tolist() == [Volunteer(born_on=born_on).age(on)]
