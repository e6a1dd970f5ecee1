"""Rows to test with. Times are relative to ``NOW``, a Monday morning in Yokohama."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind
from organisations.models import (
    AccessFeature,
    Activity,
    DeskMembership,
    Membership,
    Organisation,
    Qualification,
    Role,
    RoleActivity,
    Skill,
    Slot,
    SupportDesk,
    Town,
    Venue,
)
from organisations.models.organisation import Approval, Kind
from organisations.models.role import RoleStatus
from organisations.services import search
from volunteers.models import Application, Availability, HeldQualification, Placement, Volunteer
from volunteers.models.availability import ALL_DAY

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = dt.datetime(2027, 3, 1, 10, tzinfo=TOKYO)


def at(days: int, hour: int, minute: int = 0) -> dt.datetime:
    """The time of day, *days* after ``NOW``'s date, in Japan."""
    return dt.datetime.combine(NOW.date() + dt.timedelta(days=days), dt.time(hour, minute), TOKYO)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@yaritai.example")
    name = factory.Sequence(lambda n: f"ひと{n}")
    language = "ja"
    joined_at = NOW


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


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    user = factory.SubFactory(UserFactory)
    kind = ConsentKind.CONTACT
    text = "おすすめの活動のお知らせを受け取ります。"
    given_at = NOW
    guardian_name = factory.LazyAttribute(lambda c: "花子" if c.kind == ConsentKind.GUARDIAN else "")


class AvailabilityFactory(DjangoModelFactory):
    """Free all week."""

    class Meta:
        model = Availability

    volunteer = factory.SubFactory("tests.factories.VolunteerFactory", availability=None)
    weekly = factory.LazyFunction(lambda: [ALL_DAY] * 7)


class VolunteerFactory(DjangoModelFactory):
    """Adult, free all week, agreed to be contacted (``contact=None``: did not)."""

    class Meta:
        model = Volunteer
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    born_on = dt.date(1985, 5, 5)
    town = factory.SubFactory(TownFactory)
    travel_limit_km = 2.0
    created_at = NOW
    changed_at = NOW
    availability = factory.RelatedFactory(AvailabilityFactory, "volunteer")
    contact = factory.RelatedFactory(ConsentFactory, user=factory.SelfAttribute("..user"))


class JuniorFactory(VolunteerFactory):
    """Fourteen years old, with a guardian's consent (``guardian=None``: without)."""

    born_on = dt.date(2013, 1, 15)
    guardian = factory.RelatedFactory(ConsentFactory, user=factory.SelfAttribute("..user"), kind=ConsentKind.GUARDIAN)


class HeldQualificationFactory(DjangoModelFactory):
    class Meta:
        model = HeldQualification

    volunteer = factory.SubFactory(VolunteerFactory)
    qualification = factory.SubFactory(QualificationFactory)


class ApplicationFactory(DjangoModelFactory):
    class Meta:
        model = Application

    volunteer = factory.SubFactory(VolunteerFactory)
    slot = factory.SubFactory(SlotFactory)
    asked_at = NOW


class PlacementFactory(DjangoModelFactory):
    """A bare row: the slot's ``taken`` stays as it was. To take a place for real, call ``joining.join``."""

    class Meta:
        model = Placement

    volunteer = factory.SubFactory(VolunteerFactory)
    slot = factory.SubFactory(SlotFactory)
    agreed_at = NOW
