"""When, and how much of it: what an offer has to give, and what somebody asks of it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Cooperation, Offer
from organisations.models.offer import Help
from organisations.services.cooperations import bookings

FURTHEST_AHEAD = dt.timedelta(days=730)
LONGEST = dt.timedelta(days=31)
MOST = 100_000


class BadTime(DomainError):
    code = "bad_cooperation_time"
    message = _("日時を確かめてください。これからの2年のうちで、1回は31日までです。")


class OutsideOffer(DomainError):
    code = "outside_offer"
    message = _("提供している期間や、「何日前までに」に合いません。提供のページで確かめてください。")


class TooMany(DomainError):
    code = "more_than_offered"
    message = _("提供している数・人数より多くなっています。数を少なくしてください。")


def check(row: Cooperation, offer: Offer, now: dt.datetime) -> None:
    """Refuse a time or a number that the offer does not have.

    Raises
    ------
    BadTime, OutsideOffer, TooMany, AlreadyBooked where a room or vehicle is taken at that time
    """
    most = offer.left if offer.kind == Help.GOODS else offer.people
    if not 1 <= row.quantity <= (MOST if most is None else min(most, MOST)):
        raise TooMany
    if row.starts_at is None and row.ends_at is None:
        return
    if row.starts_at is None or row.ends_at is None or not _is_in_time(row.starts_at, row.ends_at, now):
        raise BadTime
    first, last = timezone.localdate(row.starts_at), timezone.localdate(row.ends_at)
    if (offer.starts_on is not None and first < offer.starts_on) or (
        offer.ends_on is not None and last > offer.ends_on
    ):
        raise OutsideOffer
    if first < timezone.localdate(now) + dt.timedelta(days=offer.notice_days):
        raise OutsideOffer
    if not bookings.is_free(offer=offer, starts_at=row.starts_at, ends_at=row.ends_at):
        raise bookings.AlreadyBooked


def _is_in_time(starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime) -> bool:
    return now < starts_at < ends_at <= now + FURTHEST_AHEAD and ends_at - starts_at <= LONGEST
