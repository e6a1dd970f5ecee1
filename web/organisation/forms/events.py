"""Handing in events that are kept elsewhere."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class EventsForm(forms.Form):
    file = forms.FileField(
        label=_("予定のファイル"),
        help_text=_("カレンダー(.ics。1MB、500件まで)か、「イベント一覧」の表(CSVかExcel)"),
        widget=forms.FileInput(attrs={"accept": ".ics,.csv,.txt,.xlsx"}),
        error_messages={
            "required": _("ファイルをえらんでください。"),
            "empty": _("このファイルは空です。別のファイルをえらんでください。"),
            "invalid": _("ファイルをえらんでください。"),
        },
    )
