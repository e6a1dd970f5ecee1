"""What one change would open up is what there would be after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import override

from matching import dataset
from matching.dataset import one_role, past
from matching.dataset.changes import Idea, Kind
from matching.engine.twin import SlowTwin
from matching.services.explaining import changes
from matching.services.explaining.changes import Opened
from organisations.models import AccessFeature, Qualification, Role, Slot, Venue
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    HeldQualificationFactory,
    JuniorFactory,
    PlacementFactory,
    QualificationFactory,
    SlotFactory,
    TownFactory,
    at,
)
from tests.matching import rows
from volunteers.models import Volunteer
from volunteers.services.people import availability

pytestmark = pytest.mark.django_db

SATURDAY = 5


def free(day: int, first: int, last: int, **fields: Any) -> Volunteer:
    """Somebody who is free on one weekday alone, from one hour to another."""
    volunteer = rows.person(**fields)
    week = [availability.bits(first * 60, last * 60) if day == one else 0 for one in range(7)]
    availability.set_weekly(volunteer=volunteer, weekly=week, now=NOW, actor=None)
    return volunteer


def demanding() -> Role:
    """A role on two Saturdays with every condition there is."""
    role = rows.role(starts_at=at(5, 9), min_age=16, max_age=70, guardian_under=18, capacity=2)
    role.qualifications.add(QualificationFactory(), QualificationFactory())
    role.access.add(AccessFeatureFactory())
    AccessFeatureFactory()
    SlotFactory(role=role, starts_at=at(12, 9), ends_at=at(12, 10), capacity=2)
    return role


def people_for(role: Role) -> None:
    """People of whom each is shut out by one thing, and some by none."""
    needed = list(role.qualifications.order_by("pk"))
    known, unknown = AccessFeature.objects.order_by("pk")

    def qualified(volunteer: Volunteer, *, but: int | None = None) -> Volunteer:
        for qualification in needed:
            if qualification.pk != but:
                HeldQualificationFactory(volunteer=volunteer, qualification=qualification)
        return volunteer

    for _ in range(2):
        qualified(free(SATURDAY, 9, 11)).access_needs.add(known)
    qualified(rows.person()).access_needs.add(unknown)
    qualified(rows.person(), but=needed[0].pk)
    qualified(rows.person(party_size=2))
    qualified(rows.person(born_on=dt.date(1950, 1, 1)))
    qualified(JuniorFactory(town=rows.a_town()))
    qualified(JuniorFactory(town=rows.a_town(), born_on=dt.date(2010, 6, 1), guardian=None))
    for day, first, last in [
        (5, 8, 10),
        (5, 10, 12),
        (6, 9, 11),
        (2, 9, 11),
        (5, 10, 12),
        (5, 9, 10),
        (0, 9, 10),
        (5, 10, 11),
    ]:
        qualified(free(day, first, last))
    qualified(free(SATURDAY, 9, 11, party_size=2))
    qualified(rows.person(town=TownFactory(lat=35.6)))


def carry_out(role: Role, idea: Idea) -> None:
    """Change the rows themselves, as whoever follows the advice would."""
    slots = Slot.objects.filter(role=role)
    by: dict[Kind, Callable[[], object]] = {
        Kind.EARLIER: lambda: _move(slots, lambda _: -idea.value),
        Kind.LATER: lambda: _move(slots, lambda _: idea.value),
        Kind.WEEKDAY: lambda: _move(slots, lambda slot: _to(slot, idea.value) * 24 * 60),
        Kind.PIECES: lambda: slots.filter(ends_at__gt=F("starts_at") + dt.timedelta(minutes=90)).update(
            minutes=idea.value
        ),
        Kind.PLACE: lambda: slots.update(capacity=F("capacity") + 1),
        Kind.GROUPS: lambda: Role.objects.update(takes_groups=True),
        Kind.MIN_AGE: lambda: Role.objects.update(min_age=0),
        Kind.MAX_AGE: lambda: Role.objects.update(max_age=None),
        Kind.GUARDIAN: lambda: Role.objects.update(guardian_under=16),
        Kind.QUALIFICATION: lambda: role.qualifications.remove(Qualification.objects.get(pk=idea.value)),
        Kind.ACCESS: lambda: role.access.add(AccessFeature.objects.get(pk=idea.value)),
    }
    by[idea.kind]()


def _move(slots: object, minutes: Callable[[Slot], int]) -> None:
    for slot in slots:  # type: ignore[attr-defined]
        by = dt.timedelta(minutes=minutes(slot))
        Slot.objects.filter(pk=slot.pk).update(starts_at=slot.starts_at + by, ends_at=slot.ends_at + by)


def _to(slot: Slot, weekday: int) -> int:
    """The nearest such day that is not too soon, of those within a week."""
    start = localtime(slot.starts_at)
    days = [by for by in range(-6, 7) if (start + dt.timedelta(days=by)).weekday() == weekday]
    return min((by for by in days if start + dt.timedelta(days=by) > NOW + dt.timedelta(hours=12)), key=abs)


def could_come(role: Role) -> int:
    """As the slow twin counts it, in a problem read anew."""
    data = dataset.load(now=NOW)
    return int(SlowTwin(data.problem).tally().could_come[data.role_ids.tolist().index(role.pk)])


def test_every_change_opens_the_role_as_carrying_it_out_would() -> None:
    role = demanding()
    people_for(role)
    rows.role(starts_at=at(3, 9))
    tried = changes.tried(role=role, now=NOW)
    before = could_come(role)
    assert before == 4
    assert {idea.kind for idea in tried} == set(Kind)
    for idea, more in tried.items():
        with transaction.atomic():
            carry_out(role, idea)
            assert could_come(role) - before == more, idea
            transaction.set_rollback(True)
    assert {idea.kind for idea, more in tried.items() if more} == set(Kind) - {Kind.PLACE}
    assert any(more < 0 for more in tried.values())


def test_a_full_role_needs_a_place_more() -> None:
    role = rows.role()
    rows.person()
    Slot.objects.update(taken=F("capacity"))
    assert changes.for_coordinator(role=role, now=NOW) == [Opened("1回の人数を1人ふやす", 1)]


def test_the_most_first_in_plain_words() -> None:
    role = rows.role(starts_at=at(5, 9), min_age=50, status="draft")
    for _ in range(2):
        free(SATURDAY, 9, 10, born_on=dt.date(1950, 1, 1))
    rows.person()
    told = changes.for_coordinator(role=role, now=NOW)
    assert told == [
        Opened("「このうち30分だけ」でもよいことにする", 2),
        Opened("「このうち1時間だけ」でもよいことにする", 2),
        Opened("「50歳から」という決まりをなくす", 1),
    ]
    with override("en"):
        assert "50" in changes.for_coordinator(role=role, now=NOW)[2].what


def test_nothing_to_change_where_everybody_could_come() -> None:
    role = rows.role()
    rows.person()
    assert changes.for_coordinator(role=role, now=NOW) == []


def test_a_role_done_from_home_asks_everybody_who_takes_such() -> None:
    role = rows.role(is_online=True, venue=None, min_age=50)
    for _ in range(2):
        rows.person(town=TownFactory(lat=36.5))
    rows.person(takes_online=False)
    assert changes.for_coordinator(role=role, now=NOW) == [Opened("「50歳から」という決まりをなくす", 2)]


def test_a_role_whose_slots_are_over_has_its_conditions_still() -> None:
    role = rows.role(starts_at=at(-5, 9), min_age=50)
    rows.person()
    assert set(changes.tried(role=role, now=NOW)) >= {Idea(Kind.MIN_AGE, 50)}
    assert changes.for_coordinator(role=role, now=NOW) == []


def test_a_slot_that_has_begun_is_left_where_it_is() -> None:
    role = rows.role(starts_at=NOW - dt.timedelta(minutes=30))
    free(0, 9, 18)
    assert changes.for_coordinator(role=role, now=NOW) == []


def test_a_weekday_out_of_sight_is_looked_for_on_the_near_side() -> None:
    role = rows.role(starts_at=at(27, 9))  # the last Sunday that is looked at
    free(0, 9, 11)
    assert changes.for_coordinator(role=role, now=NOW)[0] == Opened("同じ時間のまま、月曜日にする", 1)


def test_only_who_is_near_is_read() -> None:
    role = rows.role()
    near, farther = rows.person(), rows.person(town=TownFactory(lat=35.6), travel_limit_km=50.0)
    rows.person(town=TownFactory(lat=35.6))
    rows.person(town=TownFactory(lat=None, lng=None), travel_limit_km=50.0)
    assert one_role.near(role) == [near.pk, farther.pk]
    Venue.objects.filter(roles=role).update(lat=35.6)
    assert one_role.near(Role.objects.get(pk=role.pk)) == [farther.pk, *_at_the_venue()]


def _at_the_venue() -> list[int]:
    return list(Volunteer.objects.filter(town__lat=35.6, travel_limit_km=2.0).values_list("pk", flat=True))


def test_one_role_is_read_as_among_all() -> None:
    role = demanding()
    people_for(role)
    activity = rows.gardening()
    role.role_activities.create(activity=activity, position=0)
    role.role_activities.create(activity=rows.reading(), position=1)
    rows.role(activity)
    Role.objects.filter(pk=role.pk).update(title_en="Flowers", summary_en="Water them.")
    whole = dataset.load(now=NOW)
    row = whole.role_ids.tolist().index(role.pk)
    alone, slots = one_role.read(
        role=Role.objects.get(pk=role.pk),
        volunteer_ids=whole.volunteer_ids.tolist(),
        days=dataset.days_from(NOW),
        now=NOW,
        with_past=True,
    )
    for name in ("lat", "is_approved", "min_age", "max_age", "guardian_under", "qualifications", "access", "text"):
        np.testing.assert_array_equal(getattr(alone.roles, name), getattr(whole.problem.roles, name)[[row]], name)
    for name in ("activities", "skills"):
        one, other = getattr(alone.roles, name), getattr(whole.problem.roles, name)[[row]]
        np.testing.assert_array_equal(one.toarray(), other.toarray(), name)
    assert slots.tolist() == [slot.pk for slot in role.slots.order_by("starts_at")]


def test_what_people_did_before_is_not_read_and_changes_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is most of what there is to read, and who could come does not depend on it."""
    role = demanding()
    people_for(role)
    over = SlotFactory(role=rows.role(), starts_at=NOW - dt.timedelta(hours=5), ends_at=NOW - dt.timedelta(hours=4))
    for volunteer in Volunteer.objects.all():
        PlacementFactory(volunteer=volunteer, slot=over)
    asked = one_role.read
    with monkeypatch.context() as patched:
        patched.setattr(one_role, "read", lambda **how: asked(**how | {"with_past": True}))
        with_all = changes.tried(role=role, now=NOW)
    assert any(with_all.values())
    monkeypatch.setattr(past, "read", lambda *_args: pytest.fail("what people did was read"))
    assert changes.tried(role=role, now=NOW) == with_all
