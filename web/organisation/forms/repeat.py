"""On which days of the week something comes round, and for how long."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from organisations.services.times import weekly
from web.fields import CHOOSE_FROM_LIST, DayField, HourField, NumberField
from web.hours import span

INTERVALS = [(1, _("毎週")), (2, _("2週に1回")), (3, _("3週に1回")), (4, _("4週に1回"))]


class RepeatForm(forms.Form):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("曜日"),
        choices=WEEKDAYS.items,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={**CHOOSE_FROM_LIST, "required": _("曜日を1つ以上えらんでください。")},
    )
    interval = forms.TypedChoiceField(
        label=_("何週ごと"), choices=INTERVALS, coerce=int, widget=forms.Select, error_messages=CHOOSE_FROM_LIST
    )
    first_on = DayField(label=_("はじめの日"), help_text=_("この日か、このあとのいちばん近い曜日からはじまります。"))
    begins = HourField(label=_("はじまり"))
    ends = HourField(label=_("おわり"))
    capacity = NumberField(label=_("1回の人数"), min_value=1, max_value=1000)
    skips_holidays = forms.BooleanField(label=_("祝日と年末年始(12月29日から1月3日)は休む"), required=False)
    until_on = DayField(label=_("いつまで"), required=False)
    count = NumberField(label=_("または、何回"), min_value=1, max_value=weekly.MOST_TIMES, required=False)

    def answers(self) -> dict[str, Any]:
        """Return the answers as ``repeats.begin`` takes them."""
        said = self.cleaned_data
        starts_at, ends_at = span(said["first_on"], said["begins"], said["ends"])
        return {
            "weekly": weekly.Weekly(frozenset(said["weekdays"]), said["interval"], said["count"], said["until_on"]),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "capacity": said["capacity"],
            "skips_holidays": said["skips_holidays"],
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("until_on") and said.get("count"):
            self.add_error("count", _("「いつまで」か「何回」の、どちらか1つだけを入れてください。"))
        return said
