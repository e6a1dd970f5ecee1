"""The schema keeps its promises: each constraint refuses a bad row, whoever writes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError

from organisations.models import Activity, Membership, Role, Slot
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ActivityFactory,
    DeskMembershipFactory,
    InvitationFactory,
    MembershipFactory,
    OfferFactory,
    OrganisationFactory,
    RepeatFactory,
    ReviewFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
    VenueFactory,
    at,
)
from tests.organisations.models import contributing
from tests.organisations.models.contributing import twice

pytestmark = pytest.mark.django_db


def loop() -> None:
    activity = ActivityFactory()
    Activity.objects.filter(pk=activity.pk).update(parent=activity)


def same_activity_twice() -> None:
    activity = ActivityFactory()
    RoleFactory(activities=[activity, activity])


def role(**values: Any) -> None:
    made = RoleFactory()
    Role.objects.filter(pk=made.pk).update(**values)


def slot(**values: Any) -> None:
    made = SlotFactory()
    Slot.objects.filter(pk=made.pk).update(**values)


BAD_ROWS = [
    ("organisation_approved_when", lambda: OrganisationFactory(approval=Approval.APPROVED, approved_at=None)),
    ("membership_once", lambda: twice(MembershipFactory, "user", "organisation")),
    ("desk_membership_once", lambda: twice(DeskMembershipFactory, "user", "desk")),
    ("town_once_per_ward", lambda: twice(TownFactory, "ward_code", "name")),
    ("town_is_in_japan", lambda: TownFactory(lat=51.5, lng=139.5)),
    ("town_is_in_japan", lambda: TownFactory(lat=139.5, lng=35.4)),
    ("town_is_in_japan", lambda: TownFactory(lat=35.4, lng=None)),
    ("town_is_in_japan", lambda: TownFactory(lat=None, lng=139.5)),
    ("town_is_in_japan", lambda: TownFactory(lat=float("nan"), lng=139.5)),
    ("venue_once_per_organisation", lambda: twice(VenueFactory, "organisation", "name", "town")),
    ("venue_is_in_japan", lambda: VenueFactory(lat=0, lng=0)),
    ("venue_is_in_japan", lambda: VenueFactory(lat=35.5, lng=float("inf"))),
    ("activity_is_not_its_own_parent", loop),
    ("role_activity_once", same_activity_twice),
    ("role_has_a_place", lambda: role(venue=None, is_online=False)),
    ("role_has_a_place", lambda: role(venue=None, is_online=False, status=RoleStatus.WAITING)),
    ("role_age_range_is_not_empty", lambda: role(min_age=20, max_age=19)),
    ("role_ages_are_human", lambda: role(min_age=121)),
    ("role_ages_are_human", lambda: role(guardian_under=21)),
    ("role_open_since", lambda: role(published_at=None)),
    ("role_says_what", lambda: role(title="")),
    ("role_says_what", lambda: role(title="", status=RoleStatus.DRAFT)),
    ("role_says_what", lambda: role(summary="")),
    ("role_says_what", lambda: role(summary="", status=RoleStatus.WAITING)),
    ("slot_ends_after_it_starts", lambda: slot(ends_at=at(5, 9))),
    ("slot_ends_after_it_starts", lambda: slot(ends_at=at(5, 8))),
    ("slot_capacity_1_to_1000", lambda: slot(capacity=0)),
    ("slot_capacity_1_to_1000", lambda: slot(capacity=1001)),
    ("slot_never_overfull", lambda: slot(taken=4)),
    ("slot_minutes_5_to_1440", lambda: slot(minutes=4)),
    ("slot_minutes_5_to_1440", lambda: slot(minutes=1441)),
    ("repeat_once_per_role", lambda: twice(RepeatFactory, "role", "rule", "first_starts_at")),
    ("repeat_ends_after_it_starts", lambda: RepeatFactory(first_ends_at=at(5, 9))),
    ("repeat_capacity_1_to_1000", lambda: RepeatFactory(capacity=0)),
    ("repeat_capacity_1_to_1000", lambda: RepeatFactory(capacity=1001)),
    ("repeat_minutes_5_to_1440", lambda: RepeatFactory(minutes=4)),
    ("repeat_minutes_5_to_1440", lambda: RepeatFactory(minutes=1441)),
    ("repeat_has_a_rule", lambda: RepeatFactory(rule="")),
    ("invitation_one_open_per_person", lambda: twice(InvitationFactory, "organisation", "user")),
    ("invitation_answer_is_whole", lambda: InvitationFactory(answered_at=NOW)),
    ("invitation_answer_is_whole", lambda: InvitationFactory(is_accepted=False)),
    ("review_is_of_one_thing", lambda: ReviewFactory(role=None)),
    ("review_is_of_one_thing", lambda: ReviewFactory(organisation=OrganisationFactory())),
    ("review_is_of_one_thing", lambda: ReviewFactory(offer=OfferFactory())),
    *contributing.BAD_ROWS,
]


@pytest.mark.parametrize(
    ("constraint", "write"), BAD_ROWS, ids=[f"{name}-{n}" for n, (name, _w) in enumerate(BAD_ROWS)]
)
def test_a_bad_row_is_refused(constraint, write):
    with pytest.raises(IntegrityError) as caught:
        write()
    assert caught.value.__cause__.diag.constraint_name == constraint


def test_every_constraint_is_tried():
    promised = {c.name for model in apps.get_app_config("organisations").get_models() for c in model._meta.constraints}
    assert promised == {name for name, _write in BAD_ROWS}


def test_places_below_nothing_are_refused():
    with pytest.raises(IntegrityError):
        slot(taken=-1)


def test_good_rows_at_the_edges_are_kept():
    TownFactory(lat=None, lng=None)
    TownFactory(lat=20.0, lng=154.0)
    RoleFactory(venue=None, is_online=True, min_age=0, max_age=0)
    SlotFactory(capacity=1000, taken=1000, minutes=5)
    SlotFactory(capacity=1, minutes=1440)
    RoleFactory(status=RoleStatus.DRAFT, venue=None, summary="")
    again = RepeatFactory(ended_at=NOW, minutes=5, capacity=1000)
    RepeatFactory(role=again.role)
    asked = InvitationFactory(answered_at=NOW, is_accepted=False)
    InvitationFactory(organisation=asked.organisation, user=asked.user)
    seen = ReviewFactory()
    ReviewFactory(role=seen.role, by=seen.by)
    ReviewFactory(role=None, organisation=OrganisationFactory())
    assert not Membership.objects.exists()
    assert Slot.objects.free(NOW).count() == 1
