"""Each side says yes, in any order; with the third yes it is settled and booked."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import audit
from organisations.models import Cooperation
from organisations.models.cooperation import CooperationStatus, Side
from organisations.models.offer import OfferStatus
from organisations.services.cooperations import bookings, letters
from organisations.services.cooperations.asking import OfferNotOpen
from organisations.services.cooperations.held import lock
from organisations.services.cooperations.sides import tick, waiting_for
from organisations.services.cooperations.terms import BadTime
from organisations.services.offers import food


@transaction.atomic
def agree(*, cooperation: Cooperation, side: str, now: dt.datetime, actor: User | None) -> Cooperation:
    """Say yes for *side*; with the third yes it is settled and booked. Saying it twice changes nothing.

    Raises
    ------
    WrongCooperationStatus, OfferNotOpen; with the third yes BadTime where the time has come meanwhile, and what
    ``bookings.book`` raises
    """
    held, row = lock(cooperation, CooperationStatus.PROPOSED, CooperationStatus.AGREED)
    if getattr(row, tick(Side(side))) is not None:
        return row
    if held.status != OfferStatus.OPEN or not food.is_good(held, on=timezone.localdate(now)):
        raise OfferNotOpen
    setattr(row, tick(Side(side)), now)
    audit.record(actor=actor, action="cooperation.agree", target=row, now=now, side=side)
    if waiting_for(row):
        row.save()
        letters.tell(letters.WAITS, row, now, but=Side(side), only=waiting_for(row), about=letters.of_answer(side, now))
        return row
    return _settle(row, now)


def _settle(row: Cooperation, now: dt.datetime) -> Cooperation:
    if row.starts_at is not None and row.starts_at <= now:
        raise BadTime
    row.status, row.agreed_at = CooperationStatus.AGREED, now
    row.save()
    bookings.book(cooperation=row, now=now)
    letters.tell(letters.SETTLED, row, now)
    return row
