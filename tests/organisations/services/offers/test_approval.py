"""An offer is handed in whole, looked at, and published or sent back."""

from __future__ import annotations

import pytest

from notifications.models import Notification
from organisations.models import Review
from organisations.models.offer import OfferStatus
from organisations.models.organisation import Approval
from organisations.models.review import ReviewOutcome
from organisations.services.offers import approval, held, writing
from organisations.services.roles.approval import NotApproved
from tests.factories import NOW, MembershipFactory, SupportDeskFactory, UserFactory
from tests.organisations.services.offers.given import LATER, handed_in, published, room

pytestmark = pytest.mark.django_db


def test_it_is_published_with_the_look_written_down_and_told():
    offer, desk, actor = room(), SupportDeskFactory(), UserFactory()
    MembershipFactory(organisation=offer.organisation)
    opened = approval.publish(offer=handed_in(offer), now=LATER, actor=actor, by_desk=desk)
    assert (opened.status, opened.published_at) == (OfferStatus.OPEN, LATER)
    review = Review.objects.get()
    assert (review.offer, review.by, review.desk, review.outcome) == (opened, actor, desk, ReviewOutcome.APPROVED)
    assert Notification.objects.get().kind == "offer_published"
    with pytest.raises(held.WrongOfferStatus):
        approval.publish(offer=opened, now=LATER, actor=actor)


def test_nothing_of_an_organisation_that_waits_is_published():
    offer = room()
    offer.organisation.approval = Approval.WAITING
    offer.organisation.save()
    with pytest.raises(NotApproved):
        published(offer)
    assert not Review.objects.exists()


def test_what_changed_while_it_was_read_is_not_published():
    offer = handed_in(room())
    writing.change(offer=offer, now=LATER, actor=None, summary="30人まで。")
    with pytest.raises(held.StaleOffer):
        approval.publish(offer=offer, now=LATER, actor=UserFactory(), expected_changed_at=NOW)
    with pytest.raises(held.StaleOffer):
        writing.change(offer=offer, now=LATER, actor=None, expected_changed_at=NOW, summary="40人まで。")


def test_sent_back_it_is_a_draft_and_the_reason_is_told():
    offer = handed_in(room())
    MembershipFactory(organisation=offer.organisation)
    back = approval.send_back(offer=offer, now=LATER, actor=UserFactory(), reason=" 広さを書いてください。 ")
    assert back.status == OfferStatus.DRAFT
    assert Review.objects.get().reason == "広さを書いてください。"
    assert Notification.objects.get().body.endswith("広さを書いてください。")
