"""A host hears in fives what would reach more people, before publishing too, and cannot ask without end."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry
from matching.dataset.changes import Idea, Kind
from matching.services.explaining import reach
from organisations.models import Organisation, Role
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from organisations.services import venues
from tests.factories import NOW, SlotFactory, UserFactory
from tests.matching import rows

pytestmark = pytest.mark.django_db
TOMORROW = NOW + dt.timedelta(days=1)


@pytest.fixture
def role() -> Role:
    made = rows.role(min_age=50)
    for _ in range(9):
        rows.person()
    return made


def ask(role: Role, now: dt.datetime = NOW) -> dict[Idea, int]:
    return reach.ask(role=Role.objects.get(pk=role.pk), now=now, actor=UserFactory())


@pytest.mark.parametrize("status", RoleStatus)
def test_every_role_that_can_still_be_changed_is_answered_in_fives(role: Role, status: str) -> None:
    Role.objects.update(status=status)
    if status in (RoleStatus.DRAFT, RoleStatus.WAITING, RoleStatus.OPEN, RoleStatus.FILLED):
        assert ask(role) == {Idea(Kind.MIN_AGE, 50): 5}
        return
    with pytest.raises(reach.CannotCount):
        ask(role)


def test_a_few_people_are_not_told_of() -> None:
    few = rows.role(min_age=50)
    for _ in range(4):
        rows.person()
    assert ask(few) == {}


def test_a_draft_half_written_and_an_organisation_not_approved_are_not_answered(role: Role) -> None:
    Role.objects.update(status=RoleStatus.DRAFT, venue=None)
    with pytest.raises(reach.CannotCount):
        ask(role)
    Role.objects.update(is_online=True)
    ask(role)
    role.slots.all().delete()
    with pytest.raises(reach.CannotCount):
        ask(role)
    SlotFactory(role=role)
    Organisation.objects.update(approval=Approval.WAITING)
    with pytest.raises(reach.CannotCount):
        ask(role)
    assert AuditEntry.objects.filter(action=reach.ASKED).count() == 1


def test_an_organisation_asks_twenty_times_a_day_whatever_it_asks_about(role: Role) -> None:
    other = rows.role(organisation=role.organisation, venue=role.venue)
    for number in range(reach.A_DAY):
        ask((role, other)[number % 2])
    for one in (role, other):
        with pytest.raises(reach.AskedTooOften):
            ask(one)
    ask(rows.role())
    ask(role, TOMORROW)
    about_it = AuditEntry.objects.filter(action=reach.ASKED, target_id=str(role.organisation_id))
    assert about_it.count() == reach.A_DAY + 1


def test_nobody_asks_on_the_day_the_venue_was_moved(role: Role) -> None:
    assert role.venue is not None
    venues.move_pin(venue=role.venue, lat=role.venue.lat + 0.001, lng=role.venue.lng, now=NOW, actor=None)
    with pytest.raises(reach.VenueJustMoved):
        ask(role)
    assert not AuditEntry.objects.filter(action=reach.ASKED).exists()
    assert ask(role, TOMORROW)
