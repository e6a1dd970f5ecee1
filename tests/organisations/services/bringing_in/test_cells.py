from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from organisations.models import Activity
from organisations.models.organisation import Kind
from organisations.services.bringing_in import cells


@pytest.mark.parametrize(
    "text",
    [
        "1960-01-02",
        "1960/1/2",
        "1960.1.2",
        "１９６０年１月２日",
        "昭和35年1月2日",
        "昭和 35 年 1 月 2 日",
        "S35.1.2",
        "s35/01/02",
        "1960-01-02 00:00:00",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str):
    assert cells.day(text) == dt.date(1960, 1, 2)


@pytest.mark.parametrize(
    ("text", "year"), [("令和元年5月1日", 2019), ("平成31年4月30日", 2019), ("大正15年1月1日", 1926)]
)
def test_eras_count_from_their_first_year(text: str, year: int):
    assert cells.day(text).year == year


@pytest.mark.parametrize(
    "text", ["", "35", "1960/13/1", "2027/2/29", "昭35", "安政1年1月1日", "1/2", "1960/1/2/3", "元年1月1日"]
)
def test_what_is_no_date_is_refused(text: str):
    with pytest.raises(cells.CellError, match="日付"):
        cells.day(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [("9:00", dt.time(9)), ("９：３０", dt.time(9, 30)), ("13時", dt.time(13)), ("13時5分", dt.time(13, 5))],
)
def test_a_time_is_read_however_it_is_written(text: str, at: dt.time):
    assert cells.time(text) == at


@pytest.mark.parametrize("text", ["24:00", "9:60", "朝", "9", "-1:00"])
def test_what_is_no_time_is_refused(text: str):
    with pytest.raises(cells.CellError, match="時刻"):
        cells.time(text)


def test_numbers_come_with_and_without_their_counters():
    assert [cells.whole(text) for text in ("3", "３人", "12 歳", "0")] == [3, 3, 12, 0]
    assert [cells.km(text) for text in ("2", "2.5km", "１．５")] == [2.0, 2.5, 1.5]
    for text in ("たくさん", "-1", "3.5", "9999999"):
        with pytest.raises(cells.CellError, match="数字"):
            cells.whole(text)
    with pytest.raises(cells.CellError, match="数字"):
        cells.km("近所")


def test_yes_and_no_are_said_in_many_ways():
    assert [cells.truth(text) for text in ("はい", "○", "〇", "YES", "1", "有")] == [True] * 6
    assert [cells.truth(text) for text in ("いいえ", "×", "no", "0", "無")] == [False] * 5
    assert cells.truth(cells.told(True)) is True
    assert cells.truth(cells.told(False)) is False
    with pytest.raises(cells.CellError, match="はい"):
        cells.truth("たぶん")


def test_choices_are_known_by_label_in_japanese_whatever_the_page_speaks():
    with override("en"):
        read = cells.choice_of(Kind)
        assert read("福祉施設") == read("facility") == Kind.FACILITY
        assert cells.label(Kind.FACILITY) == "福祉施設"


SETUP, WEEDING, PARK = (
    Activity(pk=1, code="event.setup", ja="設営・撤収（テント、机）", en="Set-up"),
    Activity(pk=2, code="park.weeding", ja="公園の草取り", en="Weeding"),
    Activity(pk=3, code="park", ja="公園", en="Parks"),
)


@pytest.mark.parametrize("between", ["、", ",", "，", ";", "\n", " 、"])
def test_words_that_hold_a_comma_themselves_are_found_between_others(between: str):
    read = cells.terms_of(cells.names_of([SETUP, WEEDING, PARK]))
    assert read(between.join(["公園", "設営・撤収（テント、机）", "公園の草取り"])) == [PARK, SETUP, WEEDING]


def test_what_is_told_is_read_again():
    read = cells.terms_of(cells.names_of([SETUP, WEEDING, PARK]))
    assert read(cells.joined([SETUP, WEEDING])) == [SETUP, WEEDING]


def test_an_unknown_word_is_named_with_the_one_that_was_perhaps_meant():
    read = cells.terms_of(cells.names_of([SETUP, WEEDING, PARK]))
    with pytest.raises(cells.CellError, match="「公園の草とり」が見つかりません。「公園の草取り」のことですか"):
        read("公園、公園の草とり")
    with pytest.raises(cells.CellError, match="決まったことばの中から"):
        read("宇宙旅行")
