"""Spreadsheets are read back: every cell as it was, and none that computes."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from organisations.spreadsheets import write
from tests.factories import at

HEADER = ["名前", "分", "日"]
MORNING = timezone.make_naive(at(0, 10))
MIDNIGHT = timezone.make_naive(at(0, 0))
ROWS = [["髙橋 ①", 90, dt.date(2027, 3, 1)], ["はなこ\n(母)", 1.5, MORNING], ["", -3, None]]
SHARP = ["=cmd()", "+81", "-1+1", "@SUM(A1)", "\tx", "\r=1", "\n=1", "=1", "+1", "-1", "@x"]


def sheet(rows):
    return load_workbook(io.BytesIO(write.xlsx("名簿", HEADER, rows))).active


def lines(content, encoding):
    return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))


def test_a_workbook_holds_what_was_given():
    page = sheet(ROWS)
    assert (page.title, page.freeze_panes) == ("名簿", "A2")
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        HEADER,
        ["髙橋 ①", 90, MIDNIGHT],
        ["はなこ\n(母)", 1.5, MORNING],
        [None, -3, None],
    ]


@pytest.mark.parametrize("text", SHARP)
def test_no_cell_of_a_workbook_computes(text):
    cell = sheet([[text, 1, None]])["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.strip() == text.strip()


def test_what_is_no_formula_keeps_its_plain_look():
    cell = sheet([["花子", 1, None]])["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", False)


def test_signs_that_no_workbook_can_hold_are_left_out():
    assert sheet([["花\x00\x0b子", 1, None]])["A2"].value == "花子"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_csv_file_holds_what_was_given(encoding):
    assert lines(write.csv(HEADER, ROWS, encoding), encoding) == [
        HEADER,
        ["髙橋 ①", "90", "2027-03-01"],
        ["はなこ\n(母)", "1.5", "2027-03-01 10:00:00"],
        ["", "-3", ""],
    ]


@pytest.mark.parametrize("text", SHARP)
def test_no_cell_of_a_csv_file_computes(text):
    assert lines(write.csv([text], [[text]]), "utf-8-sig") == [[f"'{text}"]] * 2


def test_excel_sees_that_it_is_unicode_and_old_programs_get_a_question_mark():
    assert write.csv(HEADER, []).startswith(b"\xef\xbb\xbf")
    assert lines(write.csv(["𠮷野", "Café"], [], "cp932"), "cp932") == [["?野", "Cafe"]]
