"""A draft is handed in; a coordinator opens it to everybody, or sends it back with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import Offer, Review, SupportDesk
from organisations.models.offer import OfferStatus
from organisations.models.review import ReviewOutcome
from organisations.services import words
from organisations.services.hosts import letters
from organisations.services.offers import complete, vehicles
from organisations.services.offers.held import lock_in, move
from organisations.services.roles.approval import NotApproved

LONGEST_REASON = 500


@transaction.atomic
def submit(*, offer: Offer, now: dt.datetime, actor: User | None) -> Offer:
    """Hand a draft in, so that a coordinator looks at it.

    Raises
    ------
    WrongOfferStatus, OfferIncomplete, UnsafeFood, FoodTooOld, BadPeriod
    """
    locked = lock_in(offer, OfferStatus.DRAFT)
    complete.check(locked, now)
    locked.submitted_at = now
    return move(locked, OfferStatus.WAITING, "offer.submit", now, actor)


@transaction.atomic
def withdraw(*, offer: Offer, now: dt.datetime, actor: User | None) -> Offer:
    """Take back what was handed in, to write on it.

    Raises
    ------
    WrongOfferStatus
    """
    return move(lock_in(offer, OfferStatus.WAITING), OfferStatus.DRAFT, "offer.withdraw", now, actor)


@transaction.atomic
def publish(
    *,
    offer: Offer,
    now: dt.datetime,
    actor: User | None,
    by_desk: SupportDesk | None = None,
    expected_changed_at: dt.datetime | None = None,
) -> Offer:
    """Open a handed-in offer to everybody, and write down who found it good.

    Raises
    ------
    StaleOffer where the offer was changed since *expected_changed_at*; WrongOfferStatus, NotApproved,
    VehicleNotChecked, and what ``submit`` raises
    """
    locked = lock_in(offer, OfferStatus.WAITING, as_of=expected_changed_at)
    if not locked.organisation.is_approved:
        raise NotApproved
    vehicles.refuse_unchecked(locked)
    complete.check(locked, now)
    Review.objects.create(offer=locked, by=actor, desk=by_desk, outcome=ReviewOutcome.APPROVED, at=now)
    locked.published_at = now
    _tell(
        locked,
        now,
        "offer_published",
        _("提供「%(offer)s」を公開しました"),
        _("提供「%(offer)s」の確認が終わり、公開しました。申し込みがあったら、お知らせします。"),
    )
    return move(locked, OfferStatus.OPEN, "offer.publish", now, actor)


@transaction.atomic
def send_back(
    *, offer: Offer, now: dt.datetime, actor: User | None, reason: str = "", by_desk: SupportDesk | None = None
) -> Offer:
    """Make a handed-in offer a draft again, and tell its organisation why.

    Raises
    ------
    WrongOfferStatus, TextTooLong, UnreadableText
    """
    locked = lock_in(offer, OfferStatus.WAITING)
    reason = words.readable(reason, at_most=LONGEST_REASON, field=_("理由"))
    outcome = ReviewOutcome.SENT_BACK
    Review.objects.create(offer=locked, by=actor, desk=by_desk, outcome=outcome, reason=reason, at=now)
    body = _("提供「%(offer)s」に、書き直していただきたいところがあります。直したら、もう一度お送りください。")
    _tell(locked, now, "offer_sent_back", _("提供「%(offer)s」について"), body, reason)
    return move(locked, OfferStatus.DRAFT, "offer.send_back", now, actor, reason=reason)


def _tell(offer: Offer, now: dt.datetime, kind: str, title: Promise, body: Promise, reason: str = "") -> None:
    letters.tell_members(
        organisation=offer.organisation,
        kind=kind,
        title=title,
        body=body,
        names={"offer": offer.title},
        about={"offer": offer.pk},
        now=now,
        reason=reason,
        path=f"/organisation/offers/{offer.pk}/",
    )
