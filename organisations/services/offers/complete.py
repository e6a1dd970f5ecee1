"""What an offer must say before anybody else sees it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Offer
from organisations.models.offer import Help
from organisations.services.offers import food
from organisations.services.saying import listed


class BadPeriod(DomainError):
    code = "bad_offer_period"
    message = _("「いつまで」は「いつから」より後の日で、これからの日を入れてください。")


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


def missing(offer: Offer) -> list[OfferLack]:
    """Return what *offer* lacks before it can be handed in, in the order in which one is asked for it."""
    has = {
        OfferLack.SUMMARY: bool(offer.summary),
        OfferLack.PEOPLE: offer.kind not in (Help.PEOPLE, Help.ROOM) or bool(offer.people),
        OfferLack.BEST_BEFORE: not offer.is_food or offer.best_before is not None,
    }
    return [lack for lack, is_there in has.items() if not is_there]


def check(offer: Offer, now: dt.datetime) -> None:
    """Refuse what no offer may be once it is handed in.

    Raises
    ------
    OfferIncomplete, UnsafeFood, FoodTooOld, BadPeriod
    """
    if lacks := missing(offer):
        raise OfferIncomplete(lacks)
    today = timezone.localdate(now)
    food.check(offer, on=today)
    if offer.ends_on is not None and offer.ends_on < today:
        raise BadPeriod
