"""Food that is given away: unopened, kept at room temperature, and good for long enough to be handed on."""

from __future__ import annotations

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Offer

# Whoever is asked needs time to answer, to fetch it and to hand it out.
MONTHS_TO_PUBLISH = 2
MONTHS_TO_SHOW = 1


class UnsafeFood(DomainError):
    code = "unsafe_food"
    message = _("食べ物・飲み物は、開けていないもの、常温で保存できるものだけをお預かりできます。")


class FoodTooOld(DomainError):
    code = "food_too_old"
    message = _("食べ物・飲み物は、賞味期限まで2か月以上あるものをお願いしています。賞味期限を確かめてください。")


def check(offer: Offer, *, on: dt.date) -> None:
    """Refuse food that nobody should be given, or that would be too old before it reaches anyone.

    Raises
    ------
    UnsafeFood, FoodTooOld
    """
    if not offer.is_food:
        return
    if not (offer.is_unopened and offer.keeps_at_room_temperature):
        raise UnsafeFood
    if offer.best_before is None or offer.best_before < on + relativedelta(months=MONTHS_TO_PUBLISH):
        raise FoodTooOld


def is_good(offer: Offer, *, on: dt.date) -> bool:
    """Say whether what is offered may still be handed on; what is no food always may."""
    return not offer.is_food or (offer.best_before is not None and offer.best_before >= _oldest(on))


def still_good(on: dt.date) -> Q:
    """Return the offers of which ``is_good`` holds, as a condition of the database."""
    return Q(is_food=False) | Q(best_before__gte=_oldest(on))


def _oldest(on: dt.date) -> dt.date:
    return on + relativedelta(months=MONTHS_TO_SHOW)
