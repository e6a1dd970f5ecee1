"""What is told to the public: exactly what is open or full, of whom a coordinator approved, and still ahead."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from organisations.models import Role
from organisations.models.need import NeedStatus
from organisations.models.offer import OfferStatus
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from organisations.publicity.published import State
from organisations.services.made_public import publishing
from tests.factories import NOW, ActivityFactory, RoleFactory, SlotFactory, TownFactory, VenueFactory, at
from tests.factories.contributing import NeedFactory, OfferFactory

pytestmark = pytest.mark.django_db
HIDDEN = [
    {"role__status": RoleStatus.DRAFT, "role__published_at": None},
    {"role__status": RoleStatus.WAITING, "role__published_at": None},
    {"role__status": RoleStatus.RESTING},
    {"role__status": RoleStatus.CLOSED},
    {"role__status": RoleStatus.CANCELLED},
    {"role__organisation__approval": Approval.SUSPENDED},
    {"role__organisation__approval": Approval.WAITING, "role__organisation__approved_at": None},
]


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_hidden_is_told_nowhere(how: dict[str, Any]) -> None:
    role = SlotFactory(**how).role
    assert list(publishing.roles()) == []
    assert list(publishing.slots_for_calendars(NOW)) == []
    told = publishing.of_role(role, now=NOW)
    assert (told.state, told.times) == (State.OVER, ())


def test_a_time_that_is_called_off_or_has_begun_leaves_at_once() -> None:
    role = RoleFactory()
    kept = SlotFactory(role=role, starts_at=at(9, 9))
    begun = SlotFactory(role=role, starts_at=NOW - dt.timedelta(minutes=1))
    SlotFactory(role=role, starts_at=at(6, 9), cancelled_at=NOW)
    window = SlotFactory(role=role, starts_at=at(-1, 9), ends_at=at(3, 9), minutes=30)
    assert [time.ref for time in publishing.of_role(role, now=NOW).times] == [window.pk, kept.pk]
    assert publishing.of_role(role, now=at(10, 9)).is_over
    assert begun.pk not in [time.ref for time in publishing.of_role(role, now=NOW).times]


def test_calendars_hear_that_a_time_is_called_off() -> None:
    slot = SlotFactory(cancelled_at=NOW)
    of_cancelled = SlotFactory(role__status=RoleStatus.CANCELLED, cancelled_at=NOW)
    assert set(publishing.slots_for_calendars(NOW)) == {slot, of_cancelled}


def test_a_role_says_who_where_and_how_many_are_left() -> None:
    slot = SlotFactory(capacity=5, taken=2, role__cost="無料", role__activities=[ActivityFactory(ja="花の世話")])
    told = publishing.of_role(slot.role, now=NOW)
    assert (told.who, told.title, told.activities) == (slot.role.organisation.name, slot.role.title, ("花の世話",))
    assert told.place is not None
    assert (told.place.name, told.place.town) == (slot.role.venue.name, slot.role.venue.town.name)
    assert [(time.capacity, time.places_left, time.words) for time in told.times] == [(5, 3, "3月6日(土) 9:00〜11:00")]
    assert told.state == State.OPEN


def test_a_role_without_a_place_left_is_full() -> None:
    slot = SlotFactory(capacity=1, taken=1, role__status=RoleStatus.FILLED)
    assert publishing.of_role(slot.role, now=NOW).state == State.FULL


def test_roles_are_narrowed_by_organisation_activity_and_town() -> None:
    field = ActivityFactory()
    town = TownFactory()
    flowers = ActivityFactory(parent=field)
    wanted = RoleFactory(activities=[flowers], venue=VenueFactory(town=town))
    SlotFactory(role=wanted)
    SlotFactory()
    for only in ({"organisation": wanted.organisation}, {"activity": field}, {"town": town}):
        assert list(publishing.roles(**only)) == [wanted]
        assert [slot.role for slot in publishing.slots_for_calendars(NOW, **only)] == [wanted]


def test_a_need_is_told_of_by_its_desk_until_its_last_day() -> None:
    need = NeedFactory(when=["sat-am"], wanted_until=NOW.date())
    told = publishing.of_need(need, now=NOW)
    assert (told.who, told.when, told.state) == (need.desk.organisation.name, "土曜の午前", State.OPEN)
    assert told.place is not None
    assert told.place.lat is None
    assert publishing.of_need(need, now=NOW + dt.timedelta(days=1)).is_over


@pytest.mark.parametrize("status", [NeedStatus.DRAFT, NeedStatus.TAKEN_UP, NeedStatus.CLOSED])
def test_a_need_that_is_not_open_is_told_nowhere(status: str) -> None:
    need = NeedFactory(status=status)
    assert list(publishing.needs()) == []
    assert publishing.of_need(need, now=NOW).is_over


def test_an_offer_is_told_of_while_it_is_open_and_there_is_some_left() -> None:
    offer = OfferFactory(quantity=2, promised=2, ends_on=NOW.date())
    assert publishing.of_offer(offer, now=NOW).state == State.FULL
    assert publishing.of_offer(offer, now=NOW + dt.timedelta(days=1)).is_over
    draft = OfferFactory(status=OfferStatus.DRAFT)
    assert list(publishing.offers()) == [offer]
    assert publishing.of_offer(draft, now=NOW).is_over


def test_a_suspended_organisation_takes_its_offers_along() -> None:
    offer = OfferFactory(organisation__approval=Approval.SUSPENDED)
    assert list(publishing.offers()) == []
    assert publishing.of_offer(offer, now=NOW).is_over


def test_one_file_holds_the_next_times_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    role = RoleFactory()
    soon, late = SlotFactory(role=role, starts_at=at(2, 9)), SlotFactory(role=role, starts_at=at(9, 9))
    other, last = SlotFactory(starts_at=at(5, 9)), SlotFactory(starts_at=at(20, 9))
    found: Any = publishing.with_next_times(publishing.roles(), NOW, at_most=2)
    assert {one.pk: [slot.pk for slot in one.coming] for one in found} == {
        role.pk: [soon.pk],
        other.role_id: [other.pk],
    }
    monkeypatch.setattr(publishing, "MOST_TIMES", 3)
    assert list(publishing.slots_for_calendars(NOW)) == [soon, other, late]
    monkeypatch.setattr(publishing, "MOST_NEWS", 1)
    Role.objects.filter(pk=last.role_id).update(changed_at=NOW + dt.timedelta(minutes=1))
    assert list(publishing.newest(publishing.going_on(publishing.roles(), NOW))) == [last.role]
    last.delete()
    assert last.role not in publishing.newest(publishing.going_on(publishing.roles(), NOW))


def test_however_many_roles_their_times_are_one_query(django_assert_num_queries: Any) -> None:
    SlotFactory.create_batch(5)
    with django_assert_num_queries(3):
        found = list(publishing.with_times(publishing.roles(), NOW))
        assert all(publishing.of_role(one, now=NOW).times for one in found)
    assert Role.objects.count() == 5
