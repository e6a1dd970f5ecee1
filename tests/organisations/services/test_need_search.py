"""Finding needs, and the points they stand at."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models import Need
from organisations.models.need import NeedStatus
from organisations.models.offer import Help
from organisations.services import need_ends, need_search
from organisations.services.places import need_spots
from organisations.services.words import TextTooLong
from tests.factories import NOW, ActivityFactory, DistrictFactory, NeedFactory, RoleFactory, TownFactory

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def found(**asked: object) -> list[Need]:
    need_search.index(needs=Need.objects.all())
    return list(need_search.find(today=TODAY, **asked))  # type: ignore[arg-type]


def test_only_what_help_is_still_wanted_for_and_what_ends_first_in_front() -> None:
    later = NeedFactory()
    today = NeedFactory(wanted_until=TODAY)
    NeedFactory(wanted_until=TODAY - dt.timedelta(days=1))
    for status in (NeedStatus.DRAFT, NeedStatus.TAKEN_UP, NeedStatus.CLOSED):
        NeedFactory(status=status)
    assert found() == [today, later]


def test_every_word_must_occur_in_whatever_way_it_is_written() -> None:
    garden = ActivityFactory(ja="花と緑", synonyms=["ガーデニング"])
    need = NeedFactory(title="庭の草取り", town__name="鶴ヶ峰一丁目", activities=[garden])
    NeedFactory(title="話し相手", town__name="白根一丁目")
    assert found(text="草取り 鶴が峰") == [need]
    assert found(text="ｶﾞｰﾃﾞﾆﾝｸﾞ") == [need]
    assert found(text="草取り 白根") == []
    with pytest.raises(TextTooLong):
        found(text="草" * 101)


def test_an_activity_finds_what_is_below_it() -> None:
    field = ActivityFactory()
    need = NeedFactory(activities=[ActivityFactory(parent=field)])
    NeedFactory()
    assert found(activity=field) == [need]


def test_what_would_help_and_by_when() -> None:
    room = NeedFactory(helps=[Help.ROOM, Help.PEOPLE], wanted_until=TODAY + dt.timedelta(days=9))
    people = NeedFactory(wanted_until=TODAY + dt.timedelta(days=20))
    assert found(helps="room") == [room]
    assert found(until=TODAY + dt.timedelta(days=9)) == [room]
    assert found(until=TODAY + dt.timedelta(days=20)) == [room, people]


def test_a_town_finds_its_district_and_a_district_its_towns() -> None:
    district = DistrictFactory()
    here, there = TownFactory(district=district), TownFactory()
    of_town, of_district = NeedFactory(town=here), NeedFactory(town=None, district=district)
    elsewhere = NeedFactory(town=there)
    assert found(town=here) == [of_town, of_district]
    assert found(district=district) == [of_town, of_district]
    assert found(town=there) == [elsewhere]


def test_a_town_without_a_district_finds_no_districts_needs() -> None:
    town = TownFactory()
    NeedFactory(town=None, district=DistrictFactory())
    assert found(town=town) == []


def test_a_district_stands_in_the_middle_of_its_towns() -> None:
    district = DistrictFactory(name="鶴ケ峰地区")
    TownFactory(district=district, lat=35.46, lng=139.52)
    town = TownFactory(district=district, lat=35.48, lng=139.56)
    TownFactory(district=district, lat=None, lng=None)
    need, other = NeedFactory(town=None, district=district), NeedFactory(town=None, district=district)
    of_town = NeedFactory(town=town)
    NeedFactory(town=TownFactory(lat=None, lng=None))
    NeedFactory(town=None, district=DistrictFactory())
    spots = need_spots.of(need_search.find(today=TODAY))
    assert [(spot.at.name, round(spot.at.lat, 3), round(spot.at.lng, 3), spot.rows) for spot in spots] == [
        ("鶴ケ峰地区", 35.47, 139.54, [need, other]),
        (town.name, 35.48, 139.56, [of_town]),
    ]


def test_what_is_over_is_closed_and_what_is_not_stays() -> None:
    over, last_day = NeedFactory(wanted_until=TODAY - dt.timedelta(days=1)), NeedFactory(wanted_until=TODAY)
    draft = NeedFactory(status=NeedStatus.DRAFT, wanted_until=TODAY - dt.timedelta(days=1))
    assert need_ends.close_past(now=NOW) == 1
    assert need_ends.close_past(now=NOW) == 0
    for need in (over, last_day, draft):
        need.refresh_from_db()
    assert (over.status, over.closed_at) == (NeedStatus.CLOSED, NOW)
    assert (last_day.status, draft.status) == (NeedStatus.OPEN, NeedStatus.DRAFT)


def test_a_published_role_takes_up_the_open_needs_it_was_made_for() -> None:
    role = RoleFactory()
    need, closed = NeedFactory(role=role), NeedFactory(role=role, status=NeedStatus.CLOSED)
    other = NeedFactory(role=RoleFactory())
    assert need_ends.take_up(role=role, now=NOW, actor=None) == 1
    for row in (need, closed, other):
        row.refresh_from_db()
    assert [row.status for row in (need, closed, other)] == [NeedStatus.TAKEN_UP, NeedStatus.CLOSED, NeedStatus.OPEN]
