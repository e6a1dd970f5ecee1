"""A vehicle is offered to everybody only once a coordinator has asked about the law and the insurance."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Offer
from organisations.models.offer import Help, OfferStatus
from organisations.services.offers.held import lock_in


class VehicleNotChecked(DomainError):
    code = "vehicle_not_checked"
    message = _("車の提供は、法律と保険をコーディネーターが確かめてから公開できます。")


class NotAVehicle(DomainError):
    code = "not_a_vehicle"
    message = _("法律と保険を確かめるのは、車の提供だけです。")


@transaction.atomic
def check(*, offer: Offer, now: dt.datetime, actor: User) -> Offer:
    """Write down that *actor* has asked about the law and the insurance of a vehicle. It holds for what it says now.

    Raises
    ------
    WrongOfferStatus, NotAVehicle
    """
    locked = lock_in(offer, OfferStatus.WAITING)
    if locked.kind != Help.VEHICLE:
        raise NotAVehicle
    locked.vehicle_checked_at, locked.vehicle_checked_by = now, actor
    locked.save(update_fields=["vehicle_checked_at", "vehicle_checked_by"])
    audit.record(actor=actor, action="offer.check_vehicle", target=locked, now=now)
    return locked


def refuse_unchecked(offer: Offer) -> None:
    """Refuse to publish a vehicle that nobody has asked about.

    Raises
    ------
    VehicleNotChecked
    """
    if offer.kind == Help.VEHICLE and offer.vehicle_checked_at is None:
        raise VehicleNotChecked


def forget(offer: Offer) -> None:
    """Take the mark away: a vehicle of which something else is said now is asked about anew."""
    if offer.kind == Help.VEHICLE:
        offer.vehicle_checked_at = offer.vehicle_checked_by = None
