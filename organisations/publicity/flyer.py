"""A sheet for the notice board: large words, a code to photograph, a telephone number, slips to tear off."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.models.user import Language
from organisations.publicity import paper, qr
from organisations.publicity.phrases import phrases
from organisations.publicity.published import Published
from organisations.publicity.telling import LONGEST_WHO, facts, headline_of, shortened

TEMPLATE = Path(__file__).with_name("flyer.typ")
LONGEST_WHAT = 260
TIMES_ON_FLYER = 4
SLIPS = 8
LONGEST_ON_SLIP, LONGEST_WHO_ON_SLIP = 15, 18


def pdf(published: Published, *, now: dt.datetime) -> bytes:
    """Return an A4 sheet in the language that is switched on; screen readers read the slips once only.

    Raises
    ------
    CannotPrint where the font lacks a character.
    """
    return paper.pdf(TEMPLATE, data(published), now=now)


def data(published: Published) -> dict[str, Any]:
    """Return what the template reads."""
    return {
        "language": Language.of_page(),
        "head": headline_of(published.kind),
        "title": published.title,
        "phrases": phrases(published.title),
        "what": shortened(published.what, LONGEST_WHAT),
        "facts": facts(published, at_most_times=TIMES_ON_FLYER, between="\n"),
        "who": shortened(published.who, LONGEST_WHO),
        "phone": published.phone,
        "call": _("電話でもどうぞ"),
        "scan": _("くわしくはこちら"),
        "url": published.url,
        "qr": qr.svg(published.url),
        "alt": _("「%(title)s」のページのQRコード") % {"title": published.title},
        "slip": shortened(published.title, LONGEST_ON_SLIP),
        "slip_who": shortened(published.who, LONGEST_WHO_ON_SLIP),
        "slips": SLIPS,
        "dark": paper.DARK,
        "shade": paper.SHADE,
        "foot": _("「やりたい」 やりたいことと地域ニーズをつなぐ場所"),
    }
