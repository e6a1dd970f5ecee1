from __future__ import annotations

import pytest
from django.test import Client

from matching.models import Feedback, Suggestion, SuggestionStatus
from notifications.models import ActionLink
from notifications.models.preference import Frequency
from notifications.services import links, preferences
from organisations.models import Slot
from tests.factories import NOW, SlotFactory, SupportDeskFactory, VolunteerFactory, at
from tests.web.conftest import said, send
from volunteers.models import Placement, Volunteer
from volunteers.services.taking_part import joining


@pytest.fixture
def stranger() -> Client:
    """A mail program's window: no session, no cookies, secrets of forms enforced."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def suggestion(volunteer: Volunteer) -> Suggestion:
    slot = SlotFactory(role__title="駅前の花だん")
    return Suggestion.objects.create(
        volunteer=volunteer, role=slot.role, slot=slot, status=SuggestionStatus.SENT, rank=1, score=0.8, planned_at=NOW
    )


def link(volunteer: Volunteer, action: str, target: object = "") -> str:
    return f"/l/{links.issue(user=volunteer.user, action=action, target_id=target, now=NOW)}/"


@pytest.mark.parametrize(("action", "asks"), [("accept", "行けます"), ("decline", "今回はやめる"), ("call", "電話")])
def test_opening_shows_and_acts_on_nothing(
    stranger: Client, volunteer: Volunteer, suggestion: Suggestion, action: str, asks: str
) -> None:
    page = said(stranger.get(link(volunteer, action, suggestion.pk)))
    assert asks in page
    assert "駅前の花だん" in page
    assert "何も決まりません" in page
    assert not Feedback.objects.exists()


def test_the_button_acts_again_the_same_and_can_be_undone(
    stranger: Client, volunteer: Volunteer, suggestion: Suggestion
) -> None:
    path = link(volunteer, "accept", suggestion.pk)
    for _ in range(2):
        assert "参加が決まりました" in said(stranger.post(path))
    assert Placement.objects.active().count() == 1
    page = said(stranger.post(path, {"undo": "1"}))
    assert "何も決まりません" in page
    assert not Placement.objects.active().exists()
    assert Slot.objects.get().taken == 0


def test_a_no_may_say_why(stranger: Client, volunteer: Volunteer, suggestion: Suggestion) -> None:
    path = link(volunteer, "decline", suggestion.pk)
    assert "時間が合わない" in said(stranger.get(path))
    assert "時間が合わない" not in said(stranger.get(link(volunteer, "accept", suggestion.pk)))
    page = said(stranger.post(path, {"why": "weather", "reason": "雨がきらい"}), 400)
    assert 'role="alert"' in page
    assert "雨がきらい" in page
    said(stranger.post(path, {"why": "far", "reason": "坂が多い"}))
    assert Feedback.objects.values_list("answer", "why", "reason").get() == ("decline", "far", "坂が多い")


def test_another_answer_than_the_given_one_is_refused(
    stranger: Client, volunteer: Volunteer, suggestion: Suggestion
) -> None:
    said(stranger.post(link(volunteer, "accept", suggestion.pk)))
    page = said(stranger.post(link(volunteer, "decline", suggestion.pk)), 409)
    assert "参加が決まりました" in page
    assert Feedback.objects.get().answer == "accept"


def test_a_full_slot_is_said(stranger: Client, volunteer: Volunteer, suggestion: Suggestion) -> None:
    Slot.objects.update(taken=3)
    assert 'role="alert"' in said(stranger.post(link(volunteer, "accept", suggestion.pk)), 409)


def test_stopping_the_digest_and_having_it_again(stranger: Client, volunteer: Volunteer) -> None:
    path = link(volunteer, "unsubscribe")
    assert "何も変わりません" in said(stranger.get(path))
    assert preferences.of(volunteer.user).digest == Frequency.WEEKLY
    assert "止めました" in said(stranger.post(path, {"List-Unsubscribe": "One-Click"}))
    assert preferences.of(volunteer.user).digest == Frequency.NEVER
    assert "またお送りします" in said(stranger.post(path, {"undo": "1"}))
    assert preferences.of(volunteer.user).digest == Frequency.WEEKLY


def test_unknown_or_old_links_name_a_desk(stranger: Client, volunteer: Volunteer) -> None:
    SupportDeskFactory(organisation__phone="045-000-1234")
    old = links.issue(user=volunteer.user, action="unsubscribe", target_id="", now=at(-60, 9))
    for token in ("no-such-token", old, "%00", "あ"):
        page = said(stranger.get(f"/l/{token}/"), 404)
        assert "045-000-1234" in page


def test_a_link_is_bound_to_its_person_and_action(stranger: Client, suggestion: Suggestion) -> None:
    other = VolunteerFactory()
    for path in (link(other, "accept", suggestion.pk), link(other, "accept", "x"), link(other, "dance", suggestion.pk)):
        said(stranger.get(path), 404)
        said(stranger.post(path), 404)
    assert ActionLink.objects.count() == 3
    assert not Feedback.objects.exists()


def test_yes_by_mail_works_again_after_the_place_was_given_back(
    stranger: Client, member: Client, volunteer: Volunteer, suggestion: Suggestion
) -> None:
    path = link(volunteer, "accept", suggestion.pk)
    stranger.post(path)
    send(member, f"/my/places/{Placement.objects.get().pk}/cancel/")
    assert "参加が決まりました" in said(stranger.post(path))
    assert Placement.objects.active().count() == 1


def test_what_stands_in_the_way_is_named_and_linked(
    stranger: Client, volunteer: Volunteer, suggestion: Suggestion
) -> None:
    other = SlotFactory(role__title="茶話会")
    joining.join(volunteer=volunteer, slot=other, now=NOW, actor=None)
    page = said(stranger.post(link(volunteer, "accept", suggestion.pk)), 409)
    assert "茶話会" in page
    assert f'href="/roles/{other.role_id}/"' in page
