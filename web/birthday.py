"""A date of birth as three short numbers: nobody scrolls a calendar back seventy years."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What each number is called, how long it may be, and as what a browser knows it.
PARTS: list[tuple[str | Promise, int, str]] = [
    (_("年(西暦)"), 5, "bday-year"),
    (_("月"), 2, "bday-month"),
    (_("日"), 2, "bday-day"),
]
# The year before the first of an era, by its name and by its letter.
ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ERAS |= {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
_OF_ERA = re.compile(f"({'|'.join(ERAS)})(元|[0-9]{{1,2}})")


class BirthdayWidget(forms.MultiWidget):
    template_name = "parts/birthday.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__(
            [
                forms.TextInput(
                    attrs={"inputmode": "numeric", "maxlength": size, "aria-label": name, "autocomplete": known_as}
                )
                for name, size, known_as in PARTS
            ]
        )

    def decompress(self, value: dt.date | None) -> list[int | None]:
        return [value.year, value.month, value.day] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return ""


class BirthdayField(forms.Field):
    widget = BirthdayWidget
    default_error_messages = {
        "required": _("生年月日を、年・月・日とも入れてください。"),
        "invalid": _("その日付はありません。数字で入れてください(例: 1950 4 1、昭和25 4 1)。"),
    }

    def to_python(self, value: list[str] | None) -> dt.date | None:
        typed = [unicodedata.normalize("NFKC", part or "").strip() for part in value or []]
        if not all(typed):
            return None
        typed = [western(typed[0]), *typed[1:]]
        try:
            year, month, day = (int(part) for part in typed if part.isascii() and part.isdigit() and len(part) <= 4)
            return dt.date(year, month, day)
        except ValueError as refused:
            raise ValidationError(self.error_messages["invalid"], "invalid") from refused

    def validate(self, value: Any) -> None:
        if value is None:
            raise ValidationError(self.error_messages["required"], "required")


def western(year: str) -> str:
    """Return the year of an era, 「昭和26」 or "S26", as older people know theirs, in numbers; others as they are."""
    found = _OF_ERA.fullmatch(year.upper().removesuffix("年"))
    if found is None:
        return year
    return str(ERAS[found[1]] + (1 if found[2] == "元" else int(found[2])))
