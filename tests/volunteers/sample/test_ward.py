from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Count, F, Sum
from django.utils import timezone
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind
from matching.services.coordinating import figures, gaps, today
from notifications.models import ContactPoint, Notification
from organisations.models import Activity, District, Membership, Organisation, Role, Slot, SupportDesk, Town, Venue
from organisations.models.organisation import Approval, Kind
from organisations.models.pattern import When
from organisations.models.role import Insurance, RoleStatus
from organisations.services.roles import closing
from organisations.services.teams import gathering
from volunteers.models import Attendance, AvailabilityException, Placement, Thanks, Volunteer
from volunteers.sample import ward
from volunteers.sample.ward import WardLoaded
from volunteers.services.attendance import hours, recording
from volunteers.services.teams import team_hours

NOW = dt.datetime(2026, 11, 24, 8, tzinfo=timezone.get_default_timezone())
NOBODYS_NUMBER = re.compile(r"045-000-\d{4}")
OURS = ("accounts", "notifications", "organisations", "volunteers")


# Each test runs in a savepoint of its own within the transaction of `loaded`.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[WardLoaded]:
    """The ward, written once for this file, and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield ward.load(now=NOW)
        transaction.set_rollback(True)


def _everything() -> dict[str, list[tuple[object, ...]]]:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


def test_the_second_time_nothing_changes(loaded: WardLoaded) -> None:
    before = _everything()
    assert ward.load(now=NOW + dt.timedelta(hours=3)) == loaded
    assert _everything() == before


def test_organisations_of_all_kinds_ask_for_all_kinds_of_things(loaded: WardLoaded) -> None:
    assert loaded.organisations == Organisation.objects.approved().filter(is_sample=True).count() >= 12
    assert set(Organisation.objects.values_list("kind", flat=True)) == set(Kind.values)
    assert loaded.roles == Role.objects.open().count() >= 40
    roles = Role.objects.annotate(asks=Count("qualifications"))
    assert roles.filter(is_online=True).count() >= 4
    assert roles.filter(asks_first=True).exists()
    assert roles.filter(takes_groups=True).exists()
    assert roles.filter(asks__gt=0).exists()
    assert set(roles.values_list("insurance", flat=True)) >= {Insurance.CIVIC, Insurance.EVENT, Insurance.ORGANISER}
    assert not roles.filter(title_en="").exists()
    assert not roles.filter(title_easy="").exists()
    assert not roles.filter(search_text="").exists()
    assert len(set(roles.values_list("role_activities__activity__parent", flat=True))) >= 15


def test_the_slots_are_fixed_ones_and_windows_and_free(loaded: WardLoaded) -> None:
    slots = Slot.objects.free(NOW).filter(role__status=RoleStatus.OPEN)
    assert slots.count() == loaded.slots
    assert slots.filter(minutes=None).exists()
    assert slots.filter(minutes__isnull=False).exists()
    assert set(slots.values_list("role", flat=True)) == set(loaded.role_ids.values())


def test_who_comes_reads_about_toilets_and_whom_to_ring_on_the_day(loaded: WardLoaded) -> None:
    assert not Venue.objects.filter(toilets="").exists()
    assert Role.objects.open().exclude(contact="").count() >= 10


def test_people_of_very_different_lives_help(loaded: WardLoaded) -> None:
    people = {key: Volunteer.objects.get(pk=pk) for key, pk in loaded.volunteer_ids.items()}
    today = timezone.localdate(NOW)
    assert len(people) >= 50
    ages = [person.age(today) for person in people.values()]
    assert min(ages) < 12
    assert max(ages) > 80
    assert people["umeno"].user.email is None
    assert people["umeno"].age(today) == 75
    assert people["umeno"].registered_by is not None
    assert people["minetomo"].party_size == 10
    assert people["hiromi"].is_home_only
    assert people["fumika"].is_paused(today)
    assert people["emily"].user.language == "en"
    assert {"x.wheelchair", "x.mf_toilet"} <= set(people["ryo"].access_needs.values_list("code", flat=True))
    assert AvailabilityException.objects.filter(volunteer=people["nanae"]).count() >= 2
    assert all(any(person.availability.weekly) for person in people.values())


def test_what_they_agreed_to_is_kept_word_for_word(loaded: WardLoaded) -> None:
    assert Consent.objects.filter(kind=ConsentKind.TERMS).count() == loaded.volunteers
    unasked = Volunteer.objects.exclude(user__consents__kind=ConsentKind.CONTACT)
    assert [person.user.name for person in unasked] == ["城所 かずや"]
    minors = [person for person in Volunteer.objects.all() if person.age(timezone.localdate(NOW)) < 18]
    guarded = {person for person in minors if person.user.consents.filter(kind=ConsentKind.GUARDIAN).exists()}
    assert len(guarded) >= 2
    assert len(minors) - len(guarded) == 1


def test_two_desks_marked_as_samples_look_after_every_town(loaded: WardLoaded) -> None:
    desks = SupportDesk.objects.all()
    assert desks.count() == 2
    assert all("見本" in desk.organisation.name and desk.memberships.exists() for desk in desks)
    assert not Town.objects.filter(support_desks=None).exists()


def test_something_waits_for_a_coordinator_and_one_area_has_two(loaded: WardLoaded) -> None:
    waiting = Organisation.objects.get(approval=Approval.WAITING)
    assert waiting.memberships.exists()
    plain, with_children = Role.objects.filter(status=RoleStatus.WAITING).order_by("is_with_children")
    assert plain.slots.exists()
    assert with_children.slots.exists()
    assert with_children.reviews.count() == 1
    assert sorted(SupportDesk.objects.annotate(people=Count("memberships")).values_list("people", flat=True)) == [1, 2]


def test_the_coordinator_one_signs_in_as_has_something_of_each_kind_to_do(loaded: WardLoaded) -> None:
    email = next(one.email for one in loaded.sign_ins if one.kind == "coordinator")
    told = today.of(user=User.objects.get(email=email), now=NOW)
    assert told.lines.organisations.all == 1
    assert [(one.has_first_look, one.has_looked) for one in told.roles.rows if one.is_with_children] == [(True, False)]
    assert told.roles.all == 1
    assert [host.organisation.name for host in told.silent] == ["若葉台ちょこっと便"]
    assert [one.volunteer.user.name for one in told.juniors] == ["樋渡 はるき"]
    assert sorted(one.user.name for one in told.to_greet.rows) == ["一色 かえで", "千葉野 まゆみ", "棚橋 たもつ"]


def test_what_is_with_children_was_looked_at_by_two_people(loaded: WardLoaded) -> None:
    roles = Role.objects.open().filter(is_with_children=True)
    assert roles.count() >= 3
    assert all(role.reviews.values("by").distinct().count() == 2 for role in roles)


def test_there_is_somebody_of_each_kind_to_sign_in_as(loaded: WardLoaded) -> None:
    sign_ins = {one.kind: User.objects.get(email=one.email) for one in loaded.sign_ins}
    assert sign_ins["volunteer"].volunteer.town.has_point
    assert sign_ins["junior"].volunteer.age(timezone.localdate(NOW)) < 16
    assert Membership.objects.filter(user=sign_ins["host"]).exists()
    assert sign_ins["coordinator"].desk_memberships.exists()
    assert sign_ins["staff"].is_staff
    assert not any(user.has_usable_password() for user in sign_ins.values())


def test_nobody_real_is_named_reached_or_told_anything(loaded: WardLoaded) -> None:
    numbers = [*Organisation.objects.exclude(phone="").values_list("phone", flat=True)]
    numbers += ContactPoint.objects.filter(channel="call_list").values_list("address", flat=True)
    assert numbers
    assert all(NOBODYS_NUMBER.fullmatch(number) for number in numbers)
    said = " ".join(Role.objects.values_list("contact", flat=True))
    assert re.findall(r"\d[\d-]{5,}", said) == NOBODYS_NUMBER.findall(said) != []
    addresses = [*User.objects.exclude(email=None).values_list("email", flat=True)]
    addresses += Organisation.objects.exclude(email="").values_list("email", flat=True)
    assert all(str(address).endswith("@yaritai.example") for address in addresses)
    assert not Venue.objects.exclude(address="").exists()
    assert not Notification.objects.exists()


def test_somebody_took_part_before_and_was_thanked(loaded: WardLoaded) -> None:
    over = Role.objects.filter(status=RoleStatus.CLOSED)
    assert over.count() >= 8
    assert not {role.pk for role in over} & set(loaded.role_ids.values())
    assert not Slot.objects.filter(role__in=over, ends_at__gt=NOW).exists()
    counted = Slot.objects.filter(role__in=over).annotate(places=Sum("placements__places"))
    assert not counted.exclude(taken=F("places")).exists()
    assert {row.people > 1 for row in Attendance.objects.filter(came=True)} == {True, False}
    assert Attendance.objects.filter(came=False).exists()
    assert Thanks.objects.exists()
    assert not Thanks.objects.exclude(placement__attendance__came=True).exists()
    assert not Placement.objects.filter(agreed_at__lt=F("volunteer__created_at")).exists()
    assert not Attendance.objects.filter(recorded_at__gt=NOW).exists()
    assert not Thanks.objects.filter(at__gt=NOW).exists()


def test_the_volunteer_one_signs_in_as_has_a_record(loaded: WardLoaded) -> None:
    for kind in ("volunteer", "english", "junior"):
        email = next(one.email for one in loaded.sign_ins if one.kind == kind)
        record = hours.of(Volunteer.objects.get(user__email=email), now=NOW)
        assert record.minutes > 0
        assert any(line.thanks for line in record.lines)


def test_a_time_of_the_host_one_signs_in_as_is_not_written_down_yet(loaded: WardLoaded) -> None:
    email = next(one.email for one in loaded.sign_ins if one.kind == "host")
    days = recording.days_of(Organisation.objects.filter(memberships__user__email=email), until=NOW)
    rows = [vars(day) for day in days]
    assert {row["recorded"] == row["coming"] for row in rows} == {True, False}


def test_the_coordinator_one_signs_in_as_sees_a_month_with_people_in_it(loaded: WardLoaded) -> None:
    email = next(one.email for one in loaded.sign_ins if one.kind == "coordinator")
    rows = figures.by_district(coordinator=User.objects.get(email=email), month=NOW.date().replace(day=1))
    assert sum(row.first_timers for row in rows) >= 3
    assert sum(row.groups_helped for row in rows) >= 3


def test_everybody_reads_what_two_districts_wish_for_in_vain_whatever_the_key(
    loaded: WardLoaded, settings: Settings
) -> None:
    expected = {("kamishirane", "green"), ("sakonyama", "place")}
    districts, fields = District.objects.in_bulk(), Activity.objects.in_bulk()
    for number in range(10):
        settings.SECRET_KEY = f"a key of its own, {number}"
        shown = [cell for cell in gaps.public(now=NOW) if cell.wishes >= 5]
        assert expected <= {(districts[cell.district_id].code, fields[cell.activity_id].code) for cell in shown}


def test_the_company_one_signs_in_as_has_hours_and_room_for_ten_on_a_weekday(loaded: WardLoaded) -> None:
    company = Organisation.objects.get(pk=loaded.organisation_ids["mineoka"])
    assert company.memberships.filter(user__email=loaded.sign_ins[4].email).exists()
    assert [(month.people, month.minutes) for month in team_hours.public(company)] == [(8, 630), (6, 480)]
    week = [one for one in When if one.weekday < 5]
    ten = gathering.create(organisation=company, name="総務部", size=10, minutes=180, when=week, now=NOW, actor=None)
    slot = gathering.room_for(ten, now=NOW)[0]
    assert slot.role_id == loaded.role_ids["kodachi.garden"]
    assert slot.ends_at - slot.starts_at == dt.timedelta(hours=3)


def test_months_later_the_roles_open_again_with_new_times(loaded: WardLoaded) -> None:
    later = NOW + dt.timedelta(days=70)
    closing.close_past(now=later)
    assert not Role.objects.open().exists()
    again = ward.load(now=later)
    assert again.role_ids == loaded.role_ids
    assert Role.objects.filter(status=RoleStatus.OPEN).count() == loaded.roles
    assert Slot.objects.free(later).count() == again.slots == loaded.slots
