"""A draft is thrown away; what was open is closed, by its organisation or because its time is over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.services import audit
from organisations.models import Offer
from organisations.models.offer import OfferStatus
from organisations.services.offers import food
from organisations.services.offers.held import WrongOfferStatus, lock_in, move


@transaction.atomic
def discard(*, offer: Offer, now: dt.datetime, actor: User | None) -> None:
    """Throw a draft away that nobody has seen; what somebody asked for once is closed instead.

    Raises
    ------
    WrongOfferStatus
    """
    locked = lock_in(offer, OfferStatus.DRAFT)
    if locked.cooperations.exists():
        raise WrongOfferStatus
    audit.record(actor=actor, action="offer.discard", target=locked, now=now)
    locked.delete()


@transaction.atomic
def close(*, offer: Offer, now: dt.datetime, actor: User | None) -> Offer:
    """Take no more requests; what was agreed stands. ``cooperations.ending.end_stale`` tells those who still asked.

    Raises
    ------
    WrongOfferStatus
    """
    return move(lock_in(offer, OfferStatus.OPEN), OfferStatus.CLOSED, "offer.close", now, actor)


@transaction.atomic
def close_past(*, now: dt.datetime) -> int:
    """Close the offers whose last day is over and the food that is too old to hand on; say how many."""
    today = timezone.localdate(now)
    over = Q(ends_on__lt=today) | ~food.still_good(today)
    held = Offer.objects.select_for_update(no_key=True, skip_locked=True).filter(over, status=OfferStatus.OPEN)
    rows = list(held.order_by("pk"))
    for offer in rows:
        move(offer, OfferStatus.CLOSED, "offer.close_past", now, None)
    return len(rows)
