"""Joining: at once or asked first, and every named reason for a no."""

from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import Notification
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from organisations.models.vocabulary import Proof
from organisations.services.words import TextTooLong, UnreadableText
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    HeldQualificationFactory,
    JuniorFactory,
    MembershipFactory,
    QualificationFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    VolunteerFactory,
    at,
)
from volunteers.models import Application, Placement
from volunteers.services.taking_part import joining, placements

pytestmark = pytest.mark.django_db


def join(volunteer, slot, **more):
    return joining.join(volunteer=volunteer, slot=slot, now=NOW, actor=volunteer.user, **more)


def test_a_place_is_taken_at_once():
    slot, volunteer = SlotFactory(), VolunteerFactory()
    placement = join(volunteer, slot)
    assert isinstance(placement, Placement)
    slot.refresh_from_db()
    assert slot.taken == 1
    assert (placement.busy.lower, placement.busy.upper) == (slot.starts_at, slot.ends_at)


def test_the_person_is_told():
    volunteer, slot = VolunteerFactory(), SlotFactory()
    join(volunteer, slot)
    letter = Notification.objects.get(user=volunteer.user)
    assert letter.kind == "placement_confirmed"
    assert slot.role.title in letter.title
    assert "3月6日(土) 9:00" in letter.body


def test_the_last_place_fills_the_role():
    slot = SlotFactory(capacity=1)
    join(VolunteerFactory(), slot)
    slot.role.refresh_from_db()
    assert slot.role.status == RoleStatus.FILLED
    with pytest.raises(joining.SlotFull, match="満員"):
        join(VolunteerFactory(), slot)


def test_another_free_slot_keeps_the_role_open():
    slot = SlotFactory(capacity=1)
    SlotFactory(role=slot.role, starts_at=at(6, 9))
    join(VolunteerFactory(), slot)
    slot.role.refresh_from_db()
    assert slot.role.status == RoleStatus.OPEN


def test_a_party_takes_as_many_places_as_people():
    slot, party = SlotFactory(role__takes_groups=True, capacity=5), VolunteerFactory(party_size=3)
    join(party, slot)
    slot.refresh_from_db()
    assert slot.taken == 3
    with pytest.raises(joining.SlotFull):
        join(VolunteerFactory(party_size=3), slot)


def test_asking_first_makes_an_application_and_takes_no_place():
    slot, member = SlotFactory(role__asks_first=True), None
    member = MembershipFactory(organisation=slot.role.organisation)
    application = join(VolunteerFactory(), slot, note=" よろしくお願いします ")
    assert isinstance(application, Application)
    assert application.note == "よろしくお願いします"
    assert application.released_at == NOW
    slot.refresh_from_db()
    assert slot.taken == 0
    assert Notification.objects.filter(user=member.user, kind="application_waiting").exists()


def test_under_16_a_coordinator_looks_first():
    junior, slot = JuniorFactory(), SlotFactory()
    desk = SupportDeskFactory(towns=[junior.town])
    coordinator = DeskMembershipFactory(desk=desk).user
    member = MembershipFactory(organisation=slot.role.organisation).user
    application = join(junior, slot)
    assert application.released_at is None
    assert Notification.objects.filter(user=coordinator, kind="application_to_check").exists()
    assert not Notification.objects.filter(user=member).exists()


def test_on_the_sixteenth_birthday_it_is_a_place():
    person = JuniorFactory(born_on=dt.date(2011, 3, 1))
    assert isinstance(join(person, SlotFactory()), Placement)
    day_younger = JuniorFactory(born_on=dt.date(2011, 3, 2))
    assert isinstance(join(day_younger, SlotFactory()), Application)


@pytest.mark.parametrize(
    ("person", "role", "reason"),
    [
        ({"born_on": dt.date(2007, 3, 2)}, {"min_age": 20}, joining.TooYoung),
        ({"born_on": dt.date(1956, 3, 1)}, {"max_age": 70}, joining.TooOld),
        ({"born_on": dt.date(2010, 3, 1)}, {}, joining.NeedsGuardian),
        ({"born_on": dt.date(2013, 3, 1)}, {"guardian_under": 0}, joining.NeedsGuardian),
        ({"party_size": 2}, {}, joining.NoGroups),
    ],
)
def test_the_conditions_of_a_role_each_have_a_name(person, role, reason):
    slot = SlotFactory(role=RoleFactory(**role))
    with pytest.raises(reason) as caught:
        join(VolunteerFactory(**person), slot)
    assert isinstance(caught.value, joining.NotAllowed)
    slot.refresh_from_db()
    assert slot.taken == 0


def test_adults_need_no_guardian_whatever_the_role_says():
    adult = VolunteerFactory(born_on=dt.date(2009, 3, 1))
    assert isinstance(join(adult, SlotFactory(role=RoleFactory(guardian_under=20))), Placement)


@pytest.mark.parametrize(
    ("proof", "confirmed_at", "is_enough"),
    [
        (Proof.SELF, None, True),
        (Proof.DOCUMENT, None, False),
        (Proof.DOCUMENT, NOW, True),
    ],
)
def test_a_qualification_counts_once_it_is_shown(proof, confirmed_at, is_enough):
    qualification = QualificationFactory(proof=proof)
    slot = SlotFactory(role=RoleFactory(qualifications=[qualification]))
    held = HeldQualificationFactory(qualification=qualification, confirmed_at=confirmed_at)
    if is_enough:
        assert isinstance(join(held.volunteer, slot), Placement)
    else:
        with pytest.raises(joining.NeedsQualification, match=qualification.ja):
            join(held.volunteer, slot)


@pytest.mark.parametrize(
    "slot",
    [
        {"starts_at": at(0, 9), "ends_at": at(0, 12)},
        {"starts_at": NOW, "ends_at": at(0, 12)},
        {"starts_at": at(-1, 9), "ends_at": at(0, 10, 20), "minutes": 30},
        {"cancelled_at": NOW},
    ],
)
def test_what_is_over_cannot_be_joined(slot):
    with pytest.raises(joining.SlotOver):
        join(VolunteerFactory(), SlotFactory(**slot))


def test_a_window_can_be_joined_while_its_minutes_remain():
    slot = SlotFactory(starts_at=at(-1, 9), ends_at=at(0, 10, 30), minutes=30)
    assert join(VolunteerFactory(), slot).busy is None


@pytest.mark.parametrize("status", sorted(set(RoleStatus) - {RoleStatus.OPEN, RoleStatus.FILLED}))
def test_only_an_open_role_can_be_joined(status):
    with pytest.raises(joining.RoleNotOpen):
        join(VolunteerFactory(), SlotFactory(role__status=status))


def test_a_suspended_organisation_takes_nobody():
    with pytest.raises(joining.RoleNotOpen):
        join(VolunteerFactory(), SlotFactory(role__organisation__approval=Approval.SUSPENDED))


def test_twice_is_named():
    volunteer, slot = VolunteerFactory(), SlotFactory(capacity=1)
    join(volunteer, slot)
    with pytest.raises(joining.AlreadyJoined):
        join(volunteer, slot)
    asking = SlotFactory(role__asks_first=True, starts_at=at(8, 9))
    join(volunteer, asking)
    with pytest.raises(joining.AlreadyJoined):
        join(volunteer, asking)


def test_a_clash_names_the_other_role():
    volunteer, first = VolunteerFactory(), SlotFactory(role__title="夏まつりの受付")
    join(volunteer, first)
    overlapping = SlotFactory(starts_at=at(5, 10, 59))
    with pytest.raises(joining.Clash, match="夏まつりの受付") as caught:
        join(volunteer, overlapping)
    assert caught.value.slot == first
    overlapping.refresh_from_db()
    assert overlapping.taken == 0


def test_one_after_the_other_is_no_clash():
    volunteer = VolunteerFactory()
    join(volunteer, SlotFactory())
    join(volunteer, SlotFactory(starts_at=at(5, 11)))
    join(volunteer, SlotFactory(starts_at=at(5, 9), ends_at=at(5, 12), minutes=30))
    assert volunteer.placements.count() == 3


def test_cancel_and_join_again():
    volunteer, slot = VolunteerFactory(), SlotFactory(capacity=1)
    first = join(volunteer, slot)
    placements.cancel(placement=first, now=NOW, actor=volunteer.user)
    slot.role.refresh_from_db()
    assert slot.role.status == RoleStatus.OPEN
    second = join(volunteer, slot)
    assert second.pk != first.pk
    slot.refresh_from_db()
    assert slot.taken == 1


@pytest.mark.parametrize(
    ("note", "error"),
    [
        ("あ" * 501, TextTooLong),
        ("あ" * 5_000_000, TextTooLong),
        ("a\x00b", UnreadableText),
        ("\ud800", UnreadableText),
    ],
)
def test_a_bad_note_is_refused(note, error):
    with pytest.raises(error):
        join(VolunteerFactory(), SlotFactory(role__asks_first=True), note=note)
    assert not Application.objects.exists()
