"""A square picture for those who share pictures, and for the card that a chat draws of a page."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache

import segno
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from organisations.publicity.paper import DARK, FONTS
from organisations.publicity.phrases import phrases
from organisations.publicity.published import Published
from organisations.publicity.qr import ERROR_LEVEL
from organisations.publicity.telling import headline_of, place, times

SIDE = 1080
EDGE = 72
CODE, QUIET = 290, 4
INK, PAPER = "#1a1a1c", "#ffffff"
TITLE_LINES, FACT_LINES = 4, 2


def png(published: Published) -> bytes:
    """Return 1,080 × 1,080 points: what, when, where, who, and a code of the page's address."""
    picture = Image.new("RGB", (SIDE, SIDE), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, SIDE, 150), fill=DARK)
    _write(draw, [headline_of(published.kind)], top=48, size=46, colour=PAPER)
    top = _write(draw, _wrapped(published.title, 84, TITLE_LINES), top=210, size=84, colour=INK) + 30
    for said in (times(published, at_most=1), _near(published)):
        top = _write(draw, _wrapped(said, 46, FACT_LINES), top=top, size=46, colour=INK) + 14
    side = SIDE - 2 * EDGE - CODE - 40
    reach = [*_wrapped(published.who, 38, FACT_LINES, width=side), published.phone, _("やりたい")]
    _write(draw, [line for line in reach if line], top=SIDE - EDGE - 190, size=38, colour=DARK)
    code = _code(published.url)
    picture.paste(code, (SIDE - EDGE - code.width, SIDE - EDGE - code.height))
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(draw: ImageDraw.ImageDraw, lines: Iterable[str], *, top: int, size: int, colour: str) -> int:
    for line in lines:
        draw.text((EDGE, top), line, font=_font(size), fill=colour)
        top += round(size * 1.35)
    return top


def _wrapped(text: str, size: int, at_most: int, *, width: int = SIDE - 2 * EDGE) -> list[str]:
    """Return lines that fit, broken behind phrases where these fit. What does not fit ends in an ellipsis."""
    lines, font = [""], _font(size)
    for phrase in phrases(" ".join(text.split())):
        if font.getlength(lines[-1] + phrase.rstrip()) <= width:
            lines[-1] += phrase
        elif len(lines) == at_most:
            while font.getlength(lines[-1] + "…") > width:
                lines[-1] = lines[-1][:-1]
            lines[-1] += "…"
            break
        else:
            lines.append(phrase)
    return lines if text else []


def _near(published: Published) -> str:
    """The street number is on the page; a picture has room for the name and the town."""
    if published.place is None or not published.place.name:
        return place(published)
    return f"{published.place.name} {published.place.ward}{published.place.town}"


def _code(address: str) -> Image.Image:
    """Whole points for each module, or a camera may not read it."""
    made, file = segno.make(address, error=ERROR_LEVEL, micro=False), io.BytesIO()
    modules, _high = made.symbol_size(scale=1, border=QUIET)
    made.save(file, kind="png", scale=max(1, CODE // int(modules)), border=QUIET)
    with Image.open(file) as found:
        return found.convert("RGB")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "BIZUDPGothic-Regular.ttf", size)
