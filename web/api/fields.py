"""Fields that more than one endpoint reads or writes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from organisations.models import AccessFeature, Activity, Organisation, Qualification, Skill, Town, Venue

EARLIEST_DAY, LATEST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
IN_YOUR_LANGUAGE = "The name in the language of the request."
MOST_CODES, LONGEST_CODE = 100, 40
UNKNOWN: dict[str, Any] = {"unknown": _("「{code}」というコードはありません。")}
Shape = serializers.Serializer[Any]


class Day(serializers.DateField):
    """A date that a calendar of our time has."""

    default_error_messages = {"no_such_day": _("日付を確かめてください。")}

    def to_internal_value(self, value: Any) -> dt.date:
        day: dt.date = super().to_internal_value(value)
        if not EARLIEST_DAY <= day <= LATEST_DAY:
            self.fail("no_such_day")
        return day


Vocabulary = type[Activity] | type[Skill] | type[Qualification] | type[AccessFeature]


@extend_schema_field({"type": "string", "maxLength": LONGEST_CODE})
class Code(serializers.Field[Any, Any, Any, Any]):
    """A word of a vocabulary by its code."""

    default_error_messages = UNKNOWN

    def __init__(self, of: Vocabulary, **options: Any) -> None:
        super().__init__(**options)
        self.of = of

    def to_internal_value(self, data: Any) -> Any:
        term = self.of._default_manager.filter(code=data).first() if isinstance(data, str) else None
        return term if term is not None else self.fail("unknown", code=data)


class Codes(serializers.ListField):
    """Words of a vocabulary by their codes, looked up in one query; the order is kept."""

    default_error_messages = {**UNKNOWN, "max_length": _("{at_most}個までにしてください。")}

    def __init__(self, of: Vocabulary, **options: Any) -> None:
        super().__init__(child=serializers.CharField(max_length=LONGEST_CODE), max_length=MOST_CODES, **options)
        self.of = of

    def to_internal_value(self, data: Any) -> list[Any]:
        if isinstance(data, list) and len(data) > MOST_CODES:  # before anything is looked up
            self.fail("max_length", at_most=MOST_CODES)
        codes = super().to_internal_value(data)
        terms: dict[str, Any] = {term.code: term for term in self.of._default_manager.filter(code__in=codes)}
        for code in codes:
            if code not in terms:
                self.fail("unknown", code=code)
        return [terms[code] for code in codes]


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
