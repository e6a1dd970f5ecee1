"""When somebody is free, in hours that a person can read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from volunteers.models import Availability, Volunteer
from volunteers.services.people import availability
from web.api.endpoint import Endpoint
from web.api.fields import Day, Shape
from web.api.profile import own

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
HALF_HOUR = r"^(?:(?:[01][0-9]|2[0-3]):[03]0|24:00)$"
MOST_DATES = 366
MOST_STRETCHES = 168


class HalfHour(serializers.RegexField):
    default_error_messages = {"invalid": _("時刻は「09:00」「13:30」のように30分きざみで入れてください。")}

    def __init__(self, **options: Any) -> None:
        super().__init__(HALF_HOUR, **options)


class StretchSerializer(Shape):
    """A stretch of a day, from one full or half hour to a later one."""

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "from": HalfHour(), "to": HalfHour()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["from"] >= attrs["to"]:
            raise serializers.ValidationError(
                {"to": _("おわりの時刻は、はじまりより後にしてください。")}, "ends_before_start"
            )
        return attrs


class WeekdayStretchSerializer(StretchSerializer):
    day = serializers.ChoiceField(choices=DAYS)


class DateSerializer(Shape):
    on = Day()
    free = StretchSerializer(many=True, max_length=48, help_text="Instead of the weekly hours; empty: not free at all.")  # type: ignore[call-arg]


class AvailabilitySerializer(Shape):
    weekly = WeekdayStretchSerializer(many=True, max_length=MOST_STRETCHES)  # type: ignore[call-arg]
    dates = DateSerializer(many=True, max_length=MOST_DATES, help_text="From today on, each date once.")  # type: ignore[call-arg]

    def validate_dates(self, dates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({date["on"] for date in dates}) < len(dates):
            raise serializers.ValidationError(_("同じ日が二度入っています。"), "date_twice")
        return dates


class AvailabilityPartSerializer(AvailabilitySerializer):
    weekly = WeekdayStretchSerializer(many=True, max_length=MOST_STRETCHES, required=False)  # type: ignore[call-arg]
    dates = DateSerializer(many=True, max_length=MOST_DATES, required=False)  # type: ignore[call-arg]


class OwnAvailability(Endpoint):
    rules: ClassVar = {"GET": "volunteers.see_own", "PUT": "volunteers.change_own", "PATCH": "volunteers.change_own"}

    @extend_schema(summary="When you are free", responses=AvailabilitySerializer)
    def get(self, request: Request) -> Response:
        return self._shown(own(self))

    @extend_schema(
        summary="Say anew when you are free", request=AvailabilitySerializer, responses=AvailabilitySerializer
    )
    def put(self, request: Request) -> Response:
        """Replaces the weekly hours and all dates from today on."""
        return self._change(self.checked(AvailabilitySerializer))

    @extend_schema(
        summary="Change when you are free", request=AvailabilityPartSerializer, responses=AvailabilitySerializer
    )
    def patch(self, request: Request) -> Response:
        """Replaces the weekly hours, or the dates, or both."""
        return self._change(self.checked(AvailabilityPartSerializer))

    @transaction.atomic
    def _change(self, sent: dict[str, Any]) -> Response:
        volunteer = own(self)
        said: dict[str, Any] = {"volunteer": volunteer, "now": self.now, "actor": self.person}
        if "weekly" in sent:
            weekly = [_mask(part for part in sent["weekly"] if part["day"] == day) for day in DAYS]
            availability.set_weekly(weekly=weekly, **said)
        if "dates" in sent:
            free = {date["on"]: _mask(date["free"]) for date in sent["dates"]}
            days = availability.coming_days(volunteer=volunteer, now=self.now)
            for on in {date.on for date in days} | free.keys():
                availability.set_day(on=on, free=free.get(on), **said)
        return self._shown(volunteer)

    def _shown(self, volunteer: Volunteer) -> Response:
        kept = Availability.objects.filter(volunteer=volunteer).first()
        weekly = [{"day": day, **part} for day, mask in zip(DAYS, kept.weekly if kept else (), strict=False)
                  for part in _stretches(mask)]  # fmt: skip
        days = availability.coming_days(volunteer=volunteer, now=self.now)
        dates = [{"on": date.on, "free": _stretches(date.free)} for date in days]
        return Response(AvailabilitySerializer({"weekly": weekly, "dates": dates}).data)


def _mask(stretches: Iterable[dict[str, str]]) -> int:
    mask = 0
    for part in stretches:
        mask |= availability.bits(_minutes(part["from"]), _minutes(part["to"]))
    return mask


def _stretches(mask: int) -> list[dict[str, str]]:
    return [{"from": _clock(start), "to": _clock(end)} for start, end in availability.ranges(mask)]


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
