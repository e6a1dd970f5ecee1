"""Where all looks as it did, nothing is read again; where anything is otherwise, it is found as without that look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from matching.dataset import fair
from matching.dataset.asked import LEAD
from matching.models import FairLook
from matching.services.proposing import offers
from organisations.models import Activity, Cooperation, Need, Offer, Organisation, Role, Slot, Town, Venue
from organisations.models.cooperation import Side
from organisations.models.offer import Help, OfferStatus
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from organisations.services.cooperations import ending
from tests.factories import (
    NOW,
    ActivityFactory,
    DistrictFactory,
    NeedFactory,
    OfferFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    at,
)

pytestmark = pytest.mark.django_db
SOON = NOW + dt.timedelta(minutes=10)
HERE = {"lat": 35.47, "lng": 139.54}
FAR = {"lat": 35.9, "lng": 139.54}
SHORT = {"title": "社員が行きます", "summary": ""}
OTHER = {"title": "朝のごみ出し", "summary": "袋をはこびます"}
Change = Callable[[], object]


def _settled() -> None:
    """Propose until there is nothing left, and all that is known."""
    while offers.propose(now=NOW):
        pass


def test_where_nothing_changed_nothing_is_read(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    _room_and_need()
    for _ in range(20):
        SlotFactory(role=RoleFactory(takes_groups=True))
    assert offers.propose(now=NOW) == 1
    assert offers.propose(now=NOW) == 0
    monkeypatch.setattr(fair, "read", lambda _now: pytest.fail("all was read again"))
    with django_assert_num_queries(7):  # the lock and its end, a savepoint and its end, what is to be had, two looks
        assert offers.propose(now=SOON) == 0
    assert FairLook.objects.count() == 1


def test_nothing_to_be_had_is_not_looked_at(django_assert_num_queries: Any) -> None:
    SlotFactory(role=RoleFactory(takes_groups=True))
    with django_assert_num_queries(5):
        assert offers.propose(now=NOW) == 0


def _room_and_need(of: dict[str, Any] | None = None, to: dict[str, Any] | None = None) -> tuple[Offer, Need]:
    of = {"town": TownFactory(**HERE), "people": 20} | (of or {})
    to = {"town": TownFactory(**HERE), "helps": [Help.ROOM], "people": 8} | (to or {})
    return OfferFactory(**of), NeedFactory(**to)


def _crew_and_role(of: dict[str, Any] | None = None, **to: Any) -> tuple[Offer, Role, Slot]:
    festival = ActivityFactory(ja="夏祭りの手伝い")
    like = {"title": "祭りのやぐらを組む", "activities": [festival]}
    crew = OfferFactory(**{"kind": Help.PEOPLE, "people": 10, "town": TownFactory(**HERE), **like, **(of or {})})
    role = RoleFactory(**{"takes_groups": True, "venue__town": TownFactory(**HERE), **like, **to})
    return crew, role, SlotFactory(role=role, starts_at=at(10, 9), ends_at=at(10, 11), capacity=6)


def _of_a_need(field: str, before: Any, after: Any) -> Change:
    _offer, need = _room_and_need(to={field: before})
    return lambda: Need.objects.filter(pk=need.pk).update(**{field: after})


def _of_an_offer(field: str, before: Any, after: Any, **to: Any) -> Change:
    offer, _need = _room_and_need({field: before}, to)
    return lambda: Offer.objects.filter(pk=offer.pk).update(**{field: after})


def _of_a_role(field: str, before: Any, after: Any) -> Change:
    _crew, role, _slot = _crew_and_role(**{field: before})
    return lambda: Role.objects.filter(pk=role.pk).update(**{field: after})


def _a_time(before: dict[str, Any], after: dict[str, Any], **of: Any) -> Change:
    _crew, _role, slot = _crew_and_role(of)
    Slot.objects.filter(pk=slot.pk).update(**before)
    return lambda: Slot.objects.filter(pk=slot.pk).update(**after)


def _a_place() -> Change:
    _crew, role, _slot = _crew_and_role({"within_km": 3.0}, venue__lat=FAR["lat"], venue__lng=FAR["lng"])
    return lambda: Venue.objects.filter(roles=role).update(**HERE)


def _a_town() -> Change:
    _offer, need = _room_and_need(to={"town": TownFactory(**FAR)})
    return lambda: Town.objects.filter(needs=need).update(**HERE)


def _a_town_of_a_district() -> Change:
    district = DistrictFactory()
    _room_and_need(to={"town": None, "district": district})
    return lambda: TownFactory(**HERE, district=district)


def _a_host() -> Change:
    _offer, need = _room_and_need()
    host = Organisation.objects.filter(pk=need.desk.organisation_id)
    host.update(approval=Approval.WAITING)
    return lambda: host.update(approval=Approval.APPROVED)


def _ticked_by_a_role() -> Change:
    chess = ActivityFactory(ja="将棋")
    _crew, role, _slot = _crew_and_role({"activities": [chess], **SHORT}, activities=[], **OTHER)
    return lambda: role.role_activities.create(activity=chess, position=0)


def _ticked_by_an_offer() -> Change:
    chess = ActivityFactory(ja="将棋")
    crew, _role, _slot = _crew_and_role({"activities": [], **SHORT}, activities=[chess], **OTHER)
    return lambda: crew.activities.add(chess)


def _ticked_by_a_need() -> Change:
    festival = ActivityFactory(ja="夏祭りの手伝い")
    asked = {"helps": [Help.PEOPLE], "title": "手がたりない", "summary": "困っています"}
    _crew, need = _room_and_need({"kind": Help.PEOPLE, "activities": [festival], **SHORT}, asked)
    return lambda: need.activities.add(festival)


def _the_vocabulary() -> Change:
    above, below = ActivityFactory(ja="水泳"), ActivityFactory(ja="将棋")
    _crew_and_role({"activities": [below], **SHORT}, activities=[above], **OTHER)
    return lambda: Activity.objects.filter(pk=below.pk).update(parent=above)


def _full() -> Offer:
    """Two proposals wait for an answer, and a third need waits for its turn."""
    offer, _need = _room_and_need()
    for _ in range(2):
        NeedFactory(town=TownFactory(**HERE), helps=[Help.ROOM], people=8)
    return offer


def _an_answer() -> Change:
    _full()
    return lambda: ending.end(
        cooperation=Cooperation.objects.order_by("pk")[0], side=Side.HOST, now=NOW, actor=None, reason="ありました"
    )


def _a_desk() -> Change:
    """A company that had its letters of a week becomes one with a desk, which may have more."""
    offer = _full()
    for _ in range(2):
        OfferFactory(organisation=offer.organisation, town=TownFactory(**HERE), people=20)
        NeedFactory(town=TownFactory(**HERE), helps=[Help.ROOM], people=8)
    return lambda: SupportDeskFactory(organisation=offer.organisation)


LATE = (NOW - dt.timedelta(days=1)).date()
CHANGES: dict[str, Callable[[], Change]] = {
    "an offer opens": lambda: _of_an_offer("status", OfferStatus.DRAFT, OfferStatus.OPEN),
    "an offer holds more": lambda: _of_an_offer("people", 7, 20),
    "an offer has other times": lambda: _of_an_offer("when", ["mon-am"], [], when=["sat-am"]),
    "an offer goes on": lambda: _of_an_offer("ends_on", LATE, None),
    "an offer is to be had sooner": lambda: _of_an_offer("notice_days", 61, 0),
    "a need opens": lambda: _of_a_need("status", "draft", "open"),
    "a need goes on": lambda: _of_a_need("wanted_until", LATE, (NOW + dt.timedelta(days=9)).date()),
    "a need is of fewer": lambda: _of_a_need("people", 21, 8),
    "something else helps": lambda: _of_a_need("helps", [Help.GOODS], [Help.ROOM]),
    "a role opens": lambda: _of_a_role("status", RoleStatus.FILLED, RoleStatus.OPEN),
    "a role takes groups": lambda: _of_a_role("takes_groups", False, True),
    "a role is done somewhere": lambda: _of_a_role("is_online", True, False),
    "a time is called on again": lambda: _a_time({"cancelled_at": NOW}, {"cancelled_at": None}),
    "a place is free again": lambda: _a_time({"taken": 6}, {"taken": 5}),
    "a place less is free": lambda: _a_time(
        {"capacity": 7}, {"taken": 1}, kind=Help.VEHICLE, people=6, vehicle_checked_at=NOW
    ),
    "a time is moved": lambda: _a_time({}, {"starts_at": at(12, 9), "ends_at": at(12, 11)}, starts_on=at(12, 0).date()),
    "a venue is moved": _a_place,
    "a town has another point": _a_town,
    "a district has a town": _a_town_of_a_district,
    "a host is approved": _a_host,
    "a role names an activity": _ticked_by_a_role,
    "an offer names an activity": _ticked_by_an_offer,
    "a need names an activity": _ticked_by_a_need,
    "an activity lies below another": _the_vocabulary,
    "somebody answers": _an_answer,
    "a giver has a desk": _a_desk,
}


@pytest.mark.parametrize("prepare", CHANGES.values(), ids=CHANGES)
def test_any_change_is_found(prepare: Callable[[], Change]) -> None:
    change = prepare()
    OfferFactory(town=TownFactory(**FAR))  # so that something is to be had
    _settled()
    assert offers.propose(now=SOON) == 0
    change()
    assert offers.propose(now=SOON) >= 1


def test_letters_of_a_week_ago_make_room_for_new_ones() -> None:
    _full()
    _settled()
    for row in Cooperation.objects.all():
        ending.end(cooperation=row, side=Side.HOST, now=SOON, actor=None, reason="ありました")
    NeedFactory(town=TownFactory(**HERE), helps=[Help.ROOM], people=8)
    a_week_later, moment = NOW + offers.WEEK, dt.timedelta(minutes=1)
    while offers.propose(now=a_week_later - moment):
        pass
    assert Cooperation.objects.count() == offers.A_WEEK
    assert offers.propose(now=a_week_later + moment) == 1


def test_time_alone_lets_something_fit() -> None:
    """The time with most places is over, and a small room holds whoever comes to the others."""
    _van, role, _slot = _crew_and_role({"kind": Help.VEHICLE, "people": 6, "vehicle_checked_at": NOW})
    SlotFactory(role=role, starts_at=NOW + LEAD + dt.timedelta(minutes=5), ends_at=at(1, 9), capacity=7)
    _settled()
    assert not Cooperation.objects.exists()
    assert offers.propose(now=SOON) == 1
