"""Leaving, and calling off: places come back, people hear."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from notifications.models import Delivery, Notification
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.roles.held import WrongStatus
from organisations.services.times.slots import SlotIsCancelled
from tests.factories import (
    NOW,
    JuniorFactory,
    MembershipFactory,
    RoleFactory,
    SlotFactory,
    UserFactory,
    VolunteerFactory,
    at,
)
from volunteers.models import Application, Placement
from volunteers.models.application import ApplicationStatus
from volunteers.services.refusals import AlreadyCancelled, SlotOver
from volunteers.services.taking_part import applications, joining, placements
from volunteers.services.telling import letters

pytestmark = pytest.mark.django_db


def join(volunteer, slot):
    return joining.join(volunteer=volunteer, slot=slot, now=NOW, actor=volunteer.user)


def told(user):
    return list(Notification.objects.filter(user=user).order_by("created_at", "kind").values_list("kind", flat=True))


def test_leaving_gives_the_places_back_and_the_organisation_hears():
    slot, party = SlotFactory(role__takes_groups=True, capacity=4), VolunteerFactory(party_size=4)
    member = MembershipFactory(organisation=slot.role.organisation).user
    placement = join(party, slot)
    party.party_size = 2  # changed since: what was taken is what comes back
    party.save()
    ended = placements.cancel(placement=placement, now=NOW, actor=party.user)
    assert ended.cancelled_at == NOW
    slot.refresh_from_db()
    slot.role.refresh_from_db()
    assert (slot.taken, slot.role.status) == (0, RoleStatus.OPEN)
    assert told(member) == ["placement_cancelled"]
    assert AuditEntry.objects.get(action="placement.cancel").actor == party.user


def test_twice_is_refused_and_gives_nothing_more():
    slot = SlotFactory()
    placement = join(VolunteerFactory(), slot)
    join(VolunteerFactory(), slot)
    placements.cancel(placement=placement, now=NOW, actor=None)
    with pytest.raises(AlreadyCancelled):
        placements.cancel(placement=placement, now=NOW, actor=None)
    slot.refresh_from_db()
    assert slot.taken == 1


def test_what_is_over_stays_as_it_was():
    placement = join(VolunteerFactory(), SlotFactory())
    with pytest.raises(SlotOver):
        placements.cancel(placement=placement, now=at(5, 11), actor=None)


def test_a_closed_role_stays_closed_when_somebody_leaves():
    placement = join(VolunteerFactory(), SlotFactory(capacity=1))
    Role.objects.update(status=RoleStatus.CLOSED)
    placements.cancel(placement=placement, now=NOW, actor=None)
    assert Role.objects.get().status == RoleStatus.CLOSED


def test_after_leaving_one_can_ask_again():
    volunteer, slot = VolunteerFactory(), SlotFactory(role__asks_first=True)
    placement = applications.accept(application=join(volunteer, slot), now=NOW, actor=None)
    placements.cancel(placement=placement, now=NOW, actor=None)
    assert isinstance(join(volunteer, slot), Application)


def test_calling_off_a_slot_tells_everybody_at_least_once():
    role = RoleFactory(takes_groups=True)
    slot, other = SlotFactory(role=role), SlotFactory(role=role, starts_at=at(6, 9))
    coming, elsewhere = VolunteerFactory(party_size=2), VolunteerFactory()
    placement, kept = join(coming, slot), join(elsewhere, other)
    Role.objects.update(asks_first=True)
    asking = VolunteerFactory()
    application = join(asking, slot)
    placements.cancel_slot(slot=slot, now=NOW, actor=UserFactory())
    for row in (slot, placement, application, kept):
        row.refresh_from_db()
    assert (slot.cancelled_at, slot.taken, placement.cancelled_at) == (NOW, 0, NOW)
    assert (application.status, kept.cancelled_at) == (ApplicationStatus.DECLINED, None)
    letters_sent = Notification.objects.filter(kind="slot_cancelled")
    assert {letter.user for letter in letters_sent} == {coming.user, asking.user}
    assert {letter.delivery for letter in letters_sent} == {Delivery.AT_LEAST_ONCE}
    assert all(letter.is_urgent for letter in letters_sent)
    assert not Notification.objects.exclude(kind="slot_cancelled").filter(is_urgent=True).exists()
    with pytest.raises(SlotIsCancelled):
        placements.cancel_slot(slot=slot, now=NOW, actor=None)


def test_who_was_accepted_hears_once_of_the_end():
    volunteer, slot = VolunteerFactory(), SlotFactory(role__asks_first=True)
    applications.accept(application=join(volunteer, slot), now=NOW, actor=None)
    placements.cancel_slot(slot=slot, now=NOW, actor=None)
    assert told(volunteer.user).count("slot_cancelled") == 1
    assert not Application.objects.filter(status=ApplicationStatus.ACCEPTED).exists()


def test_calling_off_a_role_ends_what_is_ahead_and_keeps_what_was():
    role = RoleFactory()
    past, ahead = SlotFactory(role=role, starts_at=at(-2, 9), taken=1), SlotFactory(role=role)
    was_there = Placement.objects.create(volunteer=VolunteerFactory(), slot=past, agreed_at=NOW)
    placement = join(VolunteerFactory(), ahead)
    assert placements.cancel_role(role=role, now=NOW, actor=None).status == RoleStatus.CANCELLED
    for row in (past, ahead, was_there, placement):
        row.refresh_from_db()
    assert (past.cancelled_at, past.taken, was_there.cancelled_at) == (None, 1, None)
    assert (ahead.cancelled_at, ahead.taken, placement.cancelled_at) == (NOW, 0, NOW)
    with pytest.raises(WrongStatus):
        placements.cancel_role(role=role, now=NOW, actor=None)


def test_closed_to_newcomers_it_can_still_be_called_off():
    volunteer, slot = VolunteerFactory(), SlotFactory()
    join(volunteer, slot)
    Role.objects.update(status=RoleStatus.CLOSED)
    placements.cancel_role(role=slot.role, now=NOW, actor=None)
    assert "slot_cancelled" in told(volunteer.user)


def test_a_refused_calling_off_tells_nobody():
    placement = join(VolunteerFactory(), SlotFactory())
    Role.objects.update(status=RoleStatus.CANCELLED)
    with pytest.raises(WrongStatus):
        placements.cancel_role(role=Role.objects.get(), now=NOW, actor=None)
    placement.refresh_from_db()
    assert placement.cancelled_at is None
    assert not Notification.objects.filter(kind="slot_cancelled").exists()


def test_people_read_in_their_own_language():
    slot = SlotFactory(role__title_en="Watering flowers")
    english = VolunteerFactory(user__language="en")
    join(english, slot)
    assert "Watering flowers" in Notification.objects.get(user=english.user).title


def test_who_helps_is_not_named_to_the_organisation_in_a_message():
    slot = SlotFactory(role__asks_first=True)
    member = MembershipFactory(organisation=slot.role.organisation).user
    volunteer = VolunteerFactory(user__name="とくべつなまえ")
    join(volunteer, slot)
    letter = Notification.objects.get(user=member)
    assert "とくべつなまえ" not in letter.title + letter.body
    assert volunteer.user.email not in letter.title + letter.body


def is_right(notification, now=NOW):
    return letters.STILL_RIGHT[notification.kind](notification, now)


def test_what_is_no_longer_so_is_not_said():
    volunteer, slot = VolunteerFactory(), SlotFactory()
    placement = join(volunteer, slot)
    confirmed = Notification.objects.get(user=volunteer.user)
    assert is_right(confirmed)
    assert not is_right(confirmed, at(5, 11))
    placements.cancel(placement=placement, now=NOW, actor=None)
    assert not is_right(confirmed)


def test_an_answered_application_is_not_announced_any_more():
    slot = SlotFactory(role__asks_first=True)
    member, volunteer = MembershipFactory(organisation=slot.role.organisation).user, VolunteerFactory()
    application = join(volunteer, slot)
    waiting = Notification.objects.get(user=member)
    assert is_right(waiting)
    applications.withdraw(application=application, now=NOW, actor=None)
    assert not is_right(waiting)


def test_a_calling_off_is_said_until_the_time_has_come():
    volunteer, slot = VolunteerFactory(), SlotFactory()
    join(volunteer, slot)
    placements.cancel_slot(slot=slot, now=NOW, actor=None)
    cancelled = Notification.objects.get(user=volunteer.user, kind="slot_cancelled")
    assert is_right(cancelled, at(5, 8))
    assert not is_right(cancelled, at(5, 11))
    assert Slot.objects.get().cancelled_at == NOW


def test_the_young_are_written_to_by_a_coordinator():
    junior, adult = JuniorFactory(), VolunteerFactory()
    for person in (junior, adult):
        join(person, SlotFactory(role__asks_first=True))
    channels = dict(Notification.objects.filter(kind="application_received").values_list("user", "channel"))
    assert channels == {junior.user_id: "call_list", adult.user_id: "email"}
