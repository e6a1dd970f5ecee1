"""PDFs are read back: what a person sees, and what a screen reader is told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from organisations.publicity import paper
from tests.factories import NOW

LETTER = Path(__file__).with_name("letter.typ")


def read(**data: object) -> PdfReader:
    written = paper.pdf(LETTER, {"title": "参加証明書", "name": "花子", "on": NOW.date()} | data, now=NOW)
    return PdfReader(io.BytesIO(written))


def test_rare_characters_of_names_are_there_to_be_read():
    text = read(name="髙橋 﨑 はなこ 辻 鷗").pages[0].extract_text()
    for said in ("参加証明書", "髙橋 﨑 はなこ 辻 鷗", "2027-03-01"):
        assert said in text


def test_a_screen_reader_finds_language_title_and_structure():
    file = read()
    catalogue = file.trailer["/Root"]
    assert catalogue["/Lang"] == "ja"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert file.metadata.title == "参加証明書"


def test_the_font_comes_along():
    fonts = read().pages[0]["/Resources"]["/Font"]
    assert all("BIZUDPGothic" in font.get_object()["/BaseFont"] for font in fonts.values())


@pytest.mark.parametrize("name", ["𠮷野", "花子😀"])
def test_a_character_without_a_picture_is_named_and_not_left_out(name):
    with pytest.raises(paper.CannotPrint) as refused:
        read(name=name)
    assert refused.value.args[0] in name
    assert refused.value.args[0] in str(refused.value.message)


def test_a_broken_template_is_a_mistake_of_the_program(tmp_path):
    (tmp_path / "broken.typ").write_text("#nothing")
    with pytest.raises(typst.TypstError):
        paper.pdf(tmp_path / "broken.typ", {}, now=NOW)


def test_what_typst_reads_as_its_own_is_only_text():
    assert "#strong[太い] $x$" in read(name="#strong[太い] $x$").pages[0].extract_text()


def test_the_licence_lies_beside_the_font():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (paper.FONTS / "OFL.txt").read_text()
