"""Worries, needs, offers and what comes of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from organisations.models import (
    Booking,
    BroughtEvent,
    CasePhoto,
    CaseStudy,
    Cooperation,
    FeedItem,
    Hold,
    HostingRequest,
    Initiative,
    Need,
    NoticeFollow,
    Offer,
    Referral,
    SupportNotice,
    Team,
    Worry,
)
from organisations.models.cooperation import CooperationStatus, ProposedBy
from organisations.models.feed_item import FeedKind
from organisations.models.need import NeedStatus
from organisations.models.offer import Help, OfferStatus
from organisations.models.organisation import Kind
from organisations.services.worries import sealing
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory, RoleFactory, SlotFactory, SupportDeskFactory, TownFactory
from tests.factories.times import NOW, at


class WorryFactory(DjangoModelFactory):
    """Just arrived; ``words``, ``name``, ``reach`` and ``contact`` go under the seal."""

    class Meta:
        model = Worry
        exclude = ("words", "name", "reach", "contact")

    words: Any = "庭の草が伸びて、となりに申しわけない。"
    name: Any = ""
    reach: Any = "phone"
    contact: Any = "045-000-0000"

    receipt = factory.Sequence(lambda n: f"AAAA-{n:04d}")
    town = factory.SubFactory(TownFactory)
    sealed = factory.LazyAttribute(
        lambda row: sealing.seal({"words": row.words, "name": row.name, "reach": row.reach, "contact": row.contact})
    )
    consent_text = "書いたことは、地域の相談員だけが読みます。"
    consented_at = NOW
    arrived_at = NOW
    answer_by = NOW + dt.timedelta(days=2)


class ReferralFactory(DjangoModelFactory):
    class Meta:
        model = Referral

    worry = factory.SubFactory(WorryFactory)
    desk = factory.SubFactory(SupportDeskFactory)
    at = NOW


class NeedFactory(DjangoModelFactory):
    """Open, of a town, without a role."""

    class Meta:
        model = Need
        skip_postgeneration_save = True

    desk = factory.SubFactory(SupportDeskFactory)
    town = factory.SubFactory(TownFactory)
    status = NeedStatus.OPEN
    title = factory.Sequence(lambda n: f"庭の草取りを手伝ってくれる方{n}")
    summary = "庭の草が伸びて困っている方がいます。いっしょに抜いてくれる方をさがしています。"
    helps = factory.LazyFunction(lambda: [Help.PEOPLE])
    wanted_until = (NOW + dt.timedelta(days=60)).date()
    created_at = NOW
    changed_at = NOW
    published_at = NOW

    @factory.post_generation
    def activities(self, create: bool, given: Any, **_kwargs: Any) -> None:
        if create and given:
            self.activities.set(given)


class HostingRequestFactory(DjangoModelFactory):
    class Meta:
        model = HostingRequest

    need = factory.SubFactory(NeedFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    asked_at = NOW


class OfferFactory(DjangoModelFactory):
    """An open room of a company."""

    class Meta:
        model = Offer
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory, kind=Kind.COMPANY)
    kind = Help.ROOM
    status = OfferStatus.OPEN
    title = factory.Sequence(lambda n: f"交流室を土曜に使えます{n}")
    summary = "20人まで。机といすがあります。"
    town = factory.SelfAttribute("organisation.town")
    people = 20
    created_at = NOW
    changed_at = NOW
    published_at = NOW

    @factory.post_generation
    def activities(self, create: bool, given: Any, **_kwargs: Any) -> None:
        if create and given:
            self.activities.set(given)


class CooperationFactory(DjangoModelFactory):
    """Proposed by the host, answered by nobody."""

    class Meta:
        model = Cooperation

    offer = factory.SubFactory(OfferFactory)
    host = factory.SubFactory(OrganisationFactory)
    status = CooperationStatus.PROPOSED
    proposed_by = ProposedBy.HOST
    purpose = "月に1回の茶話会"
    proposed_at = NOW


class BookingFactory(DjangoModelFactory):
    """A room on a morning."""

    class Meta:
        model = Booking

    cooperation = factory.SubFactory(CooperationFactory)
    offer = factory.SelfAttribute("cooperation.offer")
    busy = (at(5, 9), at(5, 12))
    is_exclusive = True
    booked_at = NOW


class CaseStudyFactory(DjangoModelFactory):
    """A draft."""

    class Meta:
        model = CaseStudy

    cooperation = factory.SubFactory(
        CooperationFactory,
        status=CooperationStatus.DONE,
        offer_agreed_at=NOW,
        host_agreed_at=NOW,
        desk_agreed_at=NOW,
        agreed_at=NOW,
        done_at=NOW,
    )
    title = factory.Sequence(lambda n: f"休みの日の食堂が茶話会に{n}")
    before = "集まる場所がありませんでした。"
    who = "食堂と自治会"
    what = "定休日に場所を開けました。"
    result = "毎月15人が集まっています。"
    changed_at = NOW


class CasePhotoFactory(DjangoModelFactory):
    class Meta:
        model = CasePhoto

    case_study = factory.SubFactory(CaseStudyFactory)
    jpeg = b"jpeg"
    width = 800
    height = 600
    description = "机を囲む人たち"
    consent_text = "写っている人みんなに、のせてよいと聞きました。"
    consented_at = NOW


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    organisation = factory.SubFactory(OrganisationFactory, kind=Kind.COMPANY)
    name = factory.Sequence(lambda n: f"総務部の10人{n}")
    size = 10
    code = factory.Sequence(lambda n: f"ASA-{n:05d}")
    created_at = NOW


class HoldFactory(DjangoModelFactory):
    """Two of the slot's three places; the slot itself is not told."""

    class Meta:
        model = Hold

    team = factory.SubFactory(TeamFactory)
    slot = factory.SubFactory(SlotFactory)
    asked = 2
    places = 2
    held_at = NOW
    held_until = at(3, 17)


class InitiativeFactory(DjangoModelFactory):
    class Meta:
        model = Initiative

    user = factory.SubFactory(UserFactory)
    town = factory.SubFactory(TownFactory)
    title = factory.Sequence(lambda n: f"公園で朝の体操をはじめたい{n}")
    created_at = NOW
    answer_by = NOW + dt.timedelta(days=2)


class SupportNoticeFactory(DjangoModelFactory):
    class Meta:
        model = SupportNotice

    desk = factory.SubFactory(SupportDeskFactory)
    title = factory.Sequence(lambda n: f"はじめての活動への助成{n}")
    who = "5人以上の団体"
    what = "はじめの年の道具代"
    deadline = (NOW + dt.timedelta(days=30)).date()
    source = "見本"
    entered_on = NOW.date()


class NoticeFollowFactory(DjangoModelFactory):
    class Meta:
        model = NoticeFollow

    notice = factory.SubFactory(SupportNoticeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    since = NOW


class FeedItemFactory(DjangoModelFactory):
    class Meta:
        model = FeedItem

    kind = FeedKind.SLOT
    ref = factory.Sequence(int)
    modified = factory.Sequence(int)
    digest = "0" * 64
    changed_at = NOW


class BroughtEventFactory(DjangoModelFactory):
    class Meta:
        model = BroughtEvent

    role = factory.SubFactory(RoleFactory)
    organisation = factory.SelfAttribute("role.organisation")
    uid = factory.Sequence(lambda n: f"event-{n}@city.example")
    digest = "0" * 64
    brought_at = NOW
