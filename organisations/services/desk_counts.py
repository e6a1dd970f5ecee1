"""How many worries, plans to start something and offers wait in somebody's area, in one query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from accounts.models import User
from organisations.models import Initiative, Offer, Worry
from organisations.models.offer import Help, OfferStatus


@dataclass(frozen=True)
class Promised:
    """What is open, what of it waits for the answer that was promised by a date, and what of that is late."""

    all: int
    unanswered: int
    late: int


@dataclass(frozen=True)
class ToLookAt:
    """Offers that wait for a look, and the vehicles among them whose law and insurance nobody has asked about."""

    all: int
    vehicles: int


@dataclass(frozen=True)
class Counts:
    worries: Promised
    initiatives: Promised
    offers: ToLookAt


def of(*, user: User, now: dt.datetime) -> Counts:
    waits = Q(answered_at=None)
    late = waits & Q(answer_by__lte=now)
    offers = Offer.objects.in_area_of(user).filter(status=OfferStatus.WAITING)
    unchecked = Q(kind=Help.VEHICLE, vehicle_checked_at=None)
    rows = _counted("worries", Worry.objects.in_area_of(user).open(), waits, late).union(
        _counted("initiatives", Initiative.objects.in_area_of(user).open(), waits, late),
        _counted("offers", offers, unchecked, unchecked),
        all=True,
    )
    found = {noun: numbers for noun, *numbers in rows}
    waiting, vehicles, _same = found["offers"]
    return Counts(Promised(*found["worries"]), Promised(*found["initiatives"]), ToLookAt(waiting, vehicles))


def _counted(noun: str, rows: QuerySet[Any], first: Q, second: Q) -> QuerySet[Any, Any]:
    """Return one row: the noun, how many there are, and of how many *first* and *second* hold."""
    counts = {"number": Count("pk"), "of_first": Count("pk", first), "of_second": Count("pk", second)}
    counted: QuerySet[Any, Any] = rows.order_by().values_list(Value(noun)).annotate(**counts)
    return counted
