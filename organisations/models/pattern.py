"""A rough time of the week, where nobody has named hours yet: 「土曜の午前」."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class When(models.TextChoices):
    """A day of the week and a part of the day."""

    MON_AM = "mon-am", _("月曜の午前")
    MON_PM = "mon-pm", _("月曜の午後")
    MON_EVE = "mon-eve", _("月曜の夕方から夜")
    TUE_AM = "tue-am", _("火曜の午前")
    TUE_PM = "tue-pm", _("火曜の午後")
    TUE_EVE = "tue-eve", _("火曜の夕方から夜")
    WED_AM = "wed-am", _("水曜の午前")
    WED_PM = "wed-pm", _("水曜の午後")
    WED_EVE = "wed-eve", _("水曜の夕方から夜")
    THU_AM = "thu-am", _("木曜の午前")
    THU_PM = "thu-pm", _("木曜の午後")
    THU_EVE = "thu-eve", _("木曜の夕方から夜")
    FRI_AM = "fri-am", _("金曜の午前")
    FRI_PM = "fri-pm", _("金曜の午後")
    FRI_EVE = "fri-eve", _("金曜の夕方から夜")
    SAT_AM = "sat-am", _("土曜の午前")
    SAT_PM = "sat-pm", _("土曜の午後")
    SAT_EVE = "sat-eve", _("土曜の夕方から夜")
    SUN_AM = "sun-am", _("日曜の午前")
    SUN_PM = "sun-pm", _("日曜の午後")
    SUN_EVE = "sun-eve", _("日曜の夕方から夜")

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return list(When).index(self) // len(PARTS)

    @property
    def hours(self) -> tuple[dt.time, dt.time]:
        """From when to when, local time."""
        return PARTS[self.value.partition("-")[2]]


PARTS = {
    "am": (dt.time(9), dt.time(12)),
    "pm": (dt.time(13), dt.time(17)),
    "eve": (dt.time(17), dt.time(21)),
}


def when_field() -> ArrayField[list[str], list[str]]:
    """Return the column of several rough times; empty means that any time will do."""
    return ArrayField(
        models.CharField(max_length=7, choices=When), verbose_name=_("いつごろ"), default=list, blank=True
    )
