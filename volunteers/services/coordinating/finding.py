"""Finding a person by what a coordinator knows of them."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length

from notifications.models import Channel, ContactPoint
from notifications.services import contact_points
from volunteers.models import Volunteer

FEWEST_DIGITS = 4
SHOWN = 50


def find(*, among: QuerySet[Volunteer], words: str) -> list[Volunteer]:
    """Return at most ``SHOWN`` people whose name has *words* in it or whose number has their digits, shortest first.

    A name is compared without spaces and in either width; fewer than ``FEWEST_DIGITS`` digits are no number.
    """
    typed = "".join(unicodedata.normalize("NFKC", words).split())
    if not typed:
        return []
    called = among.select_related("user", "town").annotate(
        called=Func(F("user__name"), Value(r"\s"), Value(""), Value("g"), function="regexp_replace")
    )
    fits = Q(called__icontains=typed)
    digits = contact_points.digits(typed)
    if len(digits) >= FEWEST_DIGITS:
        fits |= Q(Exists(_numbers().filter(user=OuterRef("user"), digits__contains=digits)))
    return list(called.filter(fits).order_by(Length("called"), "called", "pk")[:SHOWN])


def _numbers() -> QuerySet[Any]:
    plain = Func(F("address"), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace")
    return ContactPoint.objects.filter(channel=Channel.CALL_LIST).annotate(digits=plain)
