"""It has taken place; or somebody says no or calls it off, or its time has come with nobody agreed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Cooperation
from organisations.models.cooperation import CooperationStatus, Side
from organisations.models.offer import OfferStatus
from organisations.services import words
from organisations.services.cooperations import bookings, letters
from organisations.services.cooperations.held import ALIVE, lock


class NotOverYet(DomainError):
    code = "cooperation_not_over"
    message = _("まだ始まっていません。終わってから、もう一度押してください。")


@transaction.atomic
def finish(*, cooperation: Cooperation, now: dt.datetime, actor: User | None) -> Cooperation:
    """Say that it has taken place.

    Raises
    ------
    WrongCooperationStatus, NotOverYet
    """
    _held, row = lock(cooperation, CooperationStatus.AGREED)
    if row.starts_at is not None and row.starts_at > now:
        raise NotOverYet
    row.status, row.done_at = CooperationStatus.DONE, now
    row.save(update_fields=["status", "done_at"])
    audit.record(actor=actor, action="cooperation.finish", target=row, now=now)
    letters.tell(letters.DONE, row, now)
    return row


@transaction.atomic
def end(*, cooperation: Cooperation, side: str, reason: str, now: dt.datetime, actor: User | None) -> Cooperation:
    """Say no, or call off what was settled; what was booked is free again, and the other sides hear why.

    Raises
    ------
    WrongCooperationStatus, TextMissing, TextTooLong, UnreadableText
    """
    _held, row = lock(cooperation, *ALIVE)
    field = Cooperation._meta.get_field("end_reason")
    reason = words.readable(reason, at_most=500, field=field.verbose_name)
    if not reason:
        raise words.TextMissing(field.verbose_name)
    return _end(row, Side(side), reason, now, actor)


@transaction.atomic
def end_stale(*, now: dt.datetime) -> int:
    """End what nobody can agree to any more: its offer is over, or its time has come. Says how many."""
    stale = Cooperation.objects.filter(
        Q(offer__status=OfferStatus.CLOSED) | Q(starts_at__lte=now), status=CooperationStatus.PROPOSED
    )
    ended = 0
    for cooperation in stale.order_by("pk"):
        _held, row = lock(cooperation, *ALIVE, CooperationStatus.ENDED)
        if row.status == CooperationStatus.PROPOSED:
            _end(row, None, "", now, None)
            ended += 1
    return ended


def _end(row: Cooperation, side: Side | None, reason: str, now: dt.datetime, actor: User | None) -> Cooperation:
    row.status, row.ended_at, row.end_reason = CooperationStatus.ENDED, now, reason
    row.ended_by = side.value if side is not None else ""
    row.save(update_fields=["status", "ended_at", "ended_by", "end_reason"])
    bookings.cancel(cooperation=row, now=now)
    audit.record(actor=actor, action="cooperation.end", target=row, now=now, side=row.ended_by)
    letters.tell(letters.ENDED if side is not None else letters.LAPSED, row, now, but=side, quoted=reason)
    return row
