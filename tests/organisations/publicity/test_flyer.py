"""The sheet is read back: its text and structure by pypdf, its code by a camera's library."""

from __future__ import annotations

import dataclasses
import io
import json

import pytest
import typst
import zxingcpp
from django.utils.translation import override
from PIL import Image
from pypdf import PdfReader

from organisations.publicity import flyer, paper
from organisations.publicity.published import Published
from tests.factories import NOW
from tests.organisations.publicity.samples import EACH, LONG, WATERING


def read(published: Published) -> PdfReader:
    return PdfReader(io.BytesIO(flyer.pdf(published, now=NOW)))


@pytest.mark.parametrize("published", [*EACH.values(), LONG, dataclasses.replace(LONG, phone="")])
def test_whatever_it_says_it_is_one_sheet(published: Published) -> None:
    [page] = read(published).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert published.title[:10] in page.extract_text()


def test_it_says_what_when_where_and_whom_to_call() -> None:
    text = read(WATERING).pages[0].extract_text()
    for said in ("草取り</b>", "3月6日(土) 9:00〜11:00", "集会所", "無料", "軍手", WATERING.url):
        assert said in text
    # Large, in the facts, and on every slip.
    assert text.count(WATERING.phone) == flyer.SLIPS + 2


def test_a_screen_reader_finds_language_title_structure_and_the_words_of_the_code():
    file = read(WATERING)
    catalogue = file.trailer["/Root"]
    assert (catalogue["/Lang"], file.metadata.title) == ("ja", WATERING.title)
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "QRコード" in str(_alternatives(catalogue["/StructTreeRoot"]))
    with override("en"):
        assert read(WATERING).trailer["/Root"]["/Lang"] == "en"


def _alternatives(node: object) -> list[str]:
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        return [alt for one in found for alt in _alternatives(one)]
    if not isinstance(found, dict):
        return []
    own = [str(found["/Alt"])] if "/Alt" in found else []
    return own + (_alternatives(found["/K"]) if "/K" in found else [])


@pytest.mark.parametrize("published", [WATERING, LONG])
def test_a_camera_reads_the_address(published: Published) -> None:
    drawn = _drawn(published)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn)))] == [published.url]


def _drawn(published: Published) -> bytes:
    drawn = typst.compile(
        flyer.TEMPLATE,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[paper.FONTS]),
        sys_inputs={"data": json.dumps(flyer.data(published))},
        format="png",
        ppi=100.0,
    )
    assert isinstance(drawn, bytes)
    return drawn
