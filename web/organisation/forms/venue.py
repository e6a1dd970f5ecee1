"""Where something takes place: by its address, or by its town alone; and its pin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Venue
from organisations.services import venues
from organisations.services.places import geocoding, points
from web.fields import TextField, TownField

# How far a press of a button moves the pin: metres to the north, to the east.
MOVES = {
    f"{way}{metres}": (north * metres, east * metres)
    for metres in (50, 200)
    for way, north, east in (("north", 1, 0), ("south", -1, 0), ("west", 0, -1), ("east", 0, 1))
}


class VenueForm(forms.Form):
    name = TextField(label=_("会場の名前"), max_length=80, help_text=_("例: 地区センター 2階の会議室"))
    address = TextField(
        label=_("住所"),
        max_length=geocoding.LONGEST,
        required=False,
        help_text=_("例: 見本町1丁目4-12。公開されます。個人のお宅は入れないでください。"),
    )
    town = TownField(
        label=_("町"),
        required=False,
        empty_label=_("住所からさがす"),
        help_text=_("住所でわからないときだけ、えらんでください。"),
    )
    toilets = TextField(
        label=_("トイレ"), max_length=120, required=False, help_text=_("例: 1階にあります。車いすでも使えます")
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not answers.get("address") and not answers.get("town") and "address" not in self.errors:
            self.add_error("address", _("住所を入れるか、町をえらんでください。"))
        return answers


class VenueWordsForm(forms.Form):
    name = VenueForm.base_fields["name"]
    toilets = VenueForm.base_fields["toilets"]


class PinForm(forms.Form):
    """A press of a button, or the point to which the pin on the map was drawn."""

    move = forms.ChoiceField(choices=[(move, move) for move in MOVES], required=False)
    lat = forms.FloatField(required=False)
    lng = forms.FloatField(required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not answers.get("move") and (answers.get("lat") is None or answers.get("lng") is None):
            raise forms.ValidationError(_("どちらへ動かすか、ボタンでえらんでください。"))
        return answers

    def point(self, venue: Venue) -> tuple[float, float]:
        """Return where the pin of *venue* goes."""
        if not self.cleaned_data["move"]:
            return self.cleaned_data["lat"], self.cleaned_data["lng"]
        north, east = MOVES[self.cleaned_data["move"]]
        return venues.moved(venue.lat, venue.lng, north_m=north, east_m=east)


def field_of(refusal: DomainError) -> str | None:
    """Beside which question a refusal of a venue is shown."""
    if isinstance(refusal, geocoding.AddressUnknown | geocoding.GeocoderSilent):
        return "address"
    if isinstance(refusal, points.TownWithoutPoint):
        return "town"
    return "name" if isinstance(refusal, venues.VenueExists) else None
