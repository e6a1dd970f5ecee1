"""A group asks for an offer; a side says yes or no."""

from __future__ import annotations

import datetime as dt

from organisations.models.cooperation import ProposedBy, Side
from organisations.models.offer import Help
from organisations.services.cooperations import agreeing, asking, ending
from tests.factories import NOW, OfferFactory, OrganisationFactory, at

LATER = NOW + dt.timedelta(minutes=5)
TIME = {"starts_at": at(5, 9), "ends_at": at(5, 12)}


def ask(offer=None, host=None, **more):
    given = {"proposed_by": ProposedBy.HOST, "purpose": "茶話会", "now": NOW} | more
    return asking.propose(offer=offer or OfferFactory(), host=host or OrganisationFactory(), **given)


def yes(row, *sides, now=LATER):
    for side in sides:
        row = agreeing.agree(cooperation=row, side=side, now=now, actor=None)
    return row


def no(row, side=Side.OFFER, reason="部屋を直しています"):
    return ending.end(cooperation=row, side=side, reason=reason, now=LATER, actor=None)


def goods(quantity, **more):
    return OfferFactory(kind=Help.GOODS, quantity=quantity, **more)
