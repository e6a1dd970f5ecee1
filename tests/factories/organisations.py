"""Who asks for help, where, with what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from organisations.models import (
    AccessFeature,
    Activity,
    DeskMembership,
    District,
    Invitation,
    Membership,
    Organisation,
    Qualification,
    Repeat,
    Review,
    Rewording,
    Role,
    RoleActivity,
    Skill,
    Slot,
    SupportDesk,
    Town,
    Venue,
)
from organisations.models.organisation import Approval, Kind
from organisations.models.review import ReviewOutcome
from organisations.models.role import RoleStatus
from organisations.services import search
from tests.factories.accounts import UserFactory
from tests.factories.times import NOW, at


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    code = factory.Sequence(lambda n: f"district-{n}")
    name = factory.Sequence(lambda n: f"見本地区{n}")


class TownFactory(DjangoModelFactory):
    class Meta:
        model = Town

    ward_code = "14112"
    ward = "旭区"
    name = factory.Sequence(lambda n: f"鶴ケ峰{n}丁目")
    kana = factory.Sequence(lambda n: f"つるがみね{n}")
    lat = 35.475
    lng = 139.549


class OrganisationFactory(DjangoModelFactory):
    """Approved."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"花とみどりの会{n}")
    kind = Kind.COMMUNITY
    town = factory.SubFactory(TownFactory)
    approval = Approval.APPROVED
    approved_at = NOW
    created_at = NOW


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    since = NOW


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"集会所{n}")
    town = factory.SubFactory(TownFactory)
    lat = factory.SelfAttribute("town.lat")
    lng = factory.SelfAttribute("town.lng")


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    code = factory.Sequence(lambda n: f"activity-{n}")
    ja = factory.Sequence(lambda n: f"活動{n}")
    en = factory.Sequence(lambda n: f"Activity {n}")
    position = factory.Sequence(lambda n: n % 30_000)


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    code = factory.Sequence(lambda n: f"skill-{n}")
    ja = factory.Sequence(lambda n: f"得意{n}")
    en = factory.Sequence(lambda n: f"Skill {n}")


class QualificationFactory(DjangoModelFactory):
    class Meta:
        model = Qualification

    code = factory.Sequence(lambda n: f"qualification-{n}")
    ja = factory.Sequence(lambda n: f"資格{n}")
    en = factory.Sequence(lambda n: f"Qualification {n}")


class AccessFeatureFactory(DjangoModelFactory):
    class Meta:
        model = AccessFeature

    code = factory.Sequence(lambda n: f"access-{n}")
    ja = factory.Sequence(lambda n: f"段差なし{n}")
    en = factory.Sequence(lambda n: f"Step free {n}")


class RoleFactory(DjangoModelFactory):
    """Open, found by its words, without slots. ``activities=[…]`` sets them, the main one first."""

    class Meta:
        model = Role
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    venue = factory.SubFactory(VenueFactory, organisation=factory.SelfAttribute("..organisation"))
    status = RoleStatus.OPEN
    title = factory.Sequence(lambda n: f"花だんの水やり{n}")
    summary = "駅前の花だんに水をやります。"
    guardian_under = 18
    created_at = NOW
    changed_at = NOW
    published_at = NOW

    @factory.post_generation
    def activities(self: Any, _create: bool, given: list[Activity] | None, **_: Any) -> None:
        for position, activity in enumerate(given or []):
            RoleActivity.objects.create(role=self, activity=activity, position=position)

    @factory.post_generation
    def skills(self: Any, _create: bool, given: list[Skill] | None, **_: Any) -> None:
        self.skills.set(given or [])

    @factory.post_generation
    def qualifications(self: Any, _create: bool, given: list[Qualification] | None, **_: Any) -> None:
        self.qualifications.set(given or [])

    @factory.post_generation
    def access(self: Any, _create: bool, given: list[AccessFeature] | None, **_: Any) -> None:
        self.access.set(given or [])

    @factory.post_generation
    def search_words(self: Any, _create: bool, _given: None, **_: Any) -> None:
        search.index(roles=Role.objects.filter(pk=self.pk))
        self.refresh_from_db(fields=["search_text"])


class SlotFactory(DjangoModelFactory):
    """Saturday, 6 March 2027, from 9 to 11; ``starts_at`` alone keeps the two hours."""

    class Meta:
        model = Slot

    role = factory.SubFactory(RoleFactory)
    starts_at = factory.LazyFunction(lambda: at(5, 9))
    ends_at = factory.LazyAttribute(lambda slot: slot.starts_at + dt.timedelta(hours=2))
    capacity = 3


class SupportDeskFactory(DjangoModelFactory):
    """Looks after the town of its organisation; ``towns=[…]`` sets others."""

    class Meta:
        model = SupportDesk
        skip_postgeneration_save = True

    organisation = factory.SubFactory(
        OrganisationFactory, kind=Kind.SUPPORT, name=factory.Sequence(lambda n: f"見本ケアプラザ{n}")
    )
    source = "見本"
    as_of = NOW.date()

    @factory.post_generation
    def towns(self: Any, _create: bool, given: list[Town] | None, **_: Any) -> None:
        self.towns.set([self.organisation.town] if given is None else given)


class DeskMembershipFactory(DjangoModelFactory):
    """A coordinator."""

    class Meta:
        model = DeskMembership

    user = factory.SubFactory(UserFactory)
    desk = factory.SubFactory(SupportDeskFactory)


class RepeatFactory(DjangoModelFactory):
    """Every Saturday from 6 March 2027, 9 to 11; a bare row without slots."""

    class Meta:
        model = Repeat

    role = factory.SubFactory(RoleFactory)
    rule = "FREQ=WEEKLY"
    first_starts_at = factory.LazyFunction(lambda: at(5, 9))
    first_ends_at = factory.LazyAttribute(lambda repeat: repeat.first_starts_at + dt.timedelta(hours=2))
    capacity = 3
    filled_until = NOW.date()


class InvitationFactory(DjangoModelFactory):
    """Not answered yet."""

    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    created_at = NOW
    expires_at = factory.LazyAttribute(lambda invitation: invitation.created_at + dt.timedelta(days=14))


class ReviewFactory(DjangoModelFactory):
    """A coordinator approved a role (``role=None, organisation=…``: an organisation)."""

    class Meta:
        model = Review

    role = factory.SubFactory(RoleFactory)
    by = factory.SubFactory(UserFactory)
    desk = factory.SubFactory(SupportDeskFactory)
    outcome = ReviewOutcome.APPROVED
    at = NOW


class RewordingFactory(DjangoModelFactory):
    """Its public role says something else than when it was found good; nobody has read it yet."""

    class Meta:
        model = Rewording

    role = factory.SubFactory(RoleFactory)
    before = factory.LazyFunction(lambda: {"summary": "花に水をやります。"})
    after = factory.LazyFunction(lambda: {"summary": "花がらを摘みます。"})
    at = NOW
