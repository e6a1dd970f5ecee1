"""Every page of the repair desk opens, for staff only, and needs few queries however many rows there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from knox.models import AuthToken

from accounts.models import AuditEntry, Consent, User
from matching.models import Feedback, RolePrice, RoleReport, Run, Shard, Suggestion, WeightSet
from notifications.models import Channel, ContactPoint, Notification, Preference
from organisations.models import (
    AccessFeature,
    Activity,
    DeskMembership,
    District,
    Membership,
    Organisation,
    Qualification,
    Rewording,
    Role,
    Skill,
    Slot,
    SupportDesk,
    Town,
    Venue,
)
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    ApplicationFactory,
    ConsentFactory,
    DeskMembershipFactory,
    DistrictFactory,
    HeldQualificationFactory,
    MembershipFactory,
    OrganisationFactory,
    PlacementFactory,
    QualificationFactory,
    RewordingFactory,
    RoleFactory,
    SkillFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    VolunteerFactory,
)
from volunteers.models import Application, AvailabilityException, HeldQualification, Placement, Volunteer

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20


def audit_entry() -> AuditEntry:
    return AuditEntry.objects.create(actor=None, action="x.y", target="a.b", target_id="1", at=NOW)


def notification() -> Notification:
    user = UserFactory()
    return Notification.objects.create(
        user=user,
        channel=Channel.EMAIL,
        kind="x",
        dedupe_key=str(user.pk),
        title="題",
        body="文",
        created_at=NOW,
        due_at=NOW,
    )


def email_address() -> EmailAddress:
    user = UserFactory()
    return EmailAddress.objects.create(user=user, email=user.email)


def run() -> Run:
    made = Run.objects.create(status="running", as_of=NOW, requested_at=NOW)
    Shard.objects.create(run=made, number=0, first_volunteer=1, last_volunteer=2)
    return made


def weight_set() -> WeightSet:
    return WeightSet.objects.create(
        values={}, made_at=NOW, answers=1, people=1, loss_before=0.7, loss_after=0.6, is_better=True
    )


def suggestion() -> Suggestion:
    slot = SlotFactory()
    made = Suggestion.objects.create(
        volunteer=VolunteerFactory(), role=slot.role, slot=slot, rank=1, score=0.5, km=1.23456, planned_at=NOW
    )
    Feedback.objects.create(suggestion=made, answer="accept", answered_at=NOW)
    return made


ROWS: dict[type[Any], Callable[[], Any]] = {
    AccessFeature: AccessFeatureFactory,
    Activity: lambda: ActivityFactory(parent=ActivityFactory()),
    Application: ApplicationFactory,
    AuditEntry: audit_entry,
    AuthToken: lambda: AuthToken.objects.create(user=UserFactory())[0],
    AvailabilityException: lambda: AvailabilityException.objects.create(volunteer=VolunteerFactory(), on=NOW, free=7),
    Consent: ConsentFactory,
    ContactPoint: lambda: ContactPoint.objects.create(user=UserFactory(), channel=Channel.CALL_LIST, address="045"),
    District: DistrictFactory,
    DeskMembership: DeskMembershipFactory,
    EmailAddress: lambda: EmailAddress.objects.create(
        user=UserFactory(), email=f"{User.objects.count()}@yaritai.example"
    ),
    Group: lambda: Group.objects.create(name=str(Group.objects.count())),
    HeldQualification: HeldQualificationFactory,
    Membership: MembershipFactory,
    Notification: notification,
    Organisation: lambda: MembershipFactory().organisation,
    Placement: PlacementFactory,
    Preference: lambda: Preference.objects.create(user=UserFactory()),
    Qualification: QualificationFactory,
    Rewording: RewordingFactory,
    Role: lambda: SlotFactory(role=RoleFactory(activities=[ActivityFactory()])).role,
    RoleReport: lambda: RoleReport.objects.create(run=run(), role=RoleFactory(), could_come=1, listed=1),
    Run: run,
    Skill: SkillFactory,
    Slot: SlotFactory,
    Suggestion: suggestion,
    SupportDesk: lambda: DeskMembershipFactory().desk,
    Town: lambda: TownFactory(district=DistrictFactory()),
    User: lambda: ConsentFactory().user,
    Venue: VenueFactory,
    Volunteer: lambda: HeldQualificationFactory().volunteer,
    WeightSet: weight_set,
}
EVERY = pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)


@pytest.fixture
def staff(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(model: type[Any], page: str, *ids: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=ids)


def test_every_registered_model_is_tried_here():
    assert set(admin.site._registry) == set(ROWS)


@EVERY
def test_the_list_opens_with_few_queries(model, staff, django_assert_max_num_queries):
    rows = [ROWS[model]() for _n in range(6)]
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = staff.get(address(model, "changelist"))
    assert answer.status_code == 200
    assert len(answer.context["cl"].result_list) >= len(rows)


@EVERY
def test_the_list_can_be_searched(model, staff):
    ROWS[model]()
    answer = staff.get(address(model, "changelist"), {"q": "花"})
    assert answer.status_code == 200


@EVERY
def test_the_page_of_a_row_opens(model, staff, django_assert_max_num_queries):
    row = ROWS[model]()
    with django_assert_max_num_queries(2 * MOST_QUERIES):
        assert staff.get(address(model, "change", row.pk)).status_code == 200


@EVERY
def test_a_new_row_can_be_begun_where_that_is_right(model, staff):
    is_only_to_look_at = not admin.site._registry[model].has_add_permission(
        staff.get(reverse("admin:index")).wsgi_request
    )
    assert staff.get(address(model, "add")).status_code == (404 if is_only_to_look_at else 200)


@EVERY
def test_nobody_else_gets_in(model, client):
    row = ROWS[model]()
    for page in (address(model, "changelist"), address(model, "add"), address(model, "change", row.pk)):
        assert client.get(page).status_code == 302
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    for page in (address(model, "changelist"), address(model, "add"), address(model, "change", row.pk)):
        assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    "model",
    [AuditEntry, Consent, Notification, Placement, Application, Run, Suggestion, WeightSet],
    ids=lambda model: model.__name__,
)
def test_what_only_services_write_cannot_be_edited(model, staff):
    row = ROWS[model]()
    assert staff.post(address(model, "change", row.pk), {"note": "x"}).status_code == 404
    assert staff.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 404


def test_the_distance_between_a_person_and_a_place_is_not_shown(staff):
    row = suggestion()
    for page in (address(Suggestion, "changelist"), address(Suggestion, "change", row.pk)):
        assert "1.23" not in staff.get(page).content.decode()


def test_a_run_shows_how_it_shared_people_out(staff):
    made, role = run(), RoleFactory(title="花だんの水やり")
    made.trace = {"rounds": {"below": [7, 2]}, "before": {"served": 0.5}, "after": {"served": 0.75}}
    made.save()
    RolePrice.objects.create(run=made, role=role, price=0.0625, need=3, expected=1.5, shown=4, given=2)
    RoleReport.objects.create(run=made, role=role, could_come=0, listed=0, shut_out_only_by={"time": 9})
    page = staff.get(address(Run, "change", made.pk)).content.decode()
    for said in ("下限にとどかない募集の数", "0.750", "0.063", "花だんの水やり", "時間", "0/1"):
        assert said in page


def test_the_desk_speaks_japanese(staff):
    assert "参加決定" in staff.get(reverse("admin:index")).content.decode()


def test_a_support_desk_without_towns_can_be_seen(staff):
    desk = SupportDeskFactory(towns=[])
    assert staff.get(address(SupportDesk, "change", desk.pk)).status_code == 200
    assert staff.get(address(Organisation, "change", OrganisationFactory().pk)).status_code == 200
