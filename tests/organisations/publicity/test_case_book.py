"""The book is read back: what a person sees, and what a screen reader is told."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import override
from PIL import Image
from pypdf import PdfReader

from organisations.publicity import case_book
from organisations.publicity.case_book import Case, Photo
from tests.factories import NOW


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (320, 200), "green").save(file, "JPEG")
    return file.getvalue()


CASE = Case(
    title="休みの日の食堂が茶話会に",
    between="見本食堂 × 見本自治会",
    parts=[("はじまる前", "集まる場所が\nありませんでした。"), ("どうなったか", "毎月15人が集まる #今")],
    photos=[Photo(picture(), "食堂で話す人たち")],
)


def read(*cases: Case) -> Any:
    return PdfReader(io.BytesIO(case_book.pdf(cases, issued_on="2027年3月31日", now=NOW)))


def text_of(file: Any) -> str:
    return " ".join("\n".join(page.extract_text() for page in file.pages).split())


def test_everything_is_there_to_be_read() -> None:
    text = text_of(read(CASE))
    for said in (
        "連携事例集", "もくじ", "発行日 2027年3月31日", "休みの日の食堂が茶話会に", "見本食堂 × 見本自治会",
        "はじまる前", "集まる場所が", "ありませんでした。", "毎月15人が集まる #今", "食堂で話す人たち",
    ):  # fmt: skip
        assert said in text


def test_a_screen_reader_finds_language_title_structure_and_what_is_in_the_picture() -> None:
    file = read(CASE)
    catalogue = file.trailer["/Root"]
    assert catalogue["/Lang"] == "ja"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert file.metadata.title == "連携事例集"
    assert "食堂で話す人たち" in _alternatives(catalogue["/StructTreeRoot"])
    assert [len(page.images) for page in file.pages] == [0, 1]


def test_each_case_begins_on_a_page_of_its_own() -> None:
    assert len(read(CASE, CASE, CASE).pages) == 4


def test_in_english() -> None:
    with override("en"):
        file = read(CASE)
    assert file.trailer["/Root"]["/Lang"] == "en"


def _alternatives(node: Any) -> list[str]:
    """Every /Alt below *node*."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for child in node for found in _alternatives(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (_alternatives(node["/K"]) if "/K" in node else [])
