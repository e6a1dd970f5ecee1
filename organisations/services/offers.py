"""An offer's life: draft → waiting → open → closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Offer, Organisation, Review, SupportDesk, Town
from organisations.models.offer import Help, OfferQuerySet, OfferStatus
from organisations.models.review import ReviewOutcome
from organisations.services import food, letters, offer_search, words
from organisations.services.roles import NotApproved
from organisations.services.saying import listed

BEFORE_THE_END = (OfferStatus.DRAFT, OfferStatus.WAITING, OfferStatus.OPEN)
LONGEST_REASON = 500
LISTS = ("activities", "access")
_TEXTS = ("title", "title_en", "summary", "summary_en", "conditions", "not_possible", "unit")
_FOOD = ("is_food", "is_unopened", "keeps_at_room_temperature", "best_before")
_WHEN = ("when", "starts_on", "ends_on", "notice_days")
CHANGEABLE = frozenset({"kind", "town", "venue", "within_km", "people", "quantity", *_TEXTS, *_FOOD, *_WHEN})


class WrongOfferStatus(DomainError):
    code = "wrong_offer_status"
    message = _("いまの状態では、この提供にこの操作はできません。画面を開きなおして、状態を確かめてください。")


class StaleOffer(DomainError):
    code = "stale_offer"
    message = _(
        "入力しているあいだに、ほかの方がこの提供を変えました。新しい内容を見てから、もう一度保存してください。"
    )


class KindIsFixed(DomainError):
    code = "offer_kind_is_fixed"
    message = _("提供するものの種類は、下書きのときだけ変えられます。")


class VehicleNotChecked(DomainError):
    code = "vehicle_not_checked"
    message = _("車の提供は、法律と保険をコーディネーターが確かめてから公開できます。")


class NotAVehicle(DomainError):
    code = "not_a_vehicle"
    message = _("法律と保険を確かめるのは、車の提供だけです。")


class BadPeriod(DomainError):
    code = "bad_offer_period"
    message = _("「いつまで」は「いつから」より後の日で、これからの日を入れてください。")


class TooFewForPromises(DomainError):
    code = "too_few_for_promises"
    message = _("もう約束した数より、少なくはできません。")


class OfferLack(models.TextChoices):
    """What an offer may lack as a draft, and needs before a coordinator looks at it."""

    SUMMARY = "summary", _("くわしい説明")
    PEOPLE = "people", _("人数・定員")
    BEST_BEFORE = "best_before", _("賞味期限")


class OfferIncomplete(DomainError):
    code = "offer_incomplete"

    def __init__(self, lacks: list[OfferLack]) -> None:
        super().__init__(lacks)
        self.lacks = lacks
        self.message = _("まだ足りないものがあります:%(lacks)s。書いてから、もう一度お送りください。") % {
            "lacks": listed(str(lack.label) for lack in lacks)
        }


@transaction.atomic
def draft(
    *,
    organisation: Organisation,
    kind: str,
    now: dt.datetime,
    actor: User | None,
    town: Town | None = None,
    **fields: Any,
) -> Offer:
    """Begin an offer that nobody else sees yet; all it needs is its kind and a name.

    Fields are those of ``Offer``, and ``activities`` and ``access``. Without *town* it is where its organisation is.

    Raises
    ------
    BadPeriod, and what ``words.checked`` raises
    """
    lists = _take_lists(fields)
    offer = Offer(organisation=organisation, created_at=now, changed_at=now)
    _write(offer, {"title": "", "kind": kind, "town": town or organisation.town, **fields})
    offer.save()
    _set_lists(offer, lists)
    audit.record(actor=actor, action="offer.draft", target=offer, now=now)
    return _indexed(offer)


@transaction.atomic
def change(
    *,
    offer: Offer,
    now: dt.datetime,
    actor: User | None,
    expected_changed_at: dt.datetime | None = None,
    **fields: Any,
) -> Offer:
    """Change what an offer says, as long as it is not over. What was agreed already stands as it is.

    A vehicle, and food, that is offered to everybody waits for a coordinator again: it says something else now.

    Raises
    ------
    StaleOffer where the offer was changed since *expected_changed_at*; WrongOfferStatus, KindIsFixed,
    TooFewForPromises, OfferIncomplete where it is no draft and would lack something; and what ``draft`` raises
    """
    locked = _lock(offer, *BEFORE_THE_END)
    if expected_changed_at is not None and expected_changed_at != locked.changed_at:
        raise StaleOffer
    lists = _take_lists(fields)
    needs_a_look = _needs_a_look(locked)
    _write(locked, fields)
    if locked.kind == Help.VEHICLE:
        locked.vehicle_checked_at = locked.vehicle_checked_by = None
    if locked.status == OfferStatus.OPEN and (needs_a_look or _needs_a_look(locked)):
        locked.status, locked.submitted_at = OfferStatus.WAITING, now
    locked.changed_at = now
    locked.save()
    _set_lists(locked, lists)
    audit.record(actor=actor, action="offer.change", target=locked, now=now, fields=sorted({*fields, *lists}))
    return _indexed(locked)


@transaction.atomic
def submit(*, offer: Offer, now: dt.datetime, actor: User | None) -> Offer:
    """Hand a draft in, so that a coordinator looks at it.

    Raises
    ------
    WrongOfferStatus, OfferIncomplete, UnsafeFood, FoodTooOld, BadPeriod
    """
    locked = _lock(offer, OfferStatus.DRAFT)
    _check(locked, now)
    locked.submitted_at = now
    return _move(locked, OfferStatus.WAITING, "offer.submit", now, actor)


@transaction.atomic
def withdraw(*, offer: Offer, now: dt.datetime, actor: User | None) -> Offer:
    """Take back what was handed in, to write on it.

    Raises
    ------
    WrongOfferStatus
    """
    return _move(_lock(offer, OfferStatus.WAITING), OfferStatus.DRAFT, "offer.withdraw", now, actor)


@transaction.atomic
def discard(*, offer: Offer, now: dt.datetime, actor: User | None) -> None:
    """Throw a draft away that nobody has seen; what somebody asked for once is closed instead.

    Raises
    ------
    WrongOfferStatus
    """
    locked = _lock(offer, OfferStatus.DRAFT)
    if locked.cooperations.exists():
        raise WrongOfferStatus
    audit.record(actor=actor, action="offer.discard", target=locked, now=now)
    locked.delete()


@transaction.atomic
def check_vehicle(*, offer: Offer, now: dt.datetime, actor: User) -> Offer:
    """Write down that *actor* has asked about the law and the insurance of a vehicle. It holds for what it says now.

    Raises
    ------
    WrongOfferStatus, NotAVehicle
    """
    locked = _lock(offer, OfferStatus.WAITING)
    if locked.kind != Help.VEHICLE:
        raise NotAVehicle
    locked.vehicle_checked_at, locked.vehicle_checked_by = now, actor
    locked.save(update_fields=["vehicle_checked_at", "vehicle_checked_by"])
    audit.record(actor=actor, action="offer.check_vehicle", target=locked, now=now)
    return locked


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
    locked = _lock(offer, OfferStatus.WAITING)
    if expected_changed_at is not None and expected_changed_at != locked.changed_at:
        raise StaleOffer
    if not locked.organisation.is_approved:
        raise NotApproved
    if locked.kind == Help.VEHICLE and locked.vehicle_checked_at is None:
        raise VehicleNotChecked
    _check(locked, now)
    Review.objects.create(offer=locked, by=actor, desk=by_desk, outcome=ReviewOutcome.APPROVED, at=now)
    locked.published_at = now
    _tell(
        locked,
        now,
        "offer_published",
        _("提供「%(offer)s」を公開しました"),
        _("提供「%(offer)s」の確認が終わり、公開しました。申し込みがあったら、お知らせします。"),
    )
    return _move(locked, OfferStatus.OPEN, "offer.publish", now, actor)


@transaction.atomic
def send_back(
    *, offer: Offer, now: dt.datetime, actor: User | None, reason: str = "", by_desk: SupportDesk | None = None
) -> Offer:
    """Make a handed-in offer a draft again, and tell its organisation why.

    Raises
    ------
    WrongOfferStatus, TextTooLong, UnreadableText
    """
    locked = _lock(offer, OfferStatus.WAITING)
    reason = words.readable(reason, at_most=LONGEST_REASON, field=_("理由"))
    outcome = ReviewOutcome.SENT_BACK
    Review.objects.create(offer=locked, by=actor, desk=by_desk, outcome=outcome, reason=reason, at=now)
    body = _("提供「%(offer)s」に、書き直していただきたいところがあります。直したら、もう一度お送りください。")
    _tell(locked, now, "offer_sent_back", _("提供「%(offer)s」について"), body, reason)
    return _move(locked, OfferStatus.DRAFT, "offer.send_back", now, actor, reason=reason)


@transaction.atomic
def close(*, offer: Offer, now: dt.datetime, actor: User | None) -> Offer:
    """Take no more requests; what was agreed stands. ``cooperations.end_stale`` tells those who still asked.

    Raises
    ------
    WrongOfferStatus
    """
    return _move(_lock(offer, OfferStatus.OPEN), OfferStatus.CLOSED, "offer.close", now, actor)


@transaction.atomic
def close_past(*, now: dt.datetime) -> int:
    """Close the offers whose last day is over and the food that is too old to hand on; say how many."""
    today = timezone.localdate(now)
    over = Q(ends_on__lt=today) | ~food.still_good(today)
    held = Offer.objects.select_for_update(no_key=True, skip_locked=True).filter(over, status=OfferStatus.OPEN)
    rows = list(held.order_by("pk"))
    for offer in rows:
        _move(offer, OfferStatus.CLOSED, "offer.close_past", now, None)
    return len(rows)


def missing(offer: Offer) -> list[OfferLack]:
    """Return what *offer* lacks before it can be handed in, in the order in which one is asked for it."""
    has = {
        OfferLack.SUMMARY: bool(offer.summary),
        OfferLack.PEOPLE: offer.kind not in (Help.PEOPLE, Help.ROOM) or bool(offer.people),
        OfferLack.BEST_BEFORE: not offer.is_food or offer.best_before is not None,
    }
    return [lack for lack, is_there in has.items() if not is_there]


def to_be_had(*, now: dt.datetime) -> OfferQuerySet:
    """Return the offers that one can ask for today: open, begun or to come, food that keeps, goods that are left."""
    today = timezone.localdate(now)
    left = Q(quantity=None) | Q(promised__lt=F("quantity"))
    lasting = Q(ends_on=None) | Q(ends_on__gte=today)
    return Offer.objects.open().filter(left, lasting, food.still_good(today))


def lock(offer_id: int, *, of_organisation: bool = False) -> Offer:
    """Return the offer's row, held until the transaction ends. Lock it before any cooperation about it."""
    rows = Offer.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation").get(pk=offer_id) if of_organisation else rows.get(pk=offer_id)


def _lock(offer: Offer, *allowed: OfferStatus) -> Offer:
    locked = lock(offer.pk, of_organisation=True)
    if locked.status not in allowed:
        raise WrongOfferStatus
    return locked


def _move(offer: Offer, status: OfferStatus, action: str, now: dt.datetime, actor: User | None, **detail: Any) -> Offer:
    offer.status, offer.changed_at = status, now
    offer.save(update_fields=["status", "changed_at", "submitted_at", "published_at"])
    audit.record(actor=actor, action=action, target=offer, now=now, **detail)
    return offer


def _check(offer: Offer, now: dt.datetime) -> None:
    """Refuse what no offer may be once it is handed in."""
    if lacks := missing(offer):
        raise OfferIncomplete(lacks)
    today = timezone.localdate(now)
    food.check(offer, on=today)
    if offer.ends_on is not None and offer.ends_on < today:
        raise BadPeriod


def _needs_a_look(offer: Offer) -> bool:
    return offer.kind == Help.VEHICLE or offer.is_food


def _take_lists(fields: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: list(fields.pop(name)) for name in LISTS if name in fields}


def _set_lists(offer: Offer, lists: dict[str, list[Any]]) -> None:
    for name, chosen in lists.items():
        getattr(offer, name).set(chosen)


def _write(offer: Offer, fields: dict[str, Any]) -> None:
    unknown = fields.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"an offer's {', '.join(sorted(unknown))} cannot be set here")
    is_draft = offer.status == OfferStatus.DRAFT
    if not is_draft and fields.get("kind", offer.kind) != offer.kind:
        raise KindIsFixed
    for name, value in words.checked(Offer, fields).items():
        setattr(offer, name, value)
    if offer.kind != Help.GOODS:  # a draft may have been one of goods before
        offer.quantity, offer.is_food = None, False
    if offer.starts_on is not None and offer.ends_on is not None and offer.ends_on < offer.starts_on:
        raise BadPeriod
    if offer.quantity is not None and offer.quantity < offer.promised:
        raise TooFewForPromises
    if not is_draft and (lacks := missing(offer)):
        raise OfferIncomplete(lacks)


def _indexed(offer: Offer) -> Offer:
    offer_search.index(offers=Offer.objects.filter(pk=offer.pk))
    offer.refresh_from_db(fields=["search_text"])
    return offer


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
