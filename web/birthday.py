"""A date of birth as three short numbers: nobody scrolls a calendar back seventy years."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.services.bringing_in import cells

# What each number is called, how long it may be, as what a browser knows it, and the keys to type it with: an era is
# written in letters.
PARTS: list[tuple[str | Promise, int, str, str]] = [
    (_("年(西暦でも、昭和などでも)"), 5, "bday-year", "text"),
    (_("月"), 2, "bday-month", "numeric"),
    (_("日"), 2, "bday-day", "numeric"),
]


class BirthdayWidget(forms.MultiWidget):
    template_name = "parts/birthday.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__(
            [
                forms.TextInput(
                    attrs={"inputmode": keys, "maxlength": size, "aria-label": name, "autocomplete": known_as}
                )
                for name, size, known_as, keys in PARTS
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
        "invalid": _("その日付はありません。年は「1950」か「昭和25」のように入れてください(例: 1950 4 1)。"),
    }

    def to_python(self, value: list[str] | None) -> dt.date | None:
        typed = [unicodedata.normalize("NFKC", part or "").strip() for part in value or []]
        if not all(typed):
            return None
        year, month, day = typed
        try:
            return cells.day(f"{year.removesuffix('年')}/{month}/{day}")
        except cells.CellError as refused:
            raise ValidationError(self.error_messages["invalid"], "invalid") from refused

    def validate(self, value: Any) -> None:
        if value is None:
            raise ValidationError(self.error_messages["required"], "required")
