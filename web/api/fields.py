"""Fields that more than one endpoint reads or writes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from organisations.models import AccessFeature, Activity, Organisation, Qualification, Skill, Town, Venue

EARLIEST_DAY, LATEST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
IN_YOUR_LANGUAGE = "The name in the language of the request."
Shape = serializers.Serializer[Any]


class Day(serializers.DateField):
    """A date that a calendar of our time has."""

    default_error_messages = {"no_such_day": _("日付を確かめてください。")}

    def to_internal_value(self, value: Any) -> dt.date:
        day: dt.date = super().to_internal_value(value)
        if not EARLIEST_DAY <= day <= LATEST_DAY:
            self.fail("no_such_day")
        return day


def codes(of: type[Activity] | type[Skill] | type[Qualification] | type[AccessFeature], **options: Any) -> Any:
    """Words of a vocabulary by their codes; an unknown one is named in the error."""
    return serializers.SlugRelatedField(slug_field="code", queryset=of._default_manager.all(), **options)


class TermSerializer(Shape):
    code = serializers.CharField()
    label = serializers.CharField(help_text=IN_YOUR_LANGUAGE)  # type: ignore[assignment]


class TownSerializer(serializers.ModelSerializer[Town]):
    class Meta:
        model = Town
        fields = ["id", "ward", "name", "kana", "has_point"]

    has_point = serializers.BooleanField(help_text="Whether its place is known, so that it can be chosen.")


class VenueSerializer(serializers.ModelSerializer[Venue]):
    class Meta:
        model = Venue
        fields = ["id", "name", "town", "address", "lat", "lng"]

    town = TownSerializer()


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    class Meta:
        model = Organisation
        fields = ["id", "name", "kind"]
