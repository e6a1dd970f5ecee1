"""A stretch of time as a question: a day, from when to when."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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


def span(day: dt.date, begins: dt.time, ends: dt.time) -> tuple[dt.datetime, dt.datetime]:
    """Return begin and end of what lasts from hour to hour of one day. Midnight ends the day it belongs to."""
    return at(day, begins), at(day + dt.timedelta(days=ends == dt.time()), ends)


def at(day: dt.date, hour: dt.time) -> dt.datetime:
    """Return the moment at which a clock on the wall says so."""
    return dt.datetime.combine(day, hour, timezone.get_current_timezone())
