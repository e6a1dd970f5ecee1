"""Food is safe and keeps long enough, when it is handed in, when it is published and as long as it is shown."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models.offer import Help, OfferStatus
from organisations.services.offers import approval, available, closing, complete, food, writing
from tests.factories import NOW, UserFactory
from tests.organisations.services.offers.given import LATER, handed_in, published, rice

pytestmark = pytest.mark.django_db


def test_two_months_are_left_when_it_is_published():
    assert published(rice(dt.date(2027, 5, 1))).status == OfferStatus.OPEN
    with pytest.raises(food.FoodTooOld):
        handed_in(rice(dt.date(2027, 4, 30)))


def test_it_is_looked_at_again_when_it_is_published():
    offer = handed_in(rice(dt.date(2027, 5, 1)))
    with pytest.raises(food.FoodTooOld):
        approval.publish(offer=offer, now=NOW + dt.timedelta(days=1), actor=UserFactory())


@pytest.mark.parametrize("lacks", ["is_unopened", "keeps_at_room_temperature"])
def test_it_is_unopened_and_needs_no_fridge(lacks):
    with pytest.raises(food.UnsafeFood):
        handed_in(rice(dt.date(2027, 9, 1), **{lacks: False}))


def test_it_has_a_date():
    with pytest.raises(complete.OfferIncomplete):
        handed_in(rice(None))


def test_a_month_before_its_date_it_is_shown_no_more():
    offer = published(rice(dt.date(2027, 5, 1)))
    last_day = dt.datetime(2027, 4, 1, 12, tzinfo=NOW.tzinfo)
    day_after = last_day + dt.timedelta(days=1)
    assert list(available.to_be_had(now=last_day)) == [offer]
    assert not available.to_be_had(now=day_after).exists()
    assert closing.close_past(now=last_day) == 0
    assert closing.close_past(now=day_after) == 1


def test_changed_it_waits_for_a_look():
    offer = published(rice(dt.date(2027, 6, 1)))
    assert writing.change(offer=offer, now=LATER, actor=None, quantity=8).status == OfferStatus.WAITING


def test_goods_that_turn_out_to_be_food_wait_for_a_look():
    offer = published(rice(None, is_food=False))
    changed = writing.change(offer=offer, now=LATER, actor=None, is_food=True, best_before=dt.date(2028, 1, 1))
    assert changed.status == OfferStatus.WAITING


def test_what_was_food_in_a_draft_is_none_as_a_room():
    changed = writing.change(offer=rice(None), now=LATER, actor=None, kind=Help.ROOM)
    assert (changed.is_food, changed.quantity) == (False, None)
