"""Three sides agree in any order; then it is booked."""

from __future__ import annotations

from itertools import permutations

import pytest

from organisations.models import Booking, Offer
from organisations.models.cooperation import CooperationStatus, ProposedBy, Side
from organisations.services.cooperations import asking, bookings, terms
from organisations.services.cooperations.sides import waiting_for
from organisations.services.offers import closing
from tests.factories import OfferFactory, at
from tests.organisations.services.cooperations.given import LATER, TIME, ask, goods, no, yes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("order", list(permutations(Side)))
def test_in_any_order_and_with_the_third_it_is_booked(order):
    row = ask(proposed_by=ProposedBy.SERVICE, **TIME)
    row = yes(row, *order[:2])
    assert (row.status, Booking.objects.count()) == (CooperationStatus.PROPOSED, 0)
    row = yes(row, order[2])
    assert (row.status, row.agreed_at, row.booking.is_exclusive) == (CooperationStatus.AGREED, LATER, True)


def test_twice_is_once():
    row = yes(ask(**TIME), Side.OFFER, Side.OFFER, Side.DESK, Side.DESK)
    assert (row.status, Booking.objects.count()) == (CooperationStatus.AGREED, 1)


def test_a_room_needs_a_time_first():
    row = yes(ask(), Side.OFFER)
    with pytest.raises(bookings.TimeMissing):
        yes(row, Side.DESK)
    row = asking.arrange(cooperation=row, side=Side.DESK, now=LATER, actor=None, quantity=1, **TIME)
    assert waiting_for(row) == [Side.OFFER, Side.HOST]
    assert yes(row, Side.HOST, Side.OFFER).status == CooperationStatus.AGREED


def test_the_second_for_the_same_room_is_told_and_may_ask_for_another_time():
    offer = OfferFactory()
    first, second = ask(offer, **TIME), ask(offer, **TIME)
    yes(first, Side.OFFER, Side.DESK)
    second = yes(second, Side.OFFER)
    with pytest.raises(bookings.AlreadyBooked):
        yes(second, Side.DESK)
    second.refresh_from_db()
    assert (second.status, second.desk_agreed_at) == (CooperationStatus.PROPOSED, None)


def test_goods_go_down_and_come_back():
    offer = goods(10)
    row = yes(ask(offer, quantity=7), Side.OFFER, Side.DESK)
    assert Offer.objects.get().left == 3
    no(row)
    assert Offer.objects.get().left == 10
    row.booking.refresh_from_db()
    assert row.booking.cancelled_at == LATER


def test_goods_that_went_meanwhile():
    offer = goods(10)
    first, second = ask(offer, quantity=7), ask(offer, quantity=7)
    yes(first, Side.OFFER, Side.DESK)
    with pytest.raises(bookings.NotEnoughLeft):
        yes(second, Side.OFFER, Side.DESK)


def test_goods_without_end_are_counted_and_never_run_out():
    offer = goods(None)
    for _nth in range(2):
        yes(ask(offer, quantity=700), Side.OFFER, Side.DESK)
    assert (Offer.objects.get().promised, Offer.objects.get().left) == (1400, None)


def test_not_once_the_offer_is_over():
    row = ask(**TIME)
    closing.close(offer=row.offer, now=LATER, actor=None)
    with pytest.raises(asking.OfferNotOpen):
        yes(row, Side.OFFER)


def test_not_once_the_time_has_come():
    row = yes(ask(**TIME), Side.OFFER)
    with pytest.raises(terms.BadTime):
        yes(row, Side.DESK, now=at(5, 10))
