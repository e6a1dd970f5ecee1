"""An offer is written with gaps, and later on says otherwise."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models.offer import Help, OfferStatus
from organisations.services import words
from organisations.services.offers import available, complete, writing
from tests.factories import ActivityFactory, OfferFactory, TownFactory
from tests.organisations.services.offers.given import LATER, TODAY, handed_in, published, room

pytestmark = pytest.mark.django_db


def test_a_draft_needs_a_name_alone_and_lies_where_its_organisation_is():
    offer = room(summary="", people=None)
    assert (offer.status, offer.town) == (OfferStatus.DRAFT, offer.organisation.town)
    assert complete.missing(offer) == [complete.OfferLack.SUMMARY, complete.OfferLack.PEOPLE]
    with pytest.raises(complete.OfferIncomplete) as refused:
        handed_in(offer)
    assert "くわしい説明" in str(refused.value)
    with pytest.raises(words.TextMissing):
        room(title=" ")


def test_what_a_person_typed_is_found_again():
    garden = ActivityFactory(ja="園芸", synonyms=["花だん"])
    offer = room(town=TownFactory(name="鶴ケ峰本町"), activities=[garden])
    assert list(offer.activities.all()) == [garden]
    for word in ("交流室", "場所", "花だん", "鶴ケ峰本町"):
        assert words.fold(word) in offer.search_text
    changed = writing.change(offer=offer, now=LATER, actor=None, title="会議室", activities=[])
    assert "会議室" in changed.search_text
    assert words.fold("花だん") not in changed.search_text


def test_a_field_that_nobody_may_set_is_a_mistake_of_the_program():
    with pytest.raises(TypeError):
        room(status=OfferStatus.OPEN)


def test_an_open_offer_says_otherwise_at_once_and_keeps_what_it_needs():
    offer = published(room())
    changed = writing.change(offer=offer, now=LATER, actor=None, conditions="土足はご遠慮ください")
    assert (changed.status, changed.conditions) == (OfferStatus.OPEN, "土足はご遠慮ください")
    with pytest.raises(complete.OfferIncomplete):
        writing.change(offer=offer, now=LATER, actor=None, summary="")
    with pytest.raises(writing.KindIsFixed):
        writing.change(offer=offer, now=LATER, actor=None, kind=Help.VEHICLE)


def test_never_fewer_than_are_promised():
    offer = OfferFactory(kind=Help.GOODS, quantity=10, promised=4)
    with pytest.raises(writing.TooFewForPromises):
        writing.change(offer=offer, now=LATER, actor=None, quantity=3)
    assert writing.change(offer=offer, now=LATER, actor=None, quantity=4).left == 0
    assert not available.to_be_had(now=LATER).exists()


def test_the_end_is_not_before_the_beginning_nor_past():
    with pytest.raises(complete.BadPeriod):
        room(starts_on=TODAY, ends_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(complete.BadPeriod):
        handed_in(room(ends_on=TODAY - dt.timedelta(days=1)))
