"""An offer is written with gaps, handed in whole, looked at, and ends by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import Notification
from organisations.models import Offer, Review
from organisations.models.offer import Help, OfferStatus
from organisations.models.organisation import Approval
from organisations.models.review import ReviewOutcome
from organisations.services import food, offers, words
from organisations.services.roles import NotApproved
from tests.factories import (
    NOW,
    ActivityFactory,
    CooperationFactory,
    MembershipFactory,
    OfferFactory,
    OrganisationFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=5)
TODAY = NOW.date()
RICE = {"is_food": True, "is_unopened": True, "keeps_at_room_temperature": True}


def room(**more):
    fields = {"title": "交流室", "summary": "20人まで。", "people": 20} | more
    return offers.draft(organisation=OrganisationFactory(), kind=Help.ROOM, now=NOW, actor=None, **fields)


def rice(best_before, **more):
    fields = {"title": "お米", "summary": "5kgの袋です。", "quantity": 10, **RICE, "best_before": best_before} | more
    return offers.draft(organisation=OrganisationFactory(), kind=Help.GOODS, now=NOW, actor=None, **fields)


def handed_in(offer):
    return offers.submit(offer=offer, now=NOW, actor=None)


def published(offer, **more):
    return offers.publish(offer=handed_in(offer), now=LATER, actor=UserFactory(), **more)


def test_a_draft_needs_a_name_alone_and_lies_where_its_organisation_is():
    offer = room(summary="", people=None)
    assert (offer.status, offer.town) == (OfferStatus.DRAFT, offer.organisation.town)
    assert offers.missing(offer) == [offers.OfferLack.SUMMARY, offers.OfferLack.PEOPLE]
    with pytest.raises(offers.OfferIncomplete) as refused:
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
    changed = offers.change(offer=offer, now=LATER, actor=None, title="会議室", activities=[])
    assert "会議室" in changed.search_text
    assert words.fold("花だん") not in changed.search_text


def test_a_field_that_nobody_may_set_is_a_mistake_of_the_program():
    with pytest.raises(TypeError):
        room(status=OfferStatus.OPEN)


def test_it_is_published_with_the_look_written_down_and_told():
    offer, desk, actor = room(), SupportDeskFactory(), UserFactory()
    MembershipFactory(organisation=offer.organisation)
    opened = offers.publish(offer=handed_in(offer), now=LATER, actor=actor, by_desk=desk)
    assert (opened.status, opened.published_at) == (OfferStatus.OPEN, LATER)
    review = Review.objects.get()
    assert (review.offer, review.by, review.desk, review.outcome) == (opened, actor, desk, ReviewOutcome.APPROVED)
    assert Notification.objects.get().kind == "offer_published"
    with pytest.raises(offers.WrongOfferStatus):
        offers.publish(offer=opened, now=LATER, actor=actor)


def test_nothing_of_an_organisation_that_waits_is_published():
    offer = room()
    offer.organisation.approval = Approval.WAITING
    offer.organisation.save()
    with pytest.raises(NotApproved):
        published(offer)
    assert not Review.objects.exists()


def test_what_changed_while_it_was_read_is_not_published():
    offer = handed_in(room())
    offers.change(offer=offer, now=LATER, actor=None, summary="30人まで。")
    with pytest.raises(offers.StaleOffer):
        offers.publish(offer=offer, now=LATER, actor=UserFactory(), expected_changed_at=NOW)
    with pytest.raises(offers.StaleOffer):
        offers.change(offer=offer, now=LATER, actor=None, expected_changed_at=NOW, summary="40人まで。")


def test_sent_back_it_is_a_draft_and_the_reason_is_told():
    offer = handed_in(room())
    MembershipFactory(organisation=offer.organisation)
    back = offers.send_back(offer=offer, now=LATER, actor=UserFactory(), reason=" 広さを書いてください。 ")
    assert back.status == OfferStatus.DRAFT
    assert Review.objects.get().reason == "広さを書いてください。"
    assert Notification.objects.get().body.endswith("広さを書いてください。")


def test_what_was_handed_in_can_be_taken_back_and_thrown_away():
    offer = offers.withdraw(offer=handed_in(room()), now=LATER, actor=None)
    offers.discard(offer=offer, now=LATER, actor=None)
    assert not Offer.objects.exists()


def test_what_somebody_asked_for_once_is_not_thrown_away():
    offer = room()
    CooperationFactory(offer=offer)
    with pytest.raises(offers.WrongOfferStatus):
        offers.discard(offer=offer, now=LATER, actor=None)


class TestVehicles:
    @pytest.fixture
    def van(self):
        fields = {"title": "送迎車", "summary": "8人乗り。"}
        drafted = offers.draft(organisation=OrganisationFactory(), kind=Help.VEHICLE, now=NOW, actor=None, **fields)
        return handed_in(drafted)

    def test_law_and_insurance_come_first(self, van):
        coordinator = UserFactory()
        with pytest.raises(offers.VehicleNotChecked):
            offers.publish(offer=van, now=LATER, actor=coordinator)
        checked = offers.check_vehicle(offer=van, now=LATER, actor=coordinator)
        assert (checked.vehicle_checked_at, checked.vehicle_checked_by) == (LATER, coordinator)
        assert offers.publish(offer=van, now=LATER, actor=coordinator).status == OfferStatus.OPEN

    def test_a_change_needs_the_check_anew(self, van):
        offers.check_vehicle(offer=van, now=LATER, actor=UserFactory())
        offers.publish(offer=van, now=LATER, actor=UserFactory())
        changed = offers.change(offer=van, now=LATER, actor=None, conditions="運転する人もつきます")
        assert (changed.status, changed.vehicle_checked_at) == (OfferStatus.WAITING, None)
        with pytest.raises(offers.VehicleNotChecked):
            offers.publish(offer=van, now=LATER, actor=UserFactory())

    def test_only_a_vehicle_is_checked(self):
        with pytest.raises(offers.NotAVehicle):
            offers.check_vehicle(offer=handed_in(room()), now=LATER, actor=UserFactory())


class TestFood:
    def test_two_months_are_left_when_it_is_published(self):
        assert published(rice(dt.date(2027, 5, 1))).status == OfferStatus.OPEN
        with pytest.raises(food.FoodTooOld):
            handed_in(rice(dt.date(2027, 4, 30)))

    def test_it_is_looked_at_again_when_it_is_published(self):
        offer = handed_in(rice(dt.date(2027, 5, 1)))
        with pytest.raises(food.FoodTooOld):
            offers.publish(offer=offer, now=NOW + dt.timedelta(days=1), actor=UserFactory())

    @pytest.mark.parametrize("lacks", ["is_unopened", "keeps_at_room_temperature"])
    def test_it_is_unopened_and_needs_no_fridge(self, lacks):
        with pytest.raises(food.UnsafeFood):
            handed_in(rice(dt.date(2027, 9, 1), **{lacks: False}))

    def test_it_has_a_date(self):
        with pytest.raises(offers.OfferIncomplete):
            handed_in(rice(None))

    def test_a_month_before_its_date_it_is_shown_no_more(self):
        offer = published(rice(dt.date(2027, 5, 1)))
        last_day = dt.datetime(2027, 4, 1, 12, tzinfo=NOW.tzinfo)
        day_after = last_day + dt.timedelta(days=1)
        assert list(offers.to_be_had(now=last_day)) == [offer]
        assert not offers.to_be_had(now=day_after).exists()
        assert offers.close_past(now=last_day) == 0
        assert offers.close_past(now=day_after) == 1

    def test_changed_it_waits_for_a_look(self):
        offer = published(rice(dt.date(2027, 6, 1)))
        assert offers.change(offer=offer, now=LATER, actor=None, quantity=8).status == OfferStatus.WAITING

    def test_goods_that_turn_out_to_be_food_wait_for_a_look(self):
        offer = published(rice(None, is_food=False))
        changed = offers.change(offer=offer, now=LATER, actor=None, is_food=True, best_before=dt.date(2028, 1, 1))
        assert changed.status == OfferStatus.WAITING

    def test_what_was_food_in_a_draft_is_none_as_a_room(self):
        changed = offers.change(offer=rice(None), now=LATER, actor=None, kind=Help.ROOM)
        assert (changed.is_food, changed.quantity) == (False, None)


def test_an_open_offer_says_otherwise_at_once_and_keeps_what_it_needs():
    offer = published(room())
    changed = offers.change(offer=offer, now=LATER, actor=None, conditions="土足はご遠慮ください")
    assert (changed.status, changed.conditions) == (OfferStatus.OPEN, "土足はご遠慮ください")
    with pytest.raises(offers.OfferIncomplete):
        offers.change(offer=offer, now=LATER, actor=None, summary="")
    with pytest.raises(offers.KindIsFixed):
        offers.change(offer=offer, now=LATER, actor=None, kind=Help.VEHICLE)


def test_never_fewer_than_are_promised():
    offer = OfferFactory(kind=Help.GOODS, quantity=10, promised=4)
    with pytest.raises(offers.TooFewForPromises):
        offers.change(offer=offer, now=LATER, actor=None, quantity=3)
    assert offers.change(offer=offer, now=LATER, actor=None, quantity=4).left == 0
    assert not offers.to_be_had(now=LATER).exists()


def test_the_end_is_not_before_the_beginning_nor_past():
    with pytest.raises(offers.BadPeriod):
        room(starts_on=TODAY, ends_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(offers.BadPeriod):
        handed_in(room(ends_on=TODAY - dt.timedelta(days=1)))


def test_after_its_last_day_it_closes_by_itself():
    offer, other = OfferFactory(ends_on=TODAY), OfferFactory()
    assert offers.close_past(now=NOW) == 0
    assert list(offers.to_be_had(now=NOW).order_by("pk")) == [offer, other]
    tomorrow = NOW + dt.timedelta(days=1)
    assert list(offers.to_be_had(now=tomorrow)) == [other]
    assert offers.close_past(now=tomorrow) == 1
    offer.refresh_from_db()
    assert offer.status == OfferStatus.CLOSED


def test_what_nobody_has_looked_at_is_not_closed_and_so_not_shown():
    with pytest.raises(offers.WrongOfferStatus):
        offers.close(offer=handed_in(room()), now=LATER, actor=None)


def test_closed_it_stays_closed():
    offer = offers.close(offer=OfferFactory(), now=LATER, actor=None)
    assert offer.status == OfferStatus.CLOSED
    for act in (offers.close, offers.submit, offers.withdraw, offers.change):
        with pytest.raises(offers.WrongOfferStatus):
            act(offer=offer, now=LATER, actor=None)
