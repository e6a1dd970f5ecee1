"""No time and no number that the offer does not have."""

from __future__ import annotations

import pytest

from organisations.models.cooperation import CooperationStatus, Side
from organisations.services.cooperations import bookings, terms
from tests.factories import OfferFactory, at
from tests.organisations.services.cooperations.given import TIME, ask, goods, yes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "time",
    [
        {"starts_at": at(-1, 9), "ends_at": at(-1, 12)},
        {"starts_at": at(5, 9), "ends_at": at(5, 9)},
        {"starts_at": at(5, 9), "ends_at": None},
        {"starts_at": at(5, 9), "ends_at": at(50, 9)},
        {"starts_at": at(800, 9), "ends_at": at(800, 12)},
    ],
)
def test_a_time_that_cannot_be(time):
    with pytest.raises(terms.BadTime):
        ask(**time)


def test_within_the_days_of_the_offer_and_early_enough():
    for days in ({"starts_on": at(6, 0).date()}, {"ends_on": at(4, 0).date()}, {"notice_days": 6}):
        with pytest.raises(terms.OutsideOffer):
            ask(OfferFactory(**days), **TIME)
    assert ask(OfferFactory(notice_days=5), **TIME).starts_at == TIME["starts_at"]


def test_not_more_than_there_is():
    with pytest.raises(terms.TooMany):
        ask(OfferFactory(people=20), quantity=21)
    with pytest.raises(terms.TooMany):
        ask(goods(10, promised=8), quantity=3)
    assert ask(goods(None), quantity=1000).quantity == 1000


def test_a_room_that_is_taken_then():
    offer = OfferFactory()
    yes(ask(offer, **TIME), *Side)
    with pytest.raises(bookings.AlreadyBooked):
        ask(offer, starts_at=at(5, 11), ends_at=at(5, 13))
    assert ask(offer, starts_at=at(5, 12), ends_at=at(5, 13)).status == CooperationStatus.PROPOSED
