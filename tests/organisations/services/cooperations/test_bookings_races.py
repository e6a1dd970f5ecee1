"""Everybody agrees at the same moment: nothing is promised twice, and without the promises' care it would be."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db.models import Sum

from organisations.models import Booking, Cooperation, Offer
from organisations.models.cooperation import CooperationStatus, Side
from organisations.models.offer import Help
from organisations.services.cooperations import agreeing, bookings, ending
from tests.factories import NOW, CooperationFactory, OfferFactory, OrganisationFactory, at
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 30
LEFT = 7
TIME = {"starts_at": at(5, 9), "ends_at": at(5, 12)}


def asked(offer, **more):
    """As many groups, each of which waits for the last yes alone."""
    host = OrganisationFactory()
    agreed = {"host_agreed_at": NOW, "desk_agreed_at": NOW}
    return CooperationFactory.create_batch(AT_ONCE, offer=offer, host=host, **agreed, **more)


def ended(results):
    return Counter(type(one).__name__ for one in results)


def agreed_at_once(rows):
    def agree(number):
        return agreeing.agree(cooperation=rows[number], side=Side.OFFER, now=NOW, actor=None)

    return ended(together(len(rows), agree))


def test_a_room_is_given_to_one():
    rows = asked(OfferFactory(), **TIME)
    assert agreed_at_once(rows) == {"Cooperation": 1, "AlreadyBooked": AT_ONCE - 1}
    assert Booking.objects.filter(cancelled_at=None).count() == 1
    assert Cooperation.objects.filter(status=CooperationStatus.AGREED).count() == 1


def test_the_last_goods_are_given_once():
    rows = asked(OfferFactory(kind=Help.GOODS, quantity=LEFT), quantity=1)
    assert agreed_at_once(rows) == {"Cooperation": LEFT, "NotEnoughLeft": AT_ONCE - LEFT}
    assert Offer.objects.get().left == 0
    assert Booking.objects.aggregate(sum=Sum("quantity"))["sum"] == LEFT


def test_looking_first_and_writing_then_would_give_the_room_to_all():
    """The control: the same groups, with a look instead of the constraint."""
    offer, looked = OfferFactory(), threading.Barrier(AT_ONCE)
    rows = asked(offer, **TIME)

    def unprotected(number):
        is_free = bookings.is_free(offer=offer, **TIME)
        looked.wait(timeout=60)
        if is_free:
            Booking.objects.create(cooperation=rows[number], offer=offer, booked_at=NOW)

    together(AT_ONCE, unprotected)
    assert Booking.objects.count() == AT_ONCE > 1


def test_looking_first_and_writing_then_would_promise_more_goods_than_there_are():
    offer, looked = OfferFactory(kind=Help.GOODS, quantity=LEFT), threading.Barrier(AT_ONCE)
    rows = asked(offer)

    def unprotected(number):
        seen = Offer.objects.get(pk=offer.pk)
        looked.wait(timeout=60)
        if seen.left:
            seen.promised += 1
            seen.save(update_fields=["promised"])
            Booking.objects.create(cooperation=rows[number], offer=offer, booked_at=NOW)

    together(AT_ONCE, unprotected)
    assert Booking.objects.count() == AT_ONCE > LEFT


def test_the_schema_alone_stops_whoever_forgets_to_look():
    offer = OfferFactory()
    rows = asked(offer, **TIME)

    def careless(number):
        busy = (TIME["starts_at"], TIME["ends_at"])
        booked = {"cooperation": rows[number], "offer": offer, "busy": busy, "is_exclusive": True}
        return Booking.objects.create(booked_at=NOW, **booked)

    counts = ended(together(AT_ONCE, careless))
    assert counts["Booking"] == Booking.objects.count() == 1
    assert counts["IntegrityError"] + counts["OperationalError"] == AT_ONCE - 1


def test_the_three_sides_at_once_book_once():
    for _round in range(5):
        row = CooperationFactory(**TIME)
        sides = list(Side)

        def agree(number, row=row, sides=sides):
            return agreeing.agree(cooperation=row, side=sides[number], now=NOW, actor=None)

        assert ended(together(3, agree)) == {"Cooperation": 3}
        row.refresh_from_db()
        assert (row.status, row.booking.cancelled_at) == (CooperationStatus.AGREED, None)


def test_called_off_many_times_at_once_the_goods_come_back_once():
    offer = OfferFactory(kind=Help.GOODS, quantity=LEFT, promised=LEFT - 1)
    row = CooperationFactory(offer=offer, host_agreed_at=NOW, desk_agreed_at=NOW)
    agreeing.agree(cooperation=row, side=Side.OFFER, now=NOW, actor=None)

    def end(_number):
        return ending.end(cooperation=row, side=Side.HOST, reason="雨のため", now=NOW, actor=None)

    assert ended(together(8, end)) == {"Cooperation": 1, "WrongCooperationStatus": 7}
    assert Offer.objects.get().left == 1
