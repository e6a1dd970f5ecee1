"""What a company's team looks for, and until when its places are kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Team
from organisations.models.pattern import When
from organisations.services.saying import joined, listed
from organisations.services.teams import gathering
from web.fields import CHOOSE_FROM_LIST, DayField, NumberField, TextField
from web.hours import at

ANY = ""
WEEKEND = (5, 6)
A_WEEK = dt.timedelta(days=7)


class TeamForm(forms.Form):
    name = TextField(label=_("チームの名前"), max_length=60, help_text=_("例: 総務部の10人"))
    size = NumberField(label=_("何人ですか"), min_value=1, max_value=gathering.LARGEST, initial=10)
    days = forms.ChoiceField(
        label=_("いつがよいですか"),
        choices=[(ANY, _("いつでも")), ("week", _("平日")), ("weekend", _("土曜・日曜"))],
        required=False,
        error_messages=CHOOSE_FROM_LIST,
    )
    part = forms.ChoiceField(
        label=_("時間は"),
        choices=[(ANY, _("いつでも")), ("am", _("午前")), ("pm", _("午後")), ("eve", _("夕方から夜"))],
        required=False,
        error_messages=CHOOSE_FROM_LIST,
    )
    hours = forms.ChoiceField(
        label=_("長さは"),
        choices=[
            (ANY, _("決めていません")), ("60", _("1時間くらい")), ("120", _("2時間くらい")),
            ("180", _("3時間くらい")), ("240", _("4時間くらい")), ("360", _("6時間くらい")),
        ],
        required=False,
        error_messages=CHOOSE_FROM_LIST,
    )  # fmt: skip

    @classmethod
    def said_of(cls, team: Team) -> dict[str, Any]:
        """Return what *team* was made with as answers; a time that cannot be said with them is left open."""
        fields = [cls.base_fields[name] for name in ("days", "part")]
        days, parts = ([code for code, _label in field.choices] for field in fields)  # type: ignore[attr-defined]
        both = ((day, part) for day in days for part in parts if _when(day, part) == team.when)
        day, part = next(both, (ANY, ANY))
        return {"name": team.name, "size": team.size, "days": day, "part": part, "hours": str(team.minutes or ANY)}

    @classmethod
    def wished(cls, team: Team) -> str:
        """Return 「平日・午前」; empty where any time will do."""
        said = cls.said_of(team)
        labels = [
            str(dict(cls.base_fields[name].choices)[said[name]])  # type: ignore[attr-defined]
            for name in ("days", "part")
            if said[name]
        ]
        return joined(labels) or listed(str(When(code).label) for code in team.when)

    def wishes(self) -> dict[str, Any]:
        """Return the answers as ``gathering.create`` takes them."""
        said = self.cleaned_data
        return {
            "name": said["name"],
            "size": said["size"],
            "when": _when(said["days"], said["part"]),
            "minutes": int(said["hours"]) if said["hours"] else None,
        }


class UntilForm(forms.Form):
    until = DayField(label=_("いつまでとっておきますか"))

    def __init__(self, data: Any, *, last: dt.datetime) -> None:
        super().__init__(data)
        latest = timezone.localdate(last)
        self.fields["until"].initial = min(timezone.localdate() + A_WEEK, latest)
        self.fields["until"].help_text = _("この日を過ぎると、だれも参加しなかった場所は、ほかの方へまわります。")


class HoldForm(UntilForm):
    places = NumberField(label=_("何人分の場所をとりますか"))
    field_order = ("places", "until")

    def __init__(self, data: Any, *, size: int, last: dt.datetime) -> None:
        super().__init__(data, last=last)
        self.fields["places"].initial = size


def end_of(day: dt.date, last: dt.datetime) -> dt.datetime:
    """Return the end of *day*; of the last day it may be, the last moment it may be."""
    midnight = at(day + dt.timedelta(days=1), dt.time())
    return last if day == timezone.localdate(last) else midnight


def _when(days: str, part: str) -> list[When]:
    """Return the rough times of these days and this part of the day; none where anything will do."""
    if not days and not part:
        return []
    asked_weekend = {"week": False, "weekend": True}.get(days)
    fitting = [one for one in When if asked_weekend in (None, one.weekday in WEEKEND)]
    return [one for one in fitting if not part or one.value.endswith(f"-{part}")]
