"""One envelope for everything that goes wrong, in the language of the reader."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ParseError

from accounts.services.errors import DomainError
from accounts.services.idempotency import KeyNotUsable, KeyUsedForSomethingElse
from matching.services.answering.suggestions import AnswerUnknown
from organisations.services import words
from organisations.services.cooperations import asking, bookings, terms
from organisations.services.offers import complete, food, writing
from organisations.services.places import points
from organisations.services.roles.complete import BadAges, BadGuardianAge, NeedsPlace
from organisations.services.times import limits
from volunteers.services.people import availability, profiles

# What was sent makes no sense by itself; every other refusal is about the state of things, and may change with it.
NONSENSE = (
    AnswerUnknown,
    KeyUsedForSomethingElse,
    availability.BadTime,
    availability.BadWeek,
    availability.DayInPast,
    bookings.TimeMissing,
    terms.BadTime,
    terms.OutsideOffer,
    asking.OwnOffer,
    asking.PurposeMissing,
    food.FoodTooOld,
    food.UnsafeFood,
    complete.BadPeriod,
    writing.KindIsFixed,
    points.OutsideJapan,
    points.TownWithoutPoint,
    profiles.BadBirthday,
    profiles.BadPartySize,
    profiles.BadTravelLimit,
    profiles.HomeOnlyTakesOnline,
    profiles.PauseInPast,
    BadAges,
    BadGuardianAge,
    NeedsPlace,
    limits.BadCapacity,
    limits.EndsBeforeStart,
    limits.MinutesDoNotFit,
    limits.SlotAcrossMidnight,
    limits.SlotInPast,
    limits.SlotTooFarAhead,
    limits.WindowTooLong,
    words.BadValue,
    words.TextMissing,
    words.TextTooLong,
    words.UnreadableText,
)


class TooLong(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_long"
    default_detail = _("送られた内容が長すぎます。短くして、もう一度お試しください。")


class NotReadable(ParseError):
    default_code = "not_readable"
    default_detail = _("送られた内容を読み取れませんでした。文字や形を確かめてください。")


class Refused(APIException):
    """A rule of the domain was not met; carries its code and its sentence."""

    def __init__(self, reason: DomainError) -> None:
        super().__init__(detail=str(reason), code=reason.code)
        if isinstance(reason, KeyNotUsable):
            self.status_code = status.HTTP_400_BAD_REQUEST
        elif isinstance(reason, NONSENSE):
            self.status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
        else:
            self.status_code = status.HTTP_409_CONFLICT


class ErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Stable name of the error, for programs.")
    detail = serializers.CharField(help_text="A sentence for people, in the language of the request.")
    attr = serializers.CharField(allow_null=True, help_text="The field of the request that it is about.")


class ErrorEnvelopeSerializer(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=["validation_error", "client_error", "server_error"])
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]
