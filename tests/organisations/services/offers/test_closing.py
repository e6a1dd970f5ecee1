"""A draft is thrown away; what was open is closed, and closes by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models import Offer
from organisations.models.offer import OfferStatus
from organisations.services.offers import approval, available, closing, held, writing
from tests.factories import NOW, CooperationFactory, OfferFactory
from tests.organisations.services.offers.given import LATER, TODAY, handed_in, room

pytestmark = pytest.mark.django_db


def test_what_was_handed_in_can_be_taken_back_and_thrown_away():
    offer = approval.withdraw(offer=handed_in(room()), now=LATER, actor=None)
    closing.discard(offer=offer, now=LATER, actor=None)
    assert not Offer.objects.exists()


def test_what_somebody_asked_for_once_is_not_thrown_away():
    offer = room()
    CooperationFactory(offer=offer)
    with pytest.raises(held.WrongOfferStatus):
        closing.discard(offer=offer, now=LATER, actor=None)


def test_after_its_last_day_it_closes_by_itself():
    offer, other = OfferFactory(ends_on=TODAY), OfferFactory()
    assert closing.close_past(now=NOW) == 0
    assert list(available.to_be_had(now=NOW).order_by("pk")) == [offer, other]
    tomorrow = NOW + dt.timedelta(days=1)
    assert list(available.to_be_had(now=tomorrow)) == [other]
    assert closing.close_past(now=tomorrow) == 1
    offer.refresh_from_db()
    assert offer.status == OfferStatus.CLOSED


def test_what_nobody_has_looked_at_is_not_closed_and_so_not_shown():
    with pytest.raises(held.WrongOfferStatus):
        closing.close(offer=handed_in(room()), now=LATER, actor=None)


def test_closed_it_stays_closed():
    offer = closing.close(offer=OfferFactory(), now=LATER, actor=None)
    assert offer.status == OfferStatus.CLOSED
    for act in (closing.close, approval.submit, approval.withdraw, writing.change):
        with pytest.raises(held.WrongOfferStatus):
            act(offer=offer, now=LATER, actor=None)
