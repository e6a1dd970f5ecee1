"""The HTML of a page → the same with readings; not a byte of it changes elsewhere than in its text."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import accumulate

from web.furigana.dictionary import HAS_KANJI
from web.furigana.reading import Reader, Sentences

# Where no reading may stand (what is shown as plain text, drawn or run), or where it would be in the way.
LEFT_ALONE = {
    *("head", "title", "style", "script", "template", "noscript", "svg", "math", "iframe"),
    *("textarea", "select", "datalist", "option"),
    *("pre", "code", "kbd", "samp", "ruby"),
}
# They end where they begin, so nothing of the page lies within them.
_VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input"),
    *("link", "meta", "source", "track", "wbr"),
}
_RUBY = "<ruby>{}<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>"
# One box around what was one text: a button lays out its children one by one.
_READ = '<span class="read">{}</span>'


def with_furigana(html: str, reader: Reader, *, is_kept: bool) -> str:
    """Put a reading over each word in Chinese characters that the reader knows.

    Parameters
    ----------
    html
        A whole page. What is no text, and all that is said to be in another language than Japanese, stays as it is.
    is_kept
        Whether its sentences may be remembered in this process, in clear, after the page is done.
    """
    page = _Page(html, reader, is_kept)
    page.feed(html)
    page.close()
    return page.read_so_far(len(html))


class _Page(HTMLParser):
    def __init__(self, html: str, reader: Reader, is_kept: bool) -> None:
        # Text comes as it is written, so what was escaped stays escaped.
        super().__init__(convert_charrefs=False)
        self._html, self._reader = html, reader
        self._apart: Sentences | None = None if is_kept else {}
        self._line_starts = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._put: list[str] = []
        self._taken = 0
        # The element that is left alone, and how many of its kind are open within it.
        self._alone, self._depth = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._alone:
            self._depth += tag == self._alone
        elif tag not in _VOID and (tag in LEFT_ALONE or _is_foreign(attrs)):
            self._alone, self._depth = tag, 1

    def handle_endtag(self, tag: str) -> None:
        if tag == self._alone:
            self._depth -= 1
            self._alone = self._alone if self._depth else ""

    def handle_data(self, data: str) -> None:
        # Text of ours has no angle brackets: what looks like a broken tag is none to be mended here.
        if self._alone or not HAS_KANJI.search(data) or "<" in data or ">" in data:
            return
        line, column = self.getpos()
        start = self._line_starts[line - 1] + column
        pieces = list(self._reader.read(data, apart=self._apart))
        read = "".join(_RUBY.format(text, reading) if reading else text for text, reading in pieces)
        self._put += (self._html[self._taken : start], _READ.format(read) if any(kana for _, kana in pieces) else read)
        self._taken = start + len(data)

    def read_so_far(self, end: int) -> str:
        return "".join((*self._put, self._html[self._taken : end]))


def _is_foreign(attrs: list[tuple[str, str | None]]) -> bool:
    found = dict(attrs)
    language = found.get("lang")
    is_typed_in = found.get("contenteditable", "false") != "false"
    return is_typed_in or (language is not None and language.partition("-")[0].lower() != "ja")
