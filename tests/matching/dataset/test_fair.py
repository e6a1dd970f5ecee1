"""The columns that offers are matched in say of each role what its row says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pytest
from django.utils.timezone import localdate, localtime

from matching.dataset import fair, vocabulary, wording
from matching.dataset.asked import LEAD
from matching.engine.offers.market import ANY_TIME, PARTS_OF_DAY, Kind
from organisations.models import Role, Slot
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ActivityFactory,
    CooperationFactory,
    NeedFactory,
    OfferFactory,
    RoleFactory,
    SlotFactory,
    at,
)

pytestmark = pytest.mark.django_db


def _roles() -> list[Role]:
    """Roles with all kinds of times, and such as are not asked for."""
    flowers = ActivityFactory(ja="花の手入れ", en="Flowers")
    planting = ActivityFactory(ja="苗を植える", parent=flowers, synonyms=["植えつけ"])
    garden = RoleFactory(activities=[planting, flowers], takes_groups=True, title_en="Plants", summary_en="Water them.")
    easy = RoleFactory(activities=[flowers], title_easy="花（はな）に 水（みず）を やる")
    for hours in [(9, 11), (11, 12), (12, 17), (16, 18), (17, 22), (0, 24)]:
        begin, end = at(7, hours[0]), at(7, 0) + dt.timedelta(hours=hours[1])
        SlotFactory(role=garden, starts_at=begin, ends_at=end, capacity=hours[0] + 1)
    for days in (1, 3):
        SlotFactory(role=easy, starts_at=at(9, 20), ends_at=at(9 + days, 9), capacity=9, taken=7)
    SlotFactory(role=easy, starts_at=at(0, 0), ends_at=NOW + LEAD + dt.timedelta(hours=1), minutes=60)
    SlotFactory(role=easy, starts_at=at(-1, 0), ends_at=NOW + LEAD + dt.timedelta(minutes=59), minutes=60)
    SlotFactory(role=easy, starts_at=NOW + LEAD, ends_at=at(2, 12))
    SlotFactory(role=easy, capacity=2, taken=2)
    SlotFactory(role=easy, cancelled_at=NOW)
    SlotFactory(role__is_online=True), SlotFactory(role__status=RoleStatus.FILLED)
    SlotFactory(role__organisation__approval=Approval.WAITING)
    return [garden, easy]


def _times(role: Role) -> list[Slot]:
    return list(Slot.objects.free(NOW + LEAD).filter(role=role).order_by("starts_at", "pk"))


def _stretch(slot: Slot) -> tuple[int, int, int]:
    """First and last day, and the rough times of the week, one half hour after the other."""
    halves = _half_hours(localtime(slot.starts_at), localtime(slot.ends_at))
    days = [(half.date() - localdate(NOW)).days for half in halves]
    if days[0] != days[-1]:
        return days[0], days[-1], ANY_TIME
    parts = {PARTS_OF_DAY * half.weekday() + (half.hour >= 12) + (half.hour >= 17) for half in halves}
    return days[0], days[-1], sum(1 << part for part in parts)


def _half_hours(first: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    def each() -> Iterator[dt.datetime]:
        half = first
        while half < end:
            yield half
            half += dt.timedelta(minutes=30)

    return list(each())


def test_roles_are_read_as_they_are() -> None:
    roles = _roles()
    NeedFactory(), OfferFactory()
    found, words = fair.read(NOW), vocabulary.read()
    wants, occasions = found.market.wants, found.market.occasions
    assert found.role_ids.tolist() == [role.pk for role in roles]
    assert found.slot_ids.tolist() == [slot.pk for role in roles for slot in _times(role)]
    names = dict(zip(words.activities.tolist(), words.names, strict=True))
    for row, role in enumerate(roles, start=1):
        assert role.venue is not None
        assert (wants.number[row], wants.owner[row]) == (2 * role.pk + 1, role.organisation_id)
        assert (wants.lat[row], wants.lng[row]) == (role.venue.lat, role.venue.lng)
        assert (wants.people[row], wants.things[row]) == (max(slot.places_left for slot in _times(role)), 1)
        assert wants.helps[row].tolist() == [{Kind.PEOPLE: role.takes_groups, Kind.ROOM: 0}.get(k, 0.5) for k in Kind]
        mine = np.flatnonzero(occasions.want == row)
        told = zip(occasions.first_day[mine], occasions.last_day[mine], occasions.week[mine], strict=True)
        assert list(told) == [_stretch(slot) for slot in _times(role)]
        ticked = [one.activity_id for one in role.role_activities.order_by("position")]
        weights = wants.activities[[row]].toarray()[0]
        assert weights[np.searchsorted(words.activities, ticked)].tolist() == [1.0, 0.6][: len(ticked)]
        assert np.count_nonzero(weights) == len(ticked)
        said = [role.title, role.title_en, role.summary, role.summary_en, *(n for one in ticked for n in names[one])]
        np.testing.assert_array_equal(wants.text[[row]], wording.model_of(words).vectors([" ".join(said)]))


def test_rows_stand_for_needs_and_then_for_roles() -> None:
    need, role = NeedFactory(), _roles()[0]
    offer = OfferFactory()
    CooperationFactory(offer=offer, role=role, host=role.organisation)
    found = fair.read(NOW)
    assert (found.need(0), found.need(1), found.role_id(1)) == (need, None, role.pk)
    assert found.market.closed.tolist() == [[False, True, False]]
    assert found.slots_of(np.array([0, 1])) == [_times(role)[0].pk]
    assert found.market.wants.number[0] == 2 * need.pk
    assert (found.market.occasions.first_day[0], found.market.occasions.last_day[0]) == (0, 60)
