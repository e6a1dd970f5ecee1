"""Who helps, and what they did."""

from __future__ import annotations

import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from accounts.models.consent import ConsentKind
from organisations.spreadsheets import read
from tests.factories.accounts import ConsentFactory, UserFactory
from tests.factories.contributing import NeedFactory
from tests.factories.organisations import QualificationFactory, SlotFactory, SupportDeskFactory, TownFactory
from tests.factories.times import NOW
from volunteers.models import (
    Application,
    Attendance,
    Availability,
    GuardianRequest,
    HeldQualification,
    Placement,
    Pledge,
    Thanks,
    Upload,
    Volunteer,
    Waiting,
)
from volunteers.models.availability import ALL_DAY
from volunteers.models.upload import UploadKind


class AvailabilityFactory(DjangoModelFactory):
    """Free all week."""

    class Meta:
        model = Availability

    volunteer = factory.SubFactory("tests.factories.volunteers.VolunteerFactory", availability=None)
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

    public_id = factory.LazyFunction(uuid.uuid4)
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


class AttendanceFactory(DjangoModelFactory):
    """Came for two hours."""

    class Meta:
        model = Attendance

    placement = factory.SubFactory(PlacementFactory)
    came = True
    minutes = 120
    recorded_at = NOW


class WaitingFactory(DjangoModelFactory):
    """In the queue, with nothing offered yet."""

    class Meta:
        model = Waiting

    volunteer = factory.SubFactory(VolunteerFactory)
    slot = factory.SubFactory(SlotFactory)
    since = NOW


class PledgeFactory(DjangoModelFactory):
    class Meta:
        model = Pledge

    volunteer = factory.SubFactory(VolunteerFactory)
    need = factory.SubFactory(NeedFactory)
    pledged_at = NOW


class ThanksFactory(DjangoModelFactory):
    class Meta:
        model = Thanks

    placement = factory.SubFactory(PlacementFactory)
    text = "ありがとうございました。花が元気になりました。"
    by = factory.SubFactory(UserFactory)
    at = NOW


class GuardianRequestFactory(DjangoModelFactory):
    """A junior's guardian was asked and has not answered yet."""

    class Meta:
        model = GuardianRequest

    volunteer = factory.SubFactory(JuniorFactory, guardian=None)
    guardian = factory.SubFactory(UserFactory)
    relation = "母"
    asked_at = NOW


class UploadFactory(DjangoModelFactory):
    class Meta:
        model = Upload

    kind = UploadKind.VOLUNTEERS
    name = "名簿.csv"
    content = read.packed(read.Table((read.Row(2, {"呼び名": "花子", "生年月日": "1960-01-02", "町": "どこか"}),)))
    by = factory.SubFactory(UserFactory)
    desk = factory.SubFactory(SupportDeskFactory)
    at = NOW
