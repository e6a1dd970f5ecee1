"""The certificate of having taken part, to hand in at a school or at work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from accounts.models.user import Language
from organisations.publicity import paper

TEMPLATE = Path(__file__).with_name("certificate.typ")


@dataclass(frozen=True)
class Row:
    """One line, in words as they are printed; ``by_code``: the person wrote it down themselves, at the venue."""

    day: str
    title: str
    organisation: str
    lasts: str
    by_code: bool


@dataclass(frozen=True)
class Certificate:
    """``confirmed_by`` names the organisations that wrote the lines down, and how they can be asked.

    It is of one person: ``in_company`` says that others came along, whose time it does not count.
    """

    name: str
    period: str
    rows: Sequence[Row]
    times: str
    lasts: str
    issued_on: str
    confirmed_by: Sequence[str]
    in_company: bool = False


def pdf(certificate: Certificate, *, now: dt.datetime) -> bytes:
    """Return the sheet in the language that is switched on.

    Raises
    ------
    CannotPrint where the font lacks a character.
    """
    return paper.pdf(TEMPLATE, {**asdict(certificate), **_words(certificate)}, now=now)


def _words(certificate: Certificate) -> dict[str, object]:
    return {
        "language": Language.of_page(),
        "title": _("参加証明書"),
        "addressed": _("%(name)s 様") % {"name": certificate.name},
        "sentence": _("上の方が、次の活動に参加されたことを証明します。"),
        "head": [_("日にち"), _("活動"), _("団体"), _("活動の時間")],
        "sums": [[_("期間"), certificate.period], [_("回数"), certificate.times], [_("合計"), certificate.lasts]],
        "by_code": _("※ ご本人が会場のコードで記録したもので、団体はまだ確かめていません。")
        if any(r.by_code for r in certificate.rows)
        else "",
        "own": _("時間は、ご本人の分だけです。いっしょに来た方の時間は入っていません。")
        if certificate.in_company
        else "",
        "confirmed": _("参加と時間は、受け入れた団体が記録しました。お問い合わせは、次の団体へお願いします。"),
        "issued": _("発行日 %(day)s") % {"day": certificate.issued_on},
        "issuer": _("「やりたい」 やりたいことと地域ニーズをつなぐ場所"),
    }
