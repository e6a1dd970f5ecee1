"""What a coordinator answers to make a role of needs, and whom they ask to take one up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import Need, Organisation, Town, Venue
from organisations.services.taking_up import from_needs, hosting
from organisations.services.taking_up.from_needs import Time
from web.fields import CHOOSE_FROM_LIST, DayField, HourField, NumberField, TextField

VENUE, TOWN, OPEN = "venue", "town", ""


class TurnForm(forms.Form):
    """A role out of *needs*, as their desk would post it; without a day or a place it stays a draft."""

    title = TextField(label=_("募集の名前"), max_length=80)
    summary = TextField(label=_("すること"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    place = forms.ChoiceField(
        label=_("どこ"), required=False, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )
    day = DayField(label=_("日にち"), required=False)
    begins = HourField(label=_("はじまり"), required=False)
    ends = HourField(label=_("おわり"), required=False)
    minutes = NumberField(
        label=_("このうち何分"),
        required=False,
        min_value=5,
        max_value=1440,
        help_text=_("入れると「この時間のあいだの好きな○分」になります"),
    )
    capacity = NumberField(label=_("人数"), min_value=1, max_value=1000)
    is_with_children = forms.BooleanField(
        label=_("子どもとかかわる"),
        required=False,
        help_text=_("公開する前に、コーディネーターがふたりで確かめます。"),
    )

    def __init__(self, sent: QueryDict | None, *, needs: Sequence[Need], initial: dict[str, Any]) -> None:
        venues = from_needs.venues_near(needs, needs[0].desk.organisation)
        self.venues = [venue for venue in venues if not from_needs.is_somewhere(venue)]
        self.towns = from_needs.towns_of(needs)
        begins = next((town for town in self.towns if town.pk == needs[0].town_id), None)
        here = {"place": f"{TOWN}:{begins.pk}" if begins is not None else OPEN}
        super().__init__(sent, initial={**from_needs.told(needs), **here, **initial})
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101
        place.choices = [
            *((f"{VENUE}:{venue.pk}", f"{venue.name}({venue.town.name})") for venue in self.venues),
            *((f"{TOWN}:{town.pk}", _somewhere(town)) for town in self.towns),
            (OPEN, gettext("まだ決めない")),
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("day"):
            for name in ("begins", "ends"):
                if found.get(name) is None and name not in self.errors:
                    self.add_error(name, _("日にちを入れたときは、時刻も入れてください。"))
        return found

    def said(self) -> dict[str, Any]:
        """Return the answers as ``from_needs.begin_at_desk`` takes them."""
        found = self.cleaned_data
        kind, _colon, number = found["place"].partition(":")
        chosen: dict[str, Venue | Town | None] = {"town": None}
        if kind == VENUE:
            chosen["venue"] = next(venue for venue in self.venues if str(venue.pk) == number)
        elif kind == TOWN:
            chosen["town"] = next(town for town in self.towns if str(town.pk) == number)
        kept = {name: found[name] for name in ("title", "summary", "is_with_children")}
        return {**kept, **chosen, "time": self._time()}

    def _time(self) -> Time | None:
        found, zone = self.cleaned_data, timezone.get_current_timezone()
        if not found["day"]:
            return None
        times = [dt.datetime.combine(found["day"], found[name], zone) for name in ("begins", "ends")]
        return Time([(times[0], times[1])], found["capacity"], found["minutes"])


def _somewhere(town: Town) -> str:
    return gettext("%(town)sのどこか(集まる場所は、参加する方にだけ伝えます)") % {"town": town.name}


class HostForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.approved(), error_messages=CHOOSE_FROM_LIST)


class HostSearchForm(forms.Form):
    use_required_attribute = False

    words = TextField(label=_("団体の名前でさがす"), required=False, max_length=hosting.LONGEST_SEARCH)
