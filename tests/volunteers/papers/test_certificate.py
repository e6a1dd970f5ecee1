"""The certificate is read back: what a person sees, and what a screen reader is told."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from organisations.publicity.paper import CannotPrint
from tests.factories import NOW
from volunteers.papers import certificate
from volunteers.papers.certificate import Certificate, Row

ROW = Row("3月6日(土)", "駅前の花だん #水やり", "二俣川はなみち会", "1時間30分", by_code=False)
OF_HANAKO = Certificate(
    name="髙橋 﨑子",
    period="2027年",
    rows=[ROW, dataclasses.replace(ROW, title="図書館の本棚", lasts="45分", by_code=True)],
    times="2回",
    lasts="2時間15分",
    issued_on="2027年3月31日",
    confirmed_by=["二俣川はなみち会 045-000-0001"],
)


def read(**other: Any) -> Any:
    return PdfReader(io.BytesIO(certificate.pdf(dataclasses.replace(OF_HANAKO, **other), now=NOW)))


def text_of(file: Any) -> str:
    return " ".join("\n".join(page.extract_text() for page in file.pages).split())


def test_everything_is_there_to_be_read() -> None:
    text = text_of(read())
    for said in (
        "参加証明書",
        "髙橋 﨑子 様",
        "2027年",
        "2回",
        "2時間15分",
        "3月6日(土)",
        "駅前の花だん #水やり",
        "1時間30分",
        "45分 ※",
        "発行日 2027年3月31日",
        "二俣川はなみち会 045-000-0001",
        "団体はまだ確かめていません",
    ):
        assert said in text


def test_a_screen_reader_finds_language_title_and_structure() -> None:
    file = read()
    catalogue = file.trailer["/Root"]
    assert catalogue["/Lang"] == "ja"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert file.metadata.title == "参加証明書"


def test_a_code_is_only_explained_where_there_was_one() -> None:
    assert "※" not in text_of(read(rows=[ROW]))


def test_a_long_year_goes_over_several_pages_each_with_its_head() -> None:
    file = read(rows=[ROW] * 80)
    assert len(file.pages) > 1
    assert all("日にち" in page.extract_text() for page in file.pages[:-1])


def test_in_english() -> None:
    with override("en"):
        file = read(name="Hanako Takahashi")
    assert file.trailer["/Root"]["/Lang"] == "en"
    assert "Certificate" in text_of(file)
    assert "様" not in text_of(file)


def test_a_character_without_a_picture_is_named() -> None:
    with pytest.raises(CannotPrint):
        read(name="𠮷野")
