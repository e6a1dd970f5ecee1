"""When something takes place: at a time, or any so many minutes within a window."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from matching import explanations
from organisations.models import Slot
from organisations.services.times import limits
from web.fields import DayField, HourField, NumberField
from web.hours import at, span


class SlotForm(forms.Form):
    """One day, from and to; without an end it lasts the *length* that was said."""

    day = DayField(label=_("日にち"))
    begins = HourField(label=_("はじまり"))
    ends = HourField(label=_("おわり"), required=False)
    capacity = NumberField(label=_("人数"), min_value=1, max_value=1000)

    def __init__(self, *args: Any, length: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.length = length
        self.fields["ends"].help_text = _("空けておくと、%(length)s後になります。") % {
            "length": explanations.length(length)
        }

    def times(self) -> dict[str, Any]:
        """Return the answers as ``slots.add`` takes them. Midnight ends the day it belongs to."""
        answers = self.cleaned_data
        starts_at = at(answers["day"], answers["begins"])
        ends_at = starts_at + dt.timedelta(minutes=self.length)
        if answers["ends"] is not None:
            starts_at, ends_at = span(answers["day"], answers["begins"], answers["ends"])
        return {"starts_at": starts_at, "ends_at": ends_at, "capacity": answers["capacity"]}


class WindowForm(forms.Form):
    first_on = DayField(label=_("はじめの日"))
    begins = HourField(label=_("何時から"))
    last_on = DayField(label=_("おわりの日"))
    ends = HourField(label=_("何時まで"))
    minutes = NumberField(label=_("このうち何分"), min_value=limits.SHORTEST_MIN, max_value=limits.LONGEST_MIN)
    capacity = NumberField(label=_("人数"), min_value=1, max_value=1000)

    def times(self) -> dict[str, Any]:
        """Return the answers as ``slots.add`` takes them."""
        answers = self.cleaned_data
        return {
            "starts_at": at(answers["first_on"], answers["begins"]),
            "ends_at": at(answers["last_on"], answers["ends"]),
            "minutes": answers["minutes"],
            "capacity": answers["capacity"],
        }


class CapacityForm(forms.Form):
    capacity = NumberField(label=_("人数"), min_value=1, max_value=1000)


def as_written(slot: Slot) -> dict[str, Any]:
    """Return a time as the answers of whichever form it was written in."""
    first, last = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    return {
        "day": first.date(),
        "first_on": first.date(),
        "last_on": last.date(),
        "begins": first.time(),
        "ends": last.time(),
        "minutes": slot.minutes,
        "capacity": slot.capacity,
    }


def field_of(refusal: DomainError) -> str | None:
    """Beside which question a refusal of a time is shown."""
    if isinstance(refusal, limits.BadCapacity):
        return "capacity"
    return "ends" if isinstance(refusal, limits.EndsBeforeStart) else None
