"""Readings stand in the text of a page, and nowhere else."""

from __future__ import annotations

import re

import pytest

from web.furigana import dictionary
from web.furigana.page import with_furigana
from web.furigana.reading import Reader

FLOWER = '<span class="read"><ruby>花<rp>(</rp><rt>はな</rt><rp>)</rp></ruby></span>'


@pytest.fixture(scope="module")
def reader() -> Reader:
    words = dictionary.opened("core")
    assert words is not None
    return Reader(words, places=[], organisations=[])


def read(html: str, reader: Reader) -> str:
    return with_furigana(html, reader, is_kept=True)


def without(html: str) -> str:
    plain = re.sub(r"<rp>.</rp>|<rt>[ぁ-んー]+</rt>|</?ruby>", "", html)
    return re.sub(r'<span class="read">([^<]*)</span>', r"\1", plain)


def test_a_reading_stands_over_the_characters_and_not_over_the_kana(reader: Reader) -> None:
    assert read("<p>はい、<b>行けます</b></p>", reader) == (
        '<p>はい、<b><span class="read"><ruby>行<rp>(</rp><rt>い</rt><rp>)</rp></ruby>けます</span></b></p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        "<title>花</title>",
        "<script>花</script>",
        '<script type="application/json">{"a": "花<b>"}</script>',
        "<style>/* 花 */</style>",
        "<textarea>花\n<b>花</b></textarea>",
        "<select><optgroup label='花'><option>花</option></optgroup></select>",
        '<svg><title>花</title><text>花</text><circle r="1" /><text>花</text></svg>',
        "<pre>花<code>花</code>花</pre>",
        '<p lang="en">花 <i>花</i></p>',
        '<p contenteditable="true">花</p>',
        "<ruby>花<rt>ふらわー</rt></ruby>",
        '<input value="花" placeholder="花"><img alt="花"><a title="花" aria-label="花"></a>',
        "<!-- 花 --><!doctype 花><?花?>",
    ],
)
def test_what_is_no_text_of_the_page_stays_as_it_is(reader: Reader, html: str) -> None:
    assert read(html, reader) == html
    assert read(f"<br>{html}<p>花</p>", reader) == f"<br>{html}<p>{FLOWER}</p>"


def test_japanese_within_japanese_is_read(reader: Reader) -> None:
    assert read('<p lang="ja-JP">花</p>', reader) == f'<p lang="ja-JP">{FLOWER}</p>'


@pytest.mark.parametrize(
    "html",
    [
        "<p>&lt;script&gt;花&lt;/script&gt; &amp;lt; &#x27;花&#x27; &quot;方&quot;</p>",
        '<p data-花="花>花" title=\'花"花\'>花</p>\r\n<P CLASS=花>花</P >',
        "<p>花 < 花 > 花 & 花 <花>花</花> <3花</p>",
        '<a "花" href=花>花</a',
        "<p>花<p>花<ul><li>花<li>花</ul></span>花",
        "<textarea>花</textarea >花<svg>花</svg><svg/>花",
        "花<script>花",
    ],
)
def test_taking_the_readings_out_again_gives_the_page_that_was(reader: Reader, html: str) -> None:
    told = read(html, reader)
    assert without(told) == html
    # Whatever was escaped, or stood between quotation marks, still does: only our own elements were added.
    added = set(re.findall(r"<[a-z]\w*", told)) - set(re.findall(r"<[a-z]\w*", html))
    assert added <= {"<span", "<ruby", "<rp", "<rt"}


def test_a_reading_is_kana_whatever_somebody_stored_as_one(reader: Reader) -> None:
    words = dictionary.opened("core")
    assert words is not None
    evil = Reader(words, places=[("花町", "<script>")], organisations=[("花の会", 'はな" onclick="')])
    for text in ("<p>花町</p>", "<p>花の会</p>"):
        assert read(text, evil) == read(text, reader)
