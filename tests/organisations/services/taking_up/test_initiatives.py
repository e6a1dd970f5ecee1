"""An idea reaches the right coordinators, is gone through step by step, and becomes a group with its first roles."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from accounts.models import User
from notifications.models import Notification
from organisations.models import Initiative, Role
from organisations.models.initiative import Step
from organisations.models.organisation import Approval, Kind
from organisations.models.role import RoleStatus
from organisations.services.hosts.organisations import NameTaken
from organisations.services.taking_up import initiatives
from organisations.services.taking_up.initiatives import AlreadyClosed, TooManyOpen
from tests.factories import (
    NOW,
    ActivityFactory,
    DeskMembershipFactory,
    InitiativeFactory,
    OrganisationFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative() -> Initiative:
    made: Initiative = InitiativeFactory(idea="朝の公園で、だれでも。")
    return made


@pytest.fixture
def coordinator(initiative: Initiative) -> User:
    found: User = DeskMembershipFactory(desk=SupportDeskFactory(towns=[initiative.town])).user
    return found


def ask(user: User, **fields: object) -> Initiative:
    asked = {"town": TownFactory(), "title": "朝の体操", "idea": "", "activities": [], **fields}
    return initiatives.ask(user=user, now=NOW, **asked)  # type: ignore[arg-type]


def test_it_reaches_the_coordinators_of_its_town_alone_and_the_letter_keeps_the_idea_to_itself() -> None:
    here, there = (DeskMembershipFactory(desk=SupportDeskFactory(towns=[TownFactory()])) for _each in range(2))
    ask(UserFactory(), town=here.desk.towns.get(), idea="妻を亡くして、朝がつらい。")
    letter = Notification.objects.get()
    assert letter.user == here.user
    assert "つらい" not in letter.title + letter.body
    assert not Notification.objects.filter(user=there.user).exists()


def test_who_waits_for_three_answers_is_asked_to_wait() -> None:
    user = UserFactory()
    for _each in range(initiatives.MOST_OPEN):
        ask(user)
    with pytest.raises(TooManyOpen):
        ask(user)


def test_steps_are_kept_in_the_order_of_the_list(initiative: Initiative) -> None:
    ticked = [Step.MONEY, Step.WHO, "nonsense"]
    kept = initiatives.check_off(initiative=initiative, steps=ticked, now=NOW, actor=initiative.user)
    assert kept.done_steps == [Step.WHO, Step.MONEY]


def test_it_becomes_a_group_that_waits_with_three_drafts_of_its_own(initiative: Initiative, coordinator: User) -> None:
    activity = ActivityFactory()
    initiative.activities.add(activity)
    with override("en"):
        made = initiatives.become(
            initiative=initiative, name="あさひ体操の会", kind=Kind.COMMUNITY, now=NOW, actor=coordinator
        )
    initiative.refresh_from_db()
    drafts = Role.objects.filter(organisation=made, status=RoleStatus.DRAFT, activities=activity)
    assert (made.approval, made.about) == (Approval.WAITING, initiative.idea)
    assert made.memberships.get().user == initiative.user
    assert {role.title for role in drafts} == {str(title) for title in initiatives.FIRST_ROLES}
    assert (initiative.organisation, initiative.answered_by) == (made, coordinator)
    assert Notification.objects.filter(user=initiative.user, kind="initiative_became_group").exists()


def test_a_name_that_is_taken_leaves_everything_as_it_was(initiative: Initiative, coordinator: User) -> None:
    taken = OrganisationFactory().name
    with pytest.raises(NameTaken):
        initiatives.become(initiative=initiative, name=taken, kind=Kind.COMMUNITY, now=NOW, actor=coordinator)
    initiative.refresh_from_db()
    assert initiative.closed_at is None
    assert not Role.objects.exists()


def test_what_is_over_stays_over(initiative: Initiative, coordinator: User) -> None:
    initiatives.close(initiative=initiative, now=NOW, actor=initiative.user)
    with pytest.raises(AlreadyClosed):
        initiatives.become(initiative=initiative, name="会", kind=Kind.COMMUNITY, now=NOW, actor=coordinator)
    with pytest.raises(AlreadyClosed):
        initiatives.check_off(initiative=initiative, steps=[], now=NOW, actor=initiative.user)
    with pytest.raises(AlreadyClosed):
        initiatives.answered(initiative=initiative, now=NOW, actor=coordinator)
