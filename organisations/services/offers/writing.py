"""What an offer says, as a draft and later on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Offer, Organisation, Town
from organisations.models.offer import Help, OfferStatus
from organisations.services import words
from organisations.services.offers import search, vehicles
from organisations.services.offers.complete import BadPeriod, OfferIncomplete, missing
from organisations.services.offers.held import lock_in

BEFORE_THE_END = (OfferStatus.DRAFT, OfferStatus.WAITING, OfferStatus.OPEN)
LISTS = ("activities", "access")
_TEXTS = ("title", "title_en", "summary", "summary_en", "conditions", "not_possible", "unit")
_FOOD = ("is_food", "is_unopened", "keeps_at_room_temperature", "best_before")
_WHEN = ("when", "starts_on", "ends_on", "notice_days")
CHANGEABLE = frozenset({"kind", "town", "venue", "within_km", "people", "quantity", *_TEXTS, *_FOOD, *_WHEN})


class KindIsFixed(DomainError):
    code = "offer_kind_is_fixed"
    message = _("提供するものの種類は、下書きのときだけ変えられます。")


class TooFewForPromises(DomainError):
    code = "too_few_for_promises"
    message = _("もう約束した数より、少なくはできません。")


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
    locked = lock_in(offer, *BEFORE_THE_END, as_of=expected_changed_at)
    lists = _take_lists(fields)
    needs_a_look = _needs_a_look(locked)
    _write(locked, fields)
    vehicles.forget(locked)
    if locked.status == OfferStatus.OPEN and (needs_a_look or _needs_a_look(locked)):
        locked.status, locked.submitted_at = OfferStatus.WAITING, now
    locked.changed_at = now
    locked.save()
    _set_lists(locked, lists)
    audit.record(actor=actor, action="offer.change", target=locked, now=now, fields=sorted({*fields, *lists}))
    return _indexed(locked)


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
    search.index(offers=Offer.objects.filter(pk=offer.pk))
    offer.refresh_from_db(fields=["search_text"])
    return offer
