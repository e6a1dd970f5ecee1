"""A sheet to lie on the table where people of a district meet: what is wished, lacked and to be had, and room to write.

Whoever passes by the table reads it. So it says only what the public pages say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models.user import Language
from organisations.publicity import paper
from organisations.publicity.telling import shortened

TEMPLATE = Path(__file__).with_name("meeting.typ")
LONGEST_TITLE, LONGEST_BESIDE = 38, 48


@dataclass(frozen=True)
class Line:
    """A title and, smaller, what belongs to it; ``opens`` names what more people could come with, if anything."""

    title: str
    beside: str = ""
    opens: str = ""


@dataclass(frozen=True)
class Part:
    """The first lines of a list, and how many there are besides."""

    lines: Sequence[Line] = ()
    more: int = 0


@dataclass(frozen=True)
class Sheet:
    """``wishes``: label of a field → at least so many people wish for it in vain, a multiple of five."""

    district: str
    as_of: str
    url: str
    wishes: Sequence[tuple[str, int]] = ()
    needs: Part = field(default_factory=Part)
    roles: Part = field(default_factory=Part)
    offers: Part = field(default_factory=Part)


def pdf(sheet: Sheet, *, now: dt.datetime) -> bytes:
    """Return one A4 page, or two where there is much to say, in the language that is switched on.

    Raises
    ------
    CannotPrint where the font lacks a character.
    """
    return paper.pdf(TEMPLATE, data(sheet), now=now)


def data(sheet: Sheet) -> dict[str, Any]:
    """Return what the template reads."""
    return {
        "language": Language.of_page(),
        "title": _("%(district)s 話しあいの紙") % {"district": sheet.district},
        "as_of": _("%(day)s現在") % {"day": sheet.as_of},
        "wishes": _wishes(sheet),
        "parts": [
            _part(_("この地区で、手がほしいこと"), sheet.needs, _("いま出ている地域ニーズはありません。")),
            _part(_("人をさがしている募集"), sheet.roles, _("いま、この地区で出ている募集はありません。")),
            _part(_("使ってもらえるもの"), sheet.offers, _("いま出ている提供はありません。")),
        ],
        "writing": {
            "head": _("話しあって決めたこと"),
            "columns": [_("なにを"), _("だれが"), _("いつまでに")],
            "next": _("つぎに会う日"),
            "blank": _("月    日(   )    時から    ところ:"),
        },
        "dark": paper.DARK,
        "shade": paper.SHADE,
        "foot": _("名前や人数の少ないことは、のせていません。だれが見てもかまわない紙です。"),
        "url": sheet.url,
    }


def _wishes(sheet: Sheet) -> dict[str, Any]:
    most = max((people for _label, people in sheet.wishes), default=1)
    return {
        "head": _("やりたいのに、行ける募集がない方"),
        "rows": [
            {
                "label": shortened(label, LONGEST_TITLE),
                "share": people / most,
                "people": ngettext("%(people)d人以上", "%(people)d人以上", people) % {"people": people},
            }
            for label, people in sheet.wishes
        ],
        "none": _("5人以上の方がやりたいことで、行ける募集がないものは、ありません。"),
        "note": _("5人より少ないものは、のせていません。数は、少なめに丸めています。"),
    }


def _part(head: str, part: Part, none: str) -> dict[str, Any]:
    more = ngettext("ほかに%(count)d件あります。", "ほかに%(count)d件あります。", part.more) % {"count": part.more}
    return {
        "head": head,
        "lines": [
            {
                "title": shortened(line.title, LONGEST_TITLE),
                "beside": shortened(line.beside, LONGEST_BESIDE),
                "opens": shortened(line.opens, LONGEST_BESIDE),
            }
            for line in part.lines
        ],
        "more": more if part.more else "",
        "none": none,
    }
