"""What does not meet, counted for coordinators, and coarser for everybody."""

from __future__ import annotations

import datetime as dt
from itertools import chain, combinations
from typing import Any

import pytest

from matching.models import RoleReport, Run
from matching.models.run import RunStatus
from matching.services.coordinating import gaps
from matching.services.explaining import counts
from organisations.models import Activity, Town
from organisations.models.cooperation import CooperationStatus
from organisations.models.offer import Help
from tests.factories import (
    NOW,
    ActivityFactory,
    CooperationFactory,
    DistrictFactory,
    NeedFactory,
    OfferFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
)
from tests.matching import rows

pytestmark = pytest.mark.django_db
FAR = {"lat": 35.52, "lng": 139.48}


@pytest.fixture
def town() -> Town:
    return TownFactory(lat=35.47, lng=139.54, district=DistrictFactory())


@pytest.fixture
def flowers() -> Activity:
    return ActivityFactory(ja="花壇づくり", parent=ActivityFactory(ja="花と緑"))


def _cell(town: Town, activity: Activity | None) -> gaps.Cell:
    pair = (town.district_id, activity.pk if activity else None)
    found = [cell for cell in gaps.cells(now=NOW) if (cell.district_id, cell.activity_id) == pair]
    return found[0] if found else gaps.Cell(*pair)


def test_a_wish_is_met_by_a_role_within_the_way_and_not_by_one_farther_off(town: Town, flowers: Activity) -> None:
    rows.person(flowers, town=town)
    assert _cell(town, flowers).wishes == 1
    SlotFactory(role__activities=[flowers], role__venue__lat=35.52, role__venue__lng=139.48)
    assert _cell(town, flowers).wishes == 1
    SlotFactory(role__activities=[flowers], role__venue__lat=35.471, role__venue__lng=139.54)
    assert _cell(town, flowers).wishes == 0


def test_a_whole_field_is_met_by_anything_in_it_but_not_the_other_way_round(town: Town, flowers: Activity) -> None:
    field = flowers.parent
    assert field is not None
    rows.person(field, town=town)
    rows.person(flowers, town=town)
    SlotFactory(role__activities=[field], role__venue__lat=35.471, role__venue__lng=139.54)
    assert (_cell(town, field).wishes, _cell(town, flowers).wishes) == (0, 1)
    SlotFactory(role__activities=[flowers], role__venue__lat=35.471, role__venue__lng=139.54)
    assert (_cell(town, field).wishes, _cell(town, flowers).wishes) == (0, 0)


def test_a_role_from_home_meets_who_takes_such(town: Town, flowers: Activity) -> None:
    rows.person(flowers, town=town, takes_online=True)
    rows.person(flowers, town=town, takes_online=False)
    SlotFactory(role__activities=[flowers], role__is_online=True)
    assert _cell(town, flowers).wishes == 1


def test_who_takes_a_break_wishes_nothing_now(town: Town, flowers: Activity) -> None:
    rows.person(flowers, town=town, paused_until=(NOW + dt.timedelta(days=3)).date())
    assert _cell(town, flowers).wishes == 0


def test_a_need_that_nobody_near_would_like(town: Town, flowers: Activity) -> None:
    NeedFactory(town=town, activities=[flowers])
    assert _cell(town, flowers).needs == 1
    rows.person(flowers, town=TownFactory(**FAR))
    assert _cell(town, flowers).needs == 1
    rows.person(flowers.parent, town=town)
    assert _cell(town, flowers).needs == 0


def test_a_need_of_a_district_lies_in_all_its_towns(town: Town, flowers: Activity) -> None:
    NeedFactory(town=None, district=town.district, activities=[flowers])
    assert _cell(town, flowers).needs == 1
    rows.person(flowers, town=town)
    assert _cell(town, flowers).needs == 0


def test_an_offer_is_unused_until_somebody_agreed_to_it(town: Town, flowers: Activity) -> None:
    offer = OfferFactory(town=town, activities=[flowers])
    OfferFactory(town=town, kind=Help.KNOW_HOW)
    row = CooperationFactory(offer=offer)
    assert (_cell(town, flowers).offers, _cell(town, None).offers) == (1, 1)
    for side in ("offer", "host", "desk"):
        setattr(row, f"{side}_agreed_at", NOW)
    row.status = CooperationStatus.AGREED
    row.save()
    assert (_cell(town, flowers).offers, _cell(town, None).offers) == (0, 1)


def test_an_open_role_hardly_anybody_could_come_to_says_what_shuts_people_out(town: Town, flowers: Activity) -> None:
    role = RoleFactory(activities=[flowers], venue__town=town)
    run = Run.objects.create(requested_at=NOW, as_of=NOW, finished_at=NOW, status=RunStatus.DONE)
    RoleReport.objects.create(run=run, role=role, could_come=2, listed=2, shut_out_only_by={"time": 7, "distance": 3})
    assert (_cell(town, flowers).roles, _cell(town, flowers).shut_out) == (1, ("時間",))


def test_the_number_of_queries_does_not_grow(town: Town, flowers: Activity, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        rows.person(flowers, town=town)
        NeedFactory(town=None, district=town.district, activities=[flowers])
        OfferFactory(town=town, activities=[flowers])
        SlotFactory(role__activities=[flowers])
    with django_assert_max_num_queries(20):
        assert gaps.cells(now=NOW)


def test_nothing_in_public_is_1_to_4_and_nothing_more_than_there_is(town: Town, flowers: Activity) -> None:
    for _ in range(3):
        rows.person(flowers, town=town)
    assert gaps.public(now=NOW) == []
    for _ in range(8):
        rows.person(flowers, town=town)
    (cell,) = gaps.public(now=NOW)
    assert (cell.district_id, cell.activity_id) == (town.district_id, flowers.parent_id)
    assert cell.wishes in (5, 10)
    assert cell.shut_out == ()


def test_somebody_with_several_wishes_of_a_field_counts_once_in_public(town: Town, flowers: Activity) -> None:
    others = [ActivityFactory(parent=flowers.parent) for _ in range(9)]
    person = rows.person(flowers, town=town)
    person.interests.add(*others)
    assert gaps.public(now=NOW) == []


def test_no_two_filters_tell_a_small_number_apart() -> None:
    """Whoever looks through every filter and subtracts finds whole cells only, each 0 or at least 5."""
    towns = [TownFactory(lat=35.47, lng=139.54, district=DistrictFactory()) for _ in range(2)]
    fields = [ActivityFactory() for _ in range(2)]
    for number, (town, field) in enumerate((town, field) for town in towns for field in fields):
        for _ in range((2, 6, 9, 13)[number]):
            rows.person(ActivityFactory(parent=field), town=town)
    NeedFactory.create_batch(9, town=towns[0], activities=[ActivityFactory(parent=fields[0])])
    OfferFactory.create_batch(9, town=towns[0], activities=[fields[0]])
    cells = gaps.public(now=NOW)
    assert max(cell.needs for cell in cells) >= counts.STEP
    assert max(cell.offers for cell in cells) >= counts.STEP
    shown = [
        sum(getattr(cell, name) for name in some for cell in cells if _is_in(cell, districts, chosen))
        for some in _some(list(gaps.COLUMNS))
        for districts in _some([town.district_id for town in towns])
        for chosen in _some([field.pk for field in fields])
    ]
    differences = {abs(one - other) for one, other in combinations(shown, 2)}
    assert all(difference == 0 or difference >= counts.STEP for difference in differences)
    assert all(getattr(cell, name) % counts.STEP == 0 for cell in cells for name in gaps.COLUMNS)
    assert all((cell.shut_out, cell.need_ids, cell.role_ids) == ((), (), ()) for cell in cells)


@pytest.mark.parametrize("shown", [5, 10])
def test_a_shown_number_stands_for_any_of_nine(shown: int) -> None:
    """Who knows of all people but one does not learn of that one from a number, unless they know the key as well."""
    could_be = {
        count for count in range(40) for key in range(60) if counts.rounded(count, of=f"gaps wishes {key}") == shown
    }
    assert could_be == set(range(shown, shown + 9))


def _is_in(cell: gaps.Cell, districts: tuple[Any, ...], activities: tuple[Any, ...]) -> bool:
    return cell.district_id in districts and cell.activity_id in activities


def _some(things: list[Any]) -> list[tuple[Any, ...]]:
    return list(chain.from_iterable(combinations(things, count) for count in range(1, len(things) + 1)))
