"""The schema keeps its promises about people: each constraint refuses a bad row, whoever writes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from tests.factories import (
    NOW,
    ApplicationFactory,
    AttendanceFactory,
    GuardianRequestFactory,
    HeldQualificationFactory,
    OrganisationFactory,
    PlacementFactory,
    PledgeFactory,
    SlotFactory,
    ThanksFactory,
    UploadFactory,
    VolunteerFactory,
    WaitingFactory,
    at,
)
from volunteers.models import Availability, AvailabilityException, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.models.availability import ALL_DAY

pytestmark = pytest.mark.django_db


def volunteer(**values: Any) -> None:
    made = VolunteerFactory()
    Volunteer.objects.filter(pk=made.pk).update(**values)


def week(weekly: list[int]) -> None:
    made = VolunteerFactory()
    Availability.objects.filter(volunteer=made).update(weekly=weekly)


def day(*frees: int) -> None:
    made = VolunteerFactory()
    for free in frees:
        AvailabilityException.objects.create(volunteer=made, on=NOW.date(), free=free)


def twice(factory: Any, *names: str, **values: Any) -> None:
    first = factory(**values)
    factory(**{name: getattr(first, name) for name in names})


def busy(first: int, last: int) -> DateTimeTZRange:
    return DateTimeTZRange(at(5, first), at(5, last))


def two_places(second: DateTimeTZRange | None) -> None:
    made = VolunteerFactory()
    PlacementFactory(volunteer=made, busy=busy(9, 11))
    PlacementFactory(volunteer=made, busy=second)


BAD_ROWS = [
    ("pledge_once_per_need", lambda: twice(PledgeFactory, "volunteer", "need")),
    ("upload_is_of_a_desk_or_an_organisation", lambda: UploadFactory(desk=None)),
    ("upload_is_of_a_desk_or_an_organisation", lambda: UploadFactory(organisation=OrganisationFactory())),
    ("volunteer_travel_limit_is_a_distance", lambda: volunteer(travel_limit_km=0)),
    ("volunteer_travel_limit_is_a_distance", lambda: volunteer(travel_limit_km=50.5)),
    ("volunteer_travel_limit_is_a_distance", lambda: volunteer(travel_limit_km=float("nan"))),
    ("volunteer_party_1_to_100", lambda: volunteer(party_size=0)),
    ("volunteer_party_1_to_100", lambda: volunteer(party_size=101)),
    ("volunteer_home_only_takes_online", lambda: volunteer(is_home_only=True, takes_online=False)),
    ("waiting_holds_what_it_offers", lambda: WaitingFactory(held=1)),
    ("held_qualification_once", lambda: twice(HeldQualificationFactory, "volunteer", "qualification")),
    ("availability_has_seven_days", lambda: week([0] * 6)),
    ("availability_has_seven_days", lambda: week([0] * 8)),
    ("availability_is_48_half_hours", lambda: week([0] * 6 + [ALL_DAY + 1])),
    ("availability_is_48_half_hours", lambda: week([-1] + [0] * 6)),
    ("availability_exception_once_per_day", lambda: day(0, 1)),
    ("exception_is_48_half_hours", lambda: day(-1)),
    ("exception_is_48_half_hours", lambda: day(ALL_DAY + 1)),
    ("application_one_alive_per_slot", lambda: twice(ApplicationFactory, "volunteer", "slot")),
    (
        "application_one_alive_per_slot",
        lambda: twice(ApplicationFactory, "volunteer", "slot", status=ApplicationStatus.ACCEPTED),
    ),
    ("placement_once_per_slot", lambda: twice(PlacementFactory, "volunteer", "slot")),
    ("placement_takes_a_place", lambda: PlacementFactory(places=0)),
    ("placement_not_in_two_places_at_once", lambda: two_places(busy(10, 12))),
    ("placement_not_in_two_places_at_once", lambda: two_places(busy(8, 12))),
    ("placement_not_in_two_places_at_once", lambda: two_places(busy(9, 11))),
    ("attendance_at_most_a_day", lambda: AttendanceFactory(minutes=1441)),
    ("attendance_minutes_of_who_came", lambda: AttendanceFactory(came=False, minutes=1)),
    ("waiting_once_per_slot", lambda: twice(WaitingFactory, "volunteer", "slot")),
    ("waiting_offer_is_whole", lambda: WaitingFactory(offered_at=NOW)),
    ("waiting_offer_is_whole", lambda: WaitingFactory(offered_until=NOW)),
    ("thanks_says_something", lambda: ThanksFactory(text="")),
    ("guardian_request_one_open", lambda: twice(GuardianRequestFactory, "volunteer")),
    ("guardian_answer_is_whole", lambda: GuardianRequestFactory(answered_at=NOW)),
    ("guardian_answer_is_whole", lambda: GuardianRequestFactory(is_given=False)),
]


@pytest.mark.parametrize(
    ("constraint", "write"), BAD_ROWS, ids=[f"{name}-{n}" for n, (name, _w) in enumerate(BAD_ROWS)]
)
def test_a_bad_row_is_refused(constraint, write):
    with pytest.raises(IntegrityError) as caught:
        write()
    assert caught.value.__cause__.diag.constraint_name == constraint


def test_every_constraint_is_tried():
    promised = {c.name for model in apps.get_app_config("volunteers").get_models() for c in model._meta.constraints}
    assert promised == {name for name, _write in BAD_ROWS}


def test_good_rows_at_the_edges_are_kept():
    two_places(busy(11, 13))
    two_places(None)
    week([ALL_DAY] * 7)
    day(ALL_DAY)
    slot, person = SlotFactory(), VolunteerFactory(travel_limit_km=50, party_size=100)
    PlacementFactory(slot=slot, volunteer=person, cancelled_at=NOW)
    PlacementFactory(slot=slot, volunteer=person)
    ApplicationFactory(slot=slot, volunteer=person, status=ApplicationStatus.DECLINED)
    ApplicationFactory(slot=slot, volunteer=person)
    AttendanceFactory(minutes=1440)
    AttendanceFactory(came=False, minutes=0)
    WaitingFactory(slot=slot, volunteer=person, ended_at=NOW)
    WaitingFactory(slot=slot, volunteer=person, offered_at=NOW, offered_until=at(1, 10))
    asked = GuardianRequestFactory(answered_at=NOW, is_given=False)
    GuardianRequestFactory(volunteer=asked.volunteer, guardian=asked.guardian)


@pytest.mark.parametrize("factory", [AttendanceFactory, ThanksFactory])
def test_what_is_said_of_a_placement_is_said_once(factory):
    first = factory()
    with pytest.raises(IntegrityError, match="placement_id"):
        factory(placement=first.placement)


def test_an_application_is_named_in_public_by_a_random_id_of_its_own():
    first, second = ApplicationFactory(), ApplicationFactory()
    assert (first.public_id.version, second.public_id.version) == (4, 4)
    assert first.public_id != second.public_id
    with pytest.raises(IntegrityError, match="public_id"):
        ApplicationFactory(public_id=first.public_id)
