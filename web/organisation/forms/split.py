"""A long job, and into how long pieces it is cut."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.services.errors import DomainError
from organisations.services.times import pieces
from web.fields import CHOOSE_FROM_LIST, DayField, HourField, NumberField
from web.hours import span
from web.organisation.forms import times

LENGTHS_MIN = (30, 45, 60, 90)
BREAKS_MIN = (0, 10, 15, 30)


def _minutes(count: int) -> str:
    return ngettext("%(count)d分", "%(count)d分", count) % {"count": count}


def _lengths() -> list[tuple[int, str]]:
    return [(length, _minutes(length)) for length in LENGTHS_MIN]


def _breaks() -> list[tuple[int, Any]]:
    return [(length, _minutes(length) if length else _("休みなし")) for length in BREAKS_MIN]


class SplitForm(forms.Form):
    day = DayField(label=_("日にち"))
    begins = HourField(label=_("何時から"))
    ends = HourField(label=_("何時まで"))
    piece_min = forms.TypedChoiceField(
        label=_("1回の長さ"), choices=_lengths, coerce=int, widget=forms.Select, error_messages=CHOOSE_FROM_LIST
    )
    break_min = forms.TypedChoiceField(
        label=_("あいだの休み"), choices=_breaks, coerce=int, widget=forms.Select, error_messages=CHOOSE_FROM_LIST
    )
    capacity = NumberField(label=_("1回の人数"), min_value=1, max_value=1000)

    def job(self) -> tuple[dt.datetime, dt.datetime]:
        """Return begin and end of the whole job. Midnight ends the day it belongs to."""
        return span(self.cleaned_data["day"], self.cleaned_data["begins"], self.cleaned_data["ends"])

    def pieces(self) -> list[pieces.Piece]:
        """Return the pieces; raises what ``organisations.services.times.pieces`` does."""
        return pieces.pieces(*self.job(), self.cleaned_data["piece_min"], self.cleaned_data["break_min"])

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.pieces()
            except DomainError as refusal:
                self.add_error(times.field_of(refusal), str(refusal))
        return answers
