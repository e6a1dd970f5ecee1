"""The steps of the repair desk go through the services: what these refuse is said, nothing breaks."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import AuditEntry, User
from notifications.models import Notification
from organisations.models import Organisation, Role, Slot
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    ActivityFactory,
    ApplicationFactory,
    HeldQualificationFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    UserFactory,
    VolunteerFactory,
)
from volunteers.models import HeldQualification
from volunteers.services.people import availability
from volunteers.services.taking_part import joining
from web.week import hours

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def soon():
    """The desk reads the clock: slots here lie in the coming days of the real calendar."""
    tomorrow = timezone.localdate(timezone.now()) + dt.timedelta(days=2)
    return dt.datetime.combine(tomorrow, dt.time(9), timezone.get_default_timezone())


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True), backend=BACKEND)
    return client


def step(client, model, action, *rows):
    page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    answer = client.post(page, {"action": action, "_selected_action": [row.pk for row in rows]})
    assert answer.status_code == 302
    return [str(message) for message in answer.wsgi_request._messages]


def test_approving_says_how_many_and_why_not(staff):
    waiting, approved = OrganisationFactory(approval=Approval.WAITING, approved_at=None), OrganisationFactory()
    told = step(staff, Organisation, "approve", waiting, approved)
    waiting.refresh_from_db()
    assert waiting.is_approved
    assert any("1件" in text for text in told)
    assert any(approved.name in text for text in told)
    assert AuditEntry.objects.get(action="organisation.approved").actor == User.objects.get(is_staff=True)
    assert waiting.reviews.get().by == User.objects.get(is_staff=True)
    step(staff, Organisation, "suspend", waiting)
    step(staff, Organisation, "send_back", waiting)
    waiting.refresh_from_db()
    assert waiting.approval == Approval.SENT_BACK


def test_a_role_is_published_sent_back_and_closed(staff, soon):
    role = SlotFactory(starts_at=soon, role__status=RoleStatus.WAITING).role
    for action, status in [("publish", RoleStatus.OPEN), ("close", RoleStatus.CLOSED)]:
        step(staff, Role, action, role)
        role.refresh_from_db()
        assert role.status == status
    told = step(staff, Role, "publish", role)
    assert "いまの状態では" in told[-1]
    waiting = RoleFactory(status=RoleStatus.WAITING)
    step(staff, Role, "send_back", waiting)
    waiting.refresh_from_db()
    assert waiting.status == RoleStatus.DRAFT


def test_the_repair_desk_needs_two_people_as_well(client, staff, soon):
    role = SlotFactory(starts_at=soon, role__status=RoleStatus.WAITING, role__is_with_children=True).role
    Role.objects.update(created_at=timezone.now(), changed_at=timezone.now())
    assert "もうひとり" in step(staff, Role, "publish", role)[-1]
    assert any("あなたがもう確かめました" in text for text in step(staff, Role, "publish", role))
    role.refresh_from_db()
    assert role.status == RoleStatus.WAITING
    client.force_login(UserFactory(is_staff=True, is_superuser=True), backend=BACKEND)
    step(client, Role, "publish", role)
    role.refresh_from_db()
    assert role.status == RoleStatus.OPEN


def test_calling_off_tells_those_who_come(staff, soon):
    slot, other = SlotFactory(starts_at=soon), SlotFactory(starts_at=soon + dt.timedelta(hours=3))
    volunteer = VolunteerFactory()
    for one in (slot, other):
        joining.join(volunteer=volunteer, slot=one, now=timezone.now(), actor=None)
    step(staff, Slot, "call_off", slot)
    step(staff, Role, "call_off", other.role)
    assert Notification.objects.filter(user=volunteer.user, kind="slot_cancelled").count() == 2
    other.role.refresh_from_db()
    assert other.role.status == RoleStatus.CANCELLED


def test_the_words_to_search_by_are_written_anew(staff):
    role = RoleFactory()
    Role.objects.update(search_text="")
    step(staff, Role, "index", role)
    role.refresh_from_db()
    assert role.title in role.search_text


def test_an_application_is_released_and_withdrawn(staff):
    application = ApplicationFactory()
    step(staff, type(application), "release", application)
    application.refresh_from_db()
    assert application.released_at is not None
    step(staff, type(application), "withdraw", application)
    assert step(staff, type(application), "release", application)
    application.refresh_from_db()
    assert application.status == "withdrawn"


def test_a_placement_is_called_off_for_somebody(staff, soon):
    slot = SlotFactory(starts_at=soon)
    placement = joining.join(volunteer=VolunteerFactory(), slot=slot, now=timezone.now(), actor=None)
    step(staff, type(placement), "call_off", placement)
    slot.refresh_from_db()
    assert slot.taken == 0


def test_a_qualification_is_confirmed(staff):
    held = HeldQualificationFactory()
    step(staff, HeldQualification, "confirm", held)
    held.refresh_from_db()
    assert held.confirmed_by == User.objects.get(is_staff=True)


def slot_form(slot, **more):
    times = {}
    for name in ("starts_at", "ends_at"):
        local = timezone.localtime(getattr(slot, name))
        times |= {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}
    return {"role": slot.role.pk, **times, "minutes": "", "capacity": slot.capacity, **more}


def test_a_slot_is_added_through_the_service(staff, soon):
    slot = SlotFactory.build(role=RoleFactory(), starts_at=soon)
    assert staff.post(reverse("admin:organisations_slot_add"), slot_form(slot)).status_code == 302
    assert Slot.objects.get().starts_at == soon
    assert AuditEntry.objects.filter(action="slot.add").exists()


def test_what_the_service_would_refuse_is_said_beside_the_form(staff, soon):
    slot = SlotFactory.build(role=RoleFactory(), starts_at=soon - dt.timedelta(days=9))
    answer = staff.post(reverse("admin:organisations_slot_add"), slot_form(slot))
    assert answer.status_code == 200
    assert "もう過ぎた日時です" in answer.content.decode()
    assert not Slot.objects.exists()


def test_taken_places_cannot_be_edited_and_capacity_not_below_them(staff, soon):
    slot = SlotFactory(starts_at=soon, taken=2)
    page = reverse("admin:organisations_slot_change", args=[slot.pk])
    assert staff.post(page, {"capacity": 1}).status_code == 200
    assert staff.post(page, {"capacity": 5, "taken": 0, "starts_at_0": "2020-01-01"}).status_code == 302
    slot.refresh_from_db()
    assert (slot.capacity, slot.taken, slot.starts_at) == (5, 2, soon)


@pytest.mark.parametrize("status", [RoleStatus.DRAFT, RoleStatus.OPEN])
def test_editing_a_role_keeps_it_findable_and_what_was_reviewing_as_it_is(staff, status):
    role = RoleFactory(activities=[ActivityFactory(ja="園芸")], status=status, title="池のそうじ")
    place = {
        "organisation": role.venue.organisation_id,
        "name": "よその会場",
        "town": role.venue.town_id,
        "lat": 35.5,
        "lng": 139.5,
        "found_by": "pin",
    }
    staff.post(reverse("admin:organisations_venue_change", args=[role.venue_id]), place)
    part = role.role_activities.get()
    form = {
        "organisation": role.organisation_id, "venue": role.venue_id, "title": "落ち葉そうじ", "summary": "はきます。",
        "min_age": 0, "guardian_under": 18, "effort": 2, "insurance": "unknown",
        "role_activities-TOTAL_FORMS": 1, "role_activities-INITIAL_FORMS": 1,
        "role_activities-0-id": part.pk, "role_activities-0-role": role.pk,
        "role_activities-0-activity": part.activity_id, "role_activities-0-position": 0,
        "slots-TOTAL_FORMS": 0, "slots-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = staff.post(reverse("admin:organisations_role_change", args=[role.pk]), form)
    assert answer.status_code == 302, answer.context["errors"]
    kept = Role.objects.select_related("venue").get()
    assert ("落ち葉そうじ" in kept.search_text) == (kept.venue.name == "よその会場") == (status == RoleStatus.DRAFT)
    assert ("池のそうじ" in kept.search_text) == (kept.venue.lat == role.venue.lat) == (status == RoleStatus.OPEN)
    assert ("園芸" in kept.search_text, kept.status) == (True, status)


def test_staff_without_the_right_see_no_step(client):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_application"))
    client.force_login(user, backend=BACKEND)
    application = ApplicationFactory()
    form = {"action": "release", "_selected_action": [application.pk]}
    client.post(reverse("admin:volunteers_application_changelist"), form)
    application.refresh_from_db()
    assert application.released_at is None


def test_staff_cannot_make_themselves_superusers_nor_change_one(client):
    user, above = UserFactory(is_staff=True), UserFactory(is_staff=True, is_superuser=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=["view_user", "change_user"]))
    client.force_login(user, backend=BACKEND)
    inline = {"consents-TOTAL_FORMS": 0, "consents-INITIAL_FORMS": 0}
    own = {
        "email": user.email,
        "name": "ひと",
        "language": "ja",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
    }
    page = reverse("admin:accounts_user_change", args=[user.pk])
    assert client.post(page, {**own, **inline}).status_code == 302
    user.refresh_from_db()
    assert user.name == "ひと"
    assert not user.is_superuser
    page = reverse("admin:accounts_user_change", args=[above.pk])
    assert client.post(page, {**own, **inline, "email": "mine@yaritai.example"}).status_code == 404


def test_a_new_person_signs_in_by_a_code(staff):
    form = {"email": "NEW@Yaritai.example", "name": "新しい人", "language": "ja", "is_active": "on"}
    form |= {"consents-TOTAL_FORMS": 0, "consents-INITIAL_FORMS": 0}
    assert staff.post(reverse("admin:accounts_user_add"), form).status_code == 302
    user = User.objects.get(email="new@yaritai.example")
    assert not user.has_usable_password()


def test_staff_sign_in_where_everybody_does(client):
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_free_hours_are_listed_as_the_language_lists_things():
    mask = availability.bits(9 * 60, 12 * 60) | availability.bits(18 * 60, 21 * 60)
    assert hours(mask) == "9:00〜12:00、18:00〜21:00"
    assert hours(0) == "-"
    with override("en"):
        assert hours(mask) == "9:00 to 12:00, 18:00 to 21:00"
