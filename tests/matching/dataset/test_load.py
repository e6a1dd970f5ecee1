"""The engine is given what the rows say."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from pytest_django import Settings

from accounts.models.consent import ConsentKind
from accounts.services import consents
from matching.dataset import Dataset, load
from matching.dataset.scope import Who
from matching.dataset.vocabulary import TooManyTerms
from organisations.models.vocabulary import Proof
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    HeldQualificationFactory,
    JuniorFactory,
    PlacementFactory,
    QualificationFactory,
    SlotFactory,
    TownFactory,
    VenueFactory,
    VolunteerFactory,
    at,
)
from tests.matching import rows
from volunteers.models import AvailabilityException
from volunteers.models.availability import ALL_DAY

pytestmark = pytest.mark.django_db


def test_an_empty_ward() -> None:
    data = load(now=NOW)
    assert len(data.problem.volunteers) == len(data.problem.roles) == len(data.problem.slots) == 0


def test_rows_stand_for_ids_in_ascending_order() -> None:
    people, roles = [rows.person() for _ in range(3)], [rows.role() for _ in range(2)]
    data = load(now=NOW)
    assert data.volunteer_ids.tolist() == [one.pk for one in people]
    assert data.role_ids.tolist() == [one.pk for one in roles]
    assert data.slot_ids.tolist() == [one.slots.get().pk for one in roles]


def test_only_open_roles_of_approved_organisations() -> None:
    rows.role(status="draft")
    suspended = rows.role()
    suspended.organisation.approval = "suspended"
    suspended.organisation.save()
    is_open = rows.role()
    assert load(now=NOW).role_ids.tolist() == [is_open.pk]


def test_roles_look_the_same_from_every_part() -> None:
    gardening = rows.gardening()
    people = [rows.person(gardening, wish=f"花と{word}") for word in ("土", "水", "風")]
    rows.role(gardening)
    rows.role(title="本を読む")
    whole = load(now=NOW)
    for row, person in enumerate(people):
        part = load(now=NOW, who=Who(first=person.pk, last=person.pk))
        assert part.volunteer_ids.tolist() == [person.pk]
        np.testing.assert_array_equal(part.problem.roles.text, whole.problem.roles.text)
        np.testing.assert_array_equal(part.problem.volunteers.wish, whole.problem.volunteers.wish[[row]])


def test_who_may_be_contacted() -> None:
    yes = rows.person()
    without, paused, gone, withdrawn = VolunteerFactory(contact=None), rows.person(), rows.person(), rows.person()
    paused.paused_until = NOW.date()
    paused.save()
    gone.user.is_active = False
    gone.user.save()
    consents.withdraw(user=withdrawn.user, kind=ConsentKind.CONTACT, now=NOW)
    contact = people(load(now=NOW), "can_contact")
    assert contact[yes.pk]
    assert not any(contact[one.pk] for one in (without, paused, gone, withdrawn))


def test_a_guardian_is_needed_under_16_and_not_by_adults_whatever_the_role_says() -> None:
    with_guardian, without = JuniorFactory(), JuniorFactory(guardian=None)
    for years in (0, 17, 20):
        rows.role(guardian_under=years)
    data = load(now=NOW)
    assert data.problem.roles.guardian_under.tolist() == [16, 17, 18]
    has = people(data, "has_guardian")
    assert has[with_guardian.pk]
    assert not has[without.pk]
    assert people(data, "age")[without.pk] == without.age(NOW.date()) == 14


def test_a_qualification_counts_once_it_is_proved() -> None:
    said, shown = QualificationFactory(), QualificationFactory(proof=Proof.DOCUMENT)
    unproved, proved = rows.person(), rows.person()
    for volunteer in (unproved, proved):
        HeldQualificationFactory(volunteer=volunteer, qualification=said)
        at_desk = NOW if volunteer == proved else None
        HeldQualificationFactory(volunteer=volunteer, qualification=shown, confirmed_at=at_desk)
    held = people(load(now=NOW), "qualifications")
    assert (held[unproved.pk], held[proved.pk]) == (0b01, 0b11)


def test_access_that_is_about_the_place() -> None:
    AccessFeatureFactory(is_about_place=True), AccessFeatureFactory(), AccessFeatureFactory(is_about_place=True)
    assert load(now=NOW).problem.place_access == 0b101


def test_a_65th_feature_is_refused_and_not_forgotten() -> None:
    AccessFeatureFactory.create_batch(65)
    with pytest.raises(TooManyTerms):
        load(now=NOW)


def test_pairs_that_are_closed() -> None:
    volunteer = rows.person()
    placed, declined, left, free = (rows.role() for _ in range(4))
    PlacementFactory(volunteer=volunteer, slot=placed.slots.get())
    PlacementFactory(volunteer=volunteer, slot=left.slots.get(), cancelled_at=NOW)
    rows.suggestion(volunteer, declined).feedback.create(answer="decline", answered_at=NOW)
    rows.suggestion(volunteer, free).feedback.create(answer="decline", answered_at=NOW, undone_at=NOW)
    closed = load(now=NOW).problem.closed.toarray()[0]
    assert closed.tolist() == [True, True, False, False]


def test_a_day_that_differs_and_a_place_that_takes_up_time() -> None:
    volunteer, other = rows.person(), rows.person()
    slot = SlotFactory(starts_at=at(5, 9), ends_at=at(5, 10))
    PlacementFactory(volunteer=volunteer, slot=slot, busy=DateTimeTZRange(slot.starts_at, slot.ends_at))
    AvailabilityException.objects.create(volunteer=other, on=at(3, 0).date(), free=0b1)
    who = load(now=NOW).problem.volunteers
    said = zip(who.exception_volunteer.tolist(), who.exception_day.tolist(), who.exception_free.tolist(), strict=True)
    assert list(said) == [(0, 5, ALL_DAY & ~(0b11 << 18)), (1, 3, 0b1)]


def test_full_slots_and_slots_that_are_over() -> None:
    role = rows.role(capacity=1, starts_at=at(2, 9))
    full = role.slots.get()
    full.taken = 1
    full.save()
    SlotFactory(role=role, starts_at=at(-1, 9))
    SlotFactory(role=role, starts_at=at(3, 9), cancelled_at=NOW)
    SlotFactory(role=role, starts_at=at(28, 9))
    slots = load(now=NOW)
    assert slots.slot_ids.tolist() == [full.pk]
    assert slots.problem.slots.places_left.tolist() == [0]
    assert slots.problem.slots.starts_h.tolist() == [57.0]


def test_how_long_a_slot_may_still_wait() -> None:
    role = rows.role(capacity=4, starts_at=at(1, 9))
    fixed = role.slots.get()
    fixed.taken = 1
    fixed.save()
    SlotFactory(role=role, starts_at=at(-1, 9), ends_at=at(2, 12), minutes=30)  # begun, and open until its last moment
    slots = load(now=NOW).problem.slots
    assert slots.capacity.tolist() == [3, 4]
    assert slots.hours_left.tolist() == [49.5, 23.0]


def test_what_a_role_asks_of_newcomers() -> None:
    rows.role(effort=3, asks_first=True)
    rows.role(effort=1)
    roles = load(now=NOW).problem.roles
    assert roles.effort.tolist() == [3, 1]
    assert roles.asks_first.tolist() == [True, False]


def test_a_town_without_a_point_and_a_role_from_home() -> None:
    rows.person(town=TownFactory(lat=None, lng=None))
    rows.role(venue=None, is_online=True)
    problem = load(now=NOW).problem
    assert np.isnan(problem.volunteers.lat).all()
    assert np.isnan(problem.roles.lat).all()
    assert problem.roles.is_online.tolist() == [True]


def test_an_interest_reaches_its_relatives() -> None:
    field = ActivityFactory()
    child = ActivityFactory(parent=field)
    volunteer = rows.person(field)
    volunteer.avoids.add(field)
    problem = load(now=NOW).problem
    assert problem.volunteers.interests.toarray().tolist() == [[1.0, 0.5]]
    assert problem.volunteers.avoids.toarray().tolist() == [[1.0, 1.0]]
    assert child.parent_id == field.pk


def test_who_lives_where() -> None:
    town = TownFactory(lat=35.5, lng=139.6)
    rows.person(town=town, travel_limit_km=3.5)
    rows.role(venue=VenueFactory(lat=35.4, lng=139.5))
    problem = load(now=NOW).problem
    assert (problem.volunteers.lat[0], problem.volunteers.lng[0]) == (35.5, 139.6)
    assert (problem.roles.lat[0], problem.roles.lng[0]) == (35.4, 139.5)
    assert problem.volunteers.travel_limit_km.tolist() == [3.5]


def test_days_are_counted_from_the_local_day() -> None:
    late_in_london = dt.datetime(2027, 2, 28, 23, 30, tzinfo=dt.UTC)  # Monday morning in Yokohama
    rows.role(starts_at=at(5, 9))
    problem = load(now=late_in_london).problem
    assert problem.first_weekday == 0
    assert problem.slots.choice_day.tolist() == [5]


def people(data: Dataset, name: str) -> dict[int, int]:
    """Return volunteer id → the number or truth in this column."""
    return dict(zip(data.volunteer_ids.tolist(), getattr(data.problem.volunteers, name).tolist(), strict=True))


@pytest.mark.django_db
def test_it_reads_the_same_where_queries_are_logged(settings: Settings) -> None:
    settings.DEBUG = True
    volunteer = rows.person(rows.gardening())

    assert load(now=NOW).volunteer_ids.tolist() == [volunteer.pk]
