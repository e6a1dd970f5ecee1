"""The table is read back by the csv module, in both of its encodings."""

from __future__ import annotations

import csv
import io

import pytest

from organisations.publicity import event_list
from tests.organisations.publicity.golden import golden
from tests.organisations.publicity.samples import FROM_HOME, WATERING, WEEDING

# The standard's own, copied once more by hand.
NAMES = [
    "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "イベント名",
    "イベント名_カナ", "イベント名_英語", "開始日", "終了日", "開始時間",
    "終了時間", "開始日時特記事項", "説明", "料金(基本)", "料金(詳細)",
    "連絡先名称", "連絡先電話番号", "連絡先内線番号", "主催者", "場所名称",
    "住所", "方書", "緯度", "経度", "アクセス方法",
    "駐車場情報", "定員", "参加申込終了日", "参加申込終了時間", "参加申込方法",
    "URL", "備考",
]  # fmt: skip


def read(content: bytes, encoding: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_it_says_what_it_said(encoding: str) -> None:
    assert event_list.table([WATERING, FROM_HOME], encoding=encoding) == golden(f"events.{encoding}.csv")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_every_time_is_a_line_under_the_names_of_the_standard(encoding: str) -> None:
    rows = read(event_list.table([WATERING, FROM_HOME], encoding=encoding), encoding)
    assert [list(row) for row in rows] == [NAMES] * 3
    first = rows[0]
    assert (first["NO"], first["開始日"], first["終了日"]) == ("1", "2027-03-06", "2027-03-06")
    assert (first["開始時間"], first["終了時間"]) == ("09:00", "11:00")
    assert (first["イベント名"], first["イベント名_英語"]) == (WATERING.title, "Watering flowers")
    assert (first["都道府県コード又は市区町村コード"], first["緯度"], first["経度"]) == ("141127", "35.475", "139.549")
    assert (first["都道府県名"], first["市区町村名"]) == ("神奈川県", "旭区")
    assert (first["料金(基本)"], first["定員"]) == ("0", "8")
    assert rows[2]["料金(基本)"] == ""
    assert "好きな30分" in rows[2]["開始日時特記事項"]


def test_excel_knows_it_by_its_first_bytes() -> None:
    assert event_list.table([]).startswith(b"\xef\xbb\xbf")
    assert event_list.table([], encoding="cp932").startswith("都道府県".encode("cp932"))


def test_nothing_of_ours_becomes_a_question_mark_in_the_older_encoding() -> None:
    assert "?" not in event_list.table([WATERING, FROM_HOME], encoding="cp932").decode("cp932")


def test_a_need_has_no_line() -> None:
    assert read(event_list.table([WEEDING]), "utf-8-sig") == []


@pytest.mark.parametrize(
    ("code", "name"),
    [("01101", "北海道"), ("13104", "東京都"), ("47201", "沖縄県"), ("99999", ""), ("", ""), ("x", "")],
)
def test_a_municipality_lies_in_a_prefecture(code: str, name: str) -> None:
    assert event_list.prefecture(code) == name


@pytest.mark.parametrize(("code", "whole"), [("14112", "141127"), ("13104", "131041"), ("01101", "011011"), ("", "")])
def test_a_municipality_has_a_check_digit(code: str, whole: str) -> None:
    assert event_list.with_check_digit(code) == whole
