"""Worries, needs, offers and what comes of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from organisations.models import (
    CaseStudy,
    Cooperation,
    HostingRequest,
    Initiative,
    Need,
    Offer,
    SupportNotice,
    Team,
)
from organisations.models.cooperation import CooperationStatus, ProposedBy
from organisations.models.need import NeedStatus
from organisations.models.offer import Help, OfferStatus
from organisations.models.organisation import Kind
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory, SupportDeskFactory, TownFactory
from tests.factories.times import NOW


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


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    organisation = factory.SubFactory(OrganisationFactory, kind=Kind.COMPANY)
    name = factory.Sequence(lambda n: f"総務部の10人{n}")
    size = 10
    code = factory.Sequence(lambda n: f"ASA-{n:05d}")
    created_at = NOW


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
