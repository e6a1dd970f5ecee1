"""The sheet for the table is read back: what people see around it, and what a screen reader is told."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import override
from pypdf import PdfReader

from organisations.publicity import meeting
from organisations.publicity.meeting import Line, Part, Sheet
from tests.factories import NOW

DAY, URL = "2027年3月1日(月)", "https://yaritai.example/gaps/"
LITTLE = Sheet(
    "見本地区",
    DAY,
    URL,
    wishes=[("花と緑", 20), ("食と料理", 5)],
    needs=Part([Line("庭の草取り #1", "見本町・3月20日(土)まで")]),
    roles=Part(
        [Line("朝の体操", "3月7日(日) 朝9時・あと3人・見本会", "ここが変われば、来られる方がふえます: 時間")], more=2
    ),
)
LONG, WITH_CONDITIONS = Line("庭" * 80, "見" * 120), Line("庭" * 80, "見" * 120, "時間、" * 30)
PARTS = [Part([line] * 3, more=40) for line in (LONG, WITH_CONDITIONS, LONG)]
MUCH = Sheet("見本" * 15, DAY, URL, [("花" * 40, 900)] * 5, *PARTS)


def read(sheet: Sheet) -> Any:
    return PdfReader(io.BytesIO(meeting.pdf(sheet, now=NOW)))


def text_of(file: Any) -> str:
    return "\n".join(page.extract_text() for page in file.pages)


def test_all_that_is_told_is_on_one_page_with_room_to_write() -> None:
    file = read(LITTLE)
    assert len(file.pages) == 1
    text = text_of(file)
    for said in (
        "見本地区 話しあいの紙", "2027年3月1日(月)現在", "花と緑", "20人以上", "5人以上", "庭の草取り #1",
        "見本町・3月20日(土)まで", "朝の体操", "ここが変われば、来られる方がふえます: 時間", "ほかに2件あります。",
        "いま出ている提供はありません。", "なにを", "だれが", "いつまでに", "つぎに会う日", URL,
    ):  # fmt: skip
        assert said in text


def test_however_much_there_is_to_read_it_is_one_side_and_the_other_is_to_write_on() -> None:
    first, second = read(MUCH).pages
    assert "ほかに40件あります。" in first.extract_text()
    assert "つぎに会う日" not in first.extract_text()
    assert second.extract_text().count("つぎに会う日") == 1


def test_the_smallest_words_can_be_read_around_a_table() -> None:
    assert min(_sizes(MUCH)) >= 9


def test_a_screen_reader_finds_language_title_and_structure_but_no_bars() -> None:
    file = read(LITTLE)
    catalogue = file.trailer["/Root"]
    assert catalogue["/Lang"] == "ja"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert file.metadata.title == "見本地区 話しあいの紙"
    tags = _tags(catalogue["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/L"} <= set(tags)
    assert "/Figure" not in tags


def test_in_english() -> None:
    with override("en"):
        file = read(LITTLE)
    assert file.trailer["/Root"]["/Lang"] == "en"
    assert "At least 20 people" in text_of(file)


def _sizes(sheet: Sheet) -> set[float]:
    found: set[float] = set()

    def look(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            found.add(size)

    for page in read(sheet).pages:
        page.extract_text(visitor_text=look)
    return found


def _tags(node: Any) -> list[str]:
    """Every kind of structure element below *node*."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for child in node for found in _tags(child)]
    if not isinstance(node, dict):
        return []
    return [str(node["/S"]) if "/S" in node else "", *(_tags(node["/K"]) if "/K" in node else [])]
