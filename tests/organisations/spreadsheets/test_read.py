"""Files as offices hand them in, and files that are none."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.utils import timezone
from openpyxl import Workbook

from organisations.spreadsheets import read, write
from tests.factories import at

WANTED = ["名前", "人数"]


def workbook(*rows: list[object]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(file)
    return file.getvalue()


def cells(content: bytes) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, row.cells) for row in read.table(content, wanted=WANTED).rows]


def test_a_workbook_gives_its_cells_as_people_see_them():
    content = workbook(
        WANTED,
        ["佐藤", 3.0],
        ["鈴木", 2.5],
        [timezone.make_naive(at(0, 0)), dt.time(9, 30)],
        [timezone.make_naive(at(0, 9)), None],
    )
    assert [list(row.values()) for _number, row in cells(content)] == [
        ["佐藤", "3"],
        ["鈴木", "2.5"],
        ["2027-03-01", "09:30"],
        ["2027-03-01 09:00", ""],
    ]


def test_rows_keep_the_number_that_the_spreadsheet_shows():
    content = workbook(["令和8年度 名簿"], [None, None], WANTED, ["佐藤", 1], [None, None], ["鈴木", 2])
    assert [number for number, _row in cells(content)] == [4, 6]


def test_columns_may_stand_in_any_order_beside_others():
    content = workbook(["備考", "人数", "名前"], ["午前", 3, "佐藤"])
    assert cells(content) == [(2, {"備考": "午前", "人数": "3", "名前": "佐藤"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("name", ["髙橋①", "山﨑", "渡辺(わたなべ)"])
def test_csv_is_read_in_each_encoding_that_is_in_use(encoding: str, name: str):
    assert cells(f"名前,人数\r\n{name},3\r\n".encode(encoding)) == [(2, {"名前": name, "人数": "3"})]


def test_what_a_spreadsheet_saves_as_unicode_text_is_read_too():
    assert cells("名前\t人数\r\n佐藤,花子\t3\r\n".encode("utf-16")) == [(2, {"名前": "佐藤,花子", "人数": "3"})]


@pytest.mark.parametrize("text", ["=1+1", "-3", "@x", "ふつう", "'引用'"])
def test_what_we_wrote_is_read_back_as_it_was(text: str):
    rows: list[list[write.Cell]] = [[text, 1]]
    for content in (write.csv(WANTED, rows), write.xlsx("表", WANTED, rows)):
        assert cells(content) == [(2, {"名前": text, "人数": "1"})]


def test_a_table_that_is_kept_comes_back_as_it_was():
    for content in ("名前,人数,,備考\n佐藤,1,x\n\n鈴木,2,,y,z\n", "名前,人数\n"):
        found = read.table(content.encode(), wanted=WANTED)
        assert read.unpacked(read.packed(found)) == found


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04nonsense", b"\xff\xfe\0", b"%PDF-1.7\xe2\xe3\xcf\xd3\0"]
)
def test_what_is_no_table_is_refused_kindly(content: bytes):
    with pytest.raises(read.NotATable):
        read.table(content, wanted=WANTED)


def test_a_zip_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("photo.txt", "x")
    with pytest.raises(read.NotATable):
        read.table(file.getvalue(), wanted=WANTED)


def test_a_small_file_that_unpacks_to_gigabytes_is_never_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(read.MOST_UNPACKED + 1))
    assert len(file.getvalue()) < 1_000_000
    with pytest.raises(read.TooLarge):
        read.table(file.getvalue(), wanted=WANTED)


def test_too_many_rows_are_refused_and_as_many_as_may_be_are_read():
    lines = ["名前,人数", *["佐藤,1"] * read.MOST_ROWS]
    assert len(cells("\n".join(lines).encode())) == read.MOST_ROWS
    with pytest.raises(read.TooLarge):
        cells("\n".join([*lines, "鈴木,2"]).encode())
    with pytest.raises(read.TooLarge):
        cells(b"x" * (read.MOST_BYTES + 1))


def test_without_the_columns_it_says_which_are_wanted():
    with pytest.raises(read.NoHeader, match="「名前」「人数」"):
        cells("氏名,人数\n佐藤,1\n".encode())
    with pytest.raises(read.NoHeader):
        cells("\n".join([*["題"] * read.HEADER_WITHIN, "名前,人数", "佐藤,1"]).encode())
