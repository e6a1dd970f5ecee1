"""What one can ask for today."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q
from django.utils import timezone

from organisations.models import Offer
from organisations.models.offer import OfferQuerySet
from organisations.services.offers import food


def to_be_had(*, now: dt.datetime) -> OfferQuerySet:
    """Return the offers that one can ask for today: open, begun or to come, food that keeps, goods that are left."""
    today = timezone.localdate(now)
    left = Q(quantity=None) | Q(promised__lt=F("quantity"))
    lasting = Q(ends_on=None) | Q(ends_on__gte=today)
    return Offer.objects.open().filter(left, lasting, food.still_good(today))
