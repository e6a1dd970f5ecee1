"""An offer's row, held until the transaction ends, and its way from one status to the next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Offer
from organisations.models.offer import OfferStatus


class WrongOfferStatus(DomainError):
    code = "wrong_offer_status"
    message = _("いまの状態では、この提供にこの操作はできません。画面を開きなおして、状態を確かめてください。")


class StaleOffer(DomainError):
    code = "stale_offer"
    message = _(
        "入力しているあいだに、ほかの方がこの提供を変えました。新しい内容を見てから、もう一度保存してください。"
    )


def lock(offer_id: int, *, of_organisation: bool = False) -> Offer:
    """Return the offer's row, held until the transaction ends. Lock it before any cooperation about it."""
    rows = Offer.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation").get(pk=offer_id) if of_organisation else rows.get(pk=offer_id)


def lock_in(offer: Offer, *allowed: OfferStatus, as_of: dt.datetime | None = None) -> Offer:
    """Return the offer's row with its organisation, held, as it was changed last *as_of* then.

    Raises
    ------
    WrongOfferStatus where it is in none of the *allowed* ones; StaleOffer where it was changed since
    """
    locked = lock(offer.pk, of_organisation=True)
    if locked.status not in allowed:
        raise WrongOfferStatus
    if as_of is not None and as_of != locked.changed_at:
        raise StaleOffer
    return locked


def move(offer: Offer, status: OfferStatus, action: str, now: dt.datetime, actor: User | None, **detail: Any) -> Offer:
    """Give *offer*, which is held, its next status, and write it down."""
    offer.status, offer.changed_at = status, now
    offer.save(update_fields=["status", "changed_at", "submitted_at", "published_at"])
    audit.record(actor=actor, action=action, target=offer, now=now, **detail)
    return offer
