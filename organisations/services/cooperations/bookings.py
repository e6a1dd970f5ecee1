"""What is promised of an offer: a stretch of time of a room or a vehicle, or a number of things."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Booking, Cooperation, Offer
from organisations.models.offer import EXCLUSIVE


class TimeMissing(DomainError):
    code = "booking_time_missing"
    message = _("場所と車は、使う日時が決まってから予約できます。先に日時を入れてください。")


class AlreadyBooked(DomainError):
    code = "already_booked"
    message = _("その時間は、ほかの団体の予約が入りました。ほかの日時でご相談ください。")


class NotEnoughLeft(DomainError):
    code = "not_enough_left"
    message = _("残りの数が足りません。数を少なくして、もう一度ご相談ください。")


@transaction.atomic
def book(*, cooperation: Cooperation, now: dt.datetime) -> Booking:
    """Promise what *cooperation* is about: a room or a vehicle to nobody else at that time, goods as far as they go.

    Raises
    ------
    TimeMissing, AlreadyBooked, NotEnoughLeft
    """
    # One after the other: two that wait for each other in the exclusion constraint would be a deadlock.
    offer = Offer.objects.select_for_update(no_key=True).get(pk=cooperation.offer_id)
    if offer.is_exclusive and cooperation.starts_at is None:
        raise TimeMissing
    if not offer.is_exclusive:
        _promise(offer, cooperation.quantity)
    try:
        with transaction.atomic():
            return Booking.objects.create(
                cooperation=cooperation,
                offer=offer,
                busy=_stretch(cooperation),
                quantity=cooperation.quantity,
                is_exclusive=offer.is_exclusive,
                booked_at=now,
            )
    except IntegrityError as error:
        raise AlreadyBooked from error


@transaction.atomic
def cancel(*, cooperation: Cooperation, now: dt.datetime) -> None:
    """Give back what was promised; where nothing was, or it was given back before, nothing happens."""
    booked = Booking.objects.select_for_update().filter(cooperation=cooperation, cancelled_at=None).first()
    if booked is None:
        return
    booked.cancelled_at = now
    booked.save(update_fields=["cancelled_at"])
    if not booked.is_exclusive:
        Offer.objects.filter(pk=booked.offer_id).update(promised=F("promised") - booked.quantity)


def ahead(*, offer: Offer, now: dt.datetime) -> QuerySet[Booking]:
    """Return the times at which nobody else can have *offer*, from now on, the next one first."""
    return Booking.objects.filter(offer=offer, is_exclusive=True, cancelled_at=None, busy__endswith__gt=now).order_by(
        "busy"
    )


def is_free(*, offer: Offer, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
    """Say whether nobody else has *offer* then."""
    if offer.kind not in EXCLUSIVE:
        return True
    stretch = DateTimeTZRange(starts_at, ends_at)
    return not Booking.objects.filter(offer=offer, is_exclusive=True, cancelled_at=None, busy__overlap=stretch).exists()


def _promise(offer: Offer, number: int) -> None:
    """Count *number* as promised if that many are left: one statement, so that no two can have the same ones."""
    enough = Q(quantity=None) | Q(quantity__gte=F("promised") + number)
    if not Offer.objects.filter(enough, pk=offer.pk).update(promised=F("promised") + number):
        raise NotEnoughLeft


def _stretch(cooperation: Cooperation) -> DateTimeTZRange | None:
    if cooperation.starts_at is None:
        return None
    return DateTimeTZRange(cooperation.starts_at, cooperation.ends_at)
