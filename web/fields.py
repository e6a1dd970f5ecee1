"""Form fields that every audience uses: readable text, days, hours, numbers, towns in the order of their reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisations.models import Town

CHOOSE_FROM_LIST = {"invalid_choice": _("一覧からえらんでください。"), "required": _("1つえらんでください。")}
CANNOT_READ = _("読めない文字が入っています。その文字を消してから、もう一度お送りください。")
# What a browser's bytes become where they are no text at all: half of a character, or another encoding.
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
ROW_STARTS = "あかさたなはまやらわ"


def refuse_unreadable(text: str) -> None:
    if UNREADABLE in text or any(unicodedata.category(letter) == "Cs" for letter in text):
        raise ValidationError(
            _("読めない文字が入っています。その文字を消してから、もう一度お送りください。"), "unreadable"
        )


class TextField(forms.CharField):
    """One line or many, without characters that nobody can read."""

    default_error_messages = {
        "required": _("ここを書いてください。"),
        "max_length": _("長すぎます。%(limit_value)d文字までで書いてください(いまは%(show_value)d文字)。"),
        "null_characters_not_allowed": CANNOT_READ,
    }
    default_validators = [refuse_unreadable]


class DayField(forms.DateField):
    """A date from the browser's own calendar, or typed as 2026-12-01 or 2026/12/1."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]
    default_error_messages = {
        "required": _("日にちを入れてください。"),
        "invalid": _("日にちは「2026-12-01」のように入れてください。"),
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class HourField(forms.TimeField):
    """A time of day from the browser's own clock, or typed as 9:00, ９：００ or 9時30分."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    input_formats = ["%H:%M", "%H時%M分", "%H時", "%H:%M:%S"]
    default_error_messages = {
        "required": _("時刻を入れてください。"),
        "invalid": _("時刻は「9:00」のように入れてください。"),
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class NumberField(forms.IntegerField):
    """A whole number; full width is as good, which a browser's own number field would not take."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("数字を入れてください。"),
        "invalid": _("数字で入れてください。"),
        "min_value": _("%(limit_value)s以上の数字を入れてください。"),
        "max_value": _("%(limit_value)sまでの数字を入れてください。"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric", "class": "amount"}


def kana_row(kana: str) -> str:
    """Return the row of the kana table that a reading begins in: 「か」 for 「ぐみょう」, 「…」 without a reading."""
    plain = unicodedata.normalize("NFD", kana[:1])[:1]
    if "ァ" <= plain <= "ヶ":
        plain = chr(ord(plain) - 0x60)
    if not "あ" <= plain <= "ん":
        return "…"
    return max(row for row in ROW_STARTS if row <= plain)


def _grouped(towns: Iterable[Town]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    for row, members in groupby(towns, key=lambda town: kana_row(town.kana)):
        yield row, [(town.pk, town.name) for town in members]


class TownChoices(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]
    """The empty choice, then the towns under the row of their reading."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from _grouped(self.queryset)


class TownField(forms.ModelChoiceField):  # type: ignore[type-arg]
    iterator = TownChoices
    default_error_messages = {
        "required": _("町をえらんでください。"),
        "invalid_choice": _("その町は見つかりませんでした。一覧からえらんでください。"),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(Town.objects.order_by("kana", "name"), **options)
