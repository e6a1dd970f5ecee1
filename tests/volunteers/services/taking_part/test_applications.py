"""Asked, released for the young, answered, taken back."""

from __future__ import annotations

import pytest

from accounts.models.consent import ConsentKind
from accounts.services import consents
from notifications.models import Notification
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from tests.factories import NOW, JuniorFactory, MembershipFactory, SlotFactory, UserFactory, VolunteerFactory
from volunteers.models.application import ApplicationStatus
from volunteers.services.refusals import AlreadyAnswered, AlreadyJoined, CannotComeNow, NotReleased
from volunteers.services.taking_part import applications, joining, placements

pytestmark = pytest.mark.django_db


def ask(volunteer=None, slot=None):
    volunteer = volunteer or VolunteerFactory()
    slot = slot or SlotFactory(role__asks_first=True)
    return joining.join(volunteer=volunteer, slot=slot, now=NOW, actor=volunteer.user)


def test_yes_gives_the_place():
    application = ask()
    placement = applications.accept(application=application, now=NOW, actor=None)
    application.refresh_from_db()
    assert (application.status, application.answered_at) == (ApplicationStatus.ACCEPTED, NOW)
    assert (placement.volunteer, placement.slot) == (application.volunteer, application.slot)
    assert Slot.objects.get().taken == 1
    kinds = Notification.objects.filter(user=application.volunteer.user).values_list("kind", flat=True)
    assert set(kinds) == {"application_received", "placement_confirmed"}


def test_no_is_said_and_leaves_the_place_free():
    application = applications.decline(application=ask(), now=NOW, actor=None)
    assert application.status == ApplicationStatus.DECLINED
    assert Slot.objects.get().taken == 0
    assert Notification.objects.filter(user=application.volunteer.user, kind="application_declined").exists()


@pytest.mark.parametrize("first", [applications.accept, applications.decline, applications.withdraw])
@pytest.mark.parametrize(
    "then", [applications.accept, applications.decline, applications.withdraw, applications.release]
)
def test_answered_is_answered(first, then):
    application = ask()
    first(application=application, now=NOW, actor=None)
    with pytest.raises(AlreadyAnswered):
        then(application=application, now=NOW, actor=None)


def test_taken_back_one_can_ask_again():
    application = applications.withdraw(application=ask(), now=NOW, actor=None)
    assert ask(application.volunteer, application.slot).pk != application.pk


def test_who_has_a_place_does_not_ask_for_it():
    volunteer, slot = VolunteerFactory(), SlotFactory()
    ask(volunteer, slot)
    Role.objects.update(asks_first=True)
    with pytest.raises(AlreadyJoined):
        ask(volunteer, slot)


def test_the_young_are_answered_only_after_a_coordinator_looked():
    slot = SlotFactory()
    member = MembershipFactory(organisation=slot.role.organisation).user
    application = ask(JuniorFactory(), slot)
    with pytest.raises(NotReleased):
        applications.accept(application=application, now=NOW, actor=None)
    assert not Notification.objects.filter(user=member).exists()
    released = applications.release(application=application, now=NOW, actor=None)
    applications.release(application=application, now=NOW, actor=None)
    assert released.released_at == NOW
    assert Notification.objects.filter(user=member, kind="application_waiting").count() == 1
    applications.accept(application=application, now=NOW, actor=None)
    assert Slot.objects.get().taken == 1


def test_organisations_read_the_same_about_young_and_old():
    slot = SlotFactory(role__asks_first=True)
    member = MembershipFactory(organisation=slot.role.organisation).user
    ask(VolunteerFactory(), slot)
    applications.release(application=ask(JuniorFactory(), slot), now=NOW, actor=None)
    adult, junior = Notification.objects.filter(user=member)
    assert (adult.title, adult.body, adult.url) == (junior.title, junior.body, junior.url)


def test_where_nobody_coordinates_the_staff_hear():
    staff = UserFactory(is_staff=True)
    ask(JuniorFactory(), SlotFactory())
    assert Notification.objects.filter(user=staff, kind="application_to_check").exists()


def test_a_closed_role_still_answers_those_who_asked_before():
    application = ask()
    Role.objects.update(status=RoleStatus.CLOSED)
    assert applications.accept(application=application, now=NOW, actor=None)
    assert Role.objects.get().status == RoleStatus.CLOSED


def test_a_full_slot_says_so_to_who_answers():
    slot = SlotFactory(role__asks_first=True, capacity=1)
    first, second = ask(slot=slot), ask(slot=slot)
    applications.accept(application=first, now=NOW, actor=None)
    with pytest.raises(joining.SlotFull):
        applications.accept(application=second, now=NOW, actor=None)
    second.refresh_from_db()
    assert second.status == ApplicationStatus.ASKED


def test_a_cancelled_slot_cannot_be_accepted():
    application = ask()
    Slot.objects.update(cancelled_at=NOW)
    with pytest.raises(joining.SlotOver):
        applications.accept(application=application, now=NOW, actor=None)


def test_where_somebody_is_instead_is_not_told_to_who_answers():
    volunteer = VolunteerFactory()
    application = ask(volunteer)
    placements.place(volunteer=volunteer, slot=SlotFactory(role__title="ひみつの会"), now=NOW, actor=None)
    with pytest.raises(CannotComeNow) as caught:
        applications.accept(application=application, now=NOW, actor=None)
    assert "ひみつの会" not in str(caught.value)


def test_a_guardian_who_takes_the_consent_back_is_heard_and_the_age_is_not_told():
    junior = JuniorFactory()
    application = ask(junior, SlotFactory())
    applications.release(application=application, now=NOW, actor=None)
    consents.withdraw(user=junior.user, kind=ConsentKind.GUARDIAN, now=NOW)
    with pytest.raises(CannotComeNow) as caught:
        applications.accept(application=application, now=NOW, actor=None)
    assert "保護者" not in str(caught.value)


def test_who_is_somewhere_else_at_that_time_hears_it_when_asking():
    volunteer = VolunteerFactory()
    placements.place(volunteer=volunteer, slot=SlotFactory(role__title="夏まつり"), now=NOW, actor=None)
    with pytest.raises(joining.Clash, match="夏まつり"):
        ask(volunteer)


def test_a_place_answers_the_question_that_was_asked_before():
    application = ask()
    Role.objects.update(asks_first=False)
    ask(application.volunteer, application.slot)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.ACCEPTED
