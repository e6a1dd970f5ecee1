"""Words for times, ways and reasons."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from django.utils.translation import override

from matching import explanations
from matching.engine.reasons import Reason
from matching.explanations import Speaks
from organisations.models import Role, Slot
from tests.factories import at


def slot(start: dt.datetime, end: dt.datetime | None = None, minutes: int | None = None) -> Slot:
    return Slot(starts_at=start, ends_at=end or start + dt.timedelta(hours=1), minutes=minutes)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (at(5, 9), "3月6日(土) 朝9時"),
        (at(5, 0, 30), "3月6日(土) 夜中12時30分"),
        (at(5, 10, 5), "3月6日(土) 午前10時05分"),
        (at(5, 12), "3月6日(土) 昼12時"),
        (at(5, 13), "3月6日(土) 午後1時"),
        (at(5, 17, 59), "3月6日(土) 夕方5時59分"),
        (at(5, 23), "3月6日(土) 夜11時"),
        (dt.datetime(2027, 3, 6, 15, tzinfo=dt.UTC), "3月7日(日) 夜中12時"),
    ],
)
def test_when(start: dt.datetime, said: str) -> None:
    assert explanations.when(slot(start)) == said


def test_any_minutes_of_a_day_or_of_a_week() -> None:
    assert explanations.when(slot(at(5, 9), at(5, 17), 90)) == "3月6日(土) 朝9時から夕方5時のあいだの1時間30分"
    assert explanations.when(slot(at(5, 0), at(12, 0), 30)) == "3月6日(土)から3月12日(金)のあいだの30分"


@pytest.mark.parametrize(
    ("km", "said"),
    [
        (0.0, "歩いて5分くらい"),
        (0.3, "歩いて5分くらい"),
        (0.31, "歩いて10分くらい"),
        (0.9, "歩いて15分くらい"),
        (1.2, "歩いて20分くらい"),
        (1.8, "歩いて30分くらい"),
        (2.5, "自転車やバスで15分くらい"),
        (5.0, "自転車やバスで30分くらい"),
        (9.0, "バスや電車で行くところ"),
        (None, "家から"),
        (math.nan, "家から"),
    ],
)
def test_bands(km: float | None, said: str) -> None:
    assert explanations.band(km) == said


def said(speaks: Speaks | None = None) -> list[str]:
    at_nine = slot(at(5, 9))
    at_nine.capacity = 3
    return explanations.reasons(speaks or Speaks(), km=0.9, slot=at_nine)


def test_reasons_name_what_was_ticked_before_what_was_written() -> None:
    assert said(Speaks(liked="花", near="庭", is_wished=True))[0] == "「花」が好き"
    assert said(Speaks(near="庭", is_wished=True))[0] == "「やりたいこと」に書いたことに近い"
    assert said(Speaks(near="庭"))[0] == "「庭」に近い"
    assert said() == ["歩いて15分くらい", "土曜日の朝"]


def test_what_was_done_before_is_named_where_it_was_done() -> None:
    assert said(Speaks(is_like_before=True, took_part="水やり"))[0] == "前に参加した「水やり」に近い"
    assert said(Speaks(is_like_before=True))[0] == "前に行くと決めた活動に近い"
    assert said(Speaks(took_part="水やり")) == said()


def test_a_first_time_and_a_slot_that_lacks_people_come_last() -> None:
    assert said(Speaks(is_easy=True, is_pressing=True))[-1] == "はじめての方も参加しやすい"
    assert said(Speaks(is_pressing=True))[-1] == "もうすぐの日で、あと3人さがしています"


def test_four_reasons_at_most_in_one_order() -> None:
    everything = Speaks(liked="花", skill="力仕事", is_like_before=True, is_easy=True)
    assert said(everything) == [
        "「花」が好き",
        "前に行くと決めた活動に近い",
        "歩いて15分くらい",
        "はじめての方も参加しやすい",
    ]
    assert said(Speaks(liked="花", skill="力仕事")) == [
        "「花」が好き",
        "得意な「力仕事」が生きる",
        "歩いて15分くらい",
        "土曜日の朝",
    ]


@pytest.mark.parametrize(
    ("minutes", "japanese", "english"),
    [
        (30, "30分", "30 minutes"),
        (60, "1時間", "1 hour"),
        (90, "1時間30分", "1 hour 30 minutes"),
        (150, "2時間30分", "2 hours 30 minutes"),
    ],
)
def test_lengths(minutes: int, japanese: str, english: str) -> None:
    assert explanations.length(minutes) == japanese
    with override("en"):
        assert explanations.length(minutes) == english


def test_days_and_moments() -> None:
    assert explanations.day(at(5, 9).date()) == "3月6日(土)"
    assert explanations.day_of_year(at(5, 9).date()) == "2027年3月6日"
    assert explanations.moment(at(5, 9)) == explanations.when(slot(at(5, 9)))
    with override("en"):
        assert explanations.day(at(5, 9).date()) == "Sat 6 Mar"
        assert explanations.day_of_year(at(5, 9).date()) == "6 Mar 2027"


def test_only_a_fixed_slot_says_how_long_it_lasts_beside_when() -> None:
    assert explanations.lasts(slot(at(5, 9), at(5, 11))) == "2時間"
    assert explanations.lasts(slot(at(5, 9), at(5, 17), 90)) == ""


def test_every_condition_has_words_for_both_sides() -> None:
    role = Role(min_age=10, max_age=20, guardian_under=18)
    for reason in Reason:
        assert explanations.why_not(reason, role).endswith("。")
        assert explanations.condition(reason)
