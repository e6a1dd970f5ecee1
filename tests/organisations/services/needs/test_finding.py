"""Needs are found by word, activity, kind of help, place and day."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models import Need
from organisations.models.need import NeedStatus
from organisations.models.offer import Help
from organisations.services.needs import finding
from organisations.services.words import TextTooLong
from tests.factories import NOW, ActivityFactory, DistrictFactory, NeedFactory, TownFactory

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def found(**asked: object) -> list[Need]:
    finding.index(needs=Need.objects.all())
    return list(finding.find(today=TODAY, **asked))  # type: ignore[arg-type]


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
