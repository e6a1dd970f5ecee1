from __future__ import annotations

import pytest
from django.test import Client

from notifications.services import links
from organisations.models import Slot
from organisations.services.times.filling import SlotFull
from tests.factories import NOW, PlacementFactory, SlotFactory, VolunteerFactory, at
from tests.web.conftest import said, send
from volunteers.models import Placement, Volunteer, Waiting
from volunteers.services.changing import moving
from volunteers.services.taking_part import joining, placements
from volunteers.services.waiting_lists import passing_on


@pytest.fixture
def slot() -> Slot:
    """One place, which somebody has."""
    made = SlotFactory(capacity=1, role__title="駅前の花だん")
    joining.join(volunteer=VolunteerFactory(), slot=made, now=NOW, actor=None)
    return made


@pytest.fixture
def stranger() -> Client:
    """Without cookies, and with the checks that a browser gets."""
    return Client(enforce_csrf_checks=True)


def free(slot: Slot) -> None:
    placements.cancel(placement=Placement.objects.active().get(slot=slot), now=NOW, actor=None)
    passing_on.pass_on(now=NOW)


def waits(member: Client, slot: Slot) -> Waiting:
    send(member, f"/my/slots/{slot.pk}/wait/")
    return Waiting.objects.get()


def test_a_full_day_offers_to_wait_and_says_so_afterwards(client: Client, member: Client, slot: Slot) -> None:
    path = f"/my/slots/{slot.pk}/wait/"
    for reader in (client, member):
        assert f'href="{path}"' in said(reader.get(f"/roles/{slot.role_id}/"))
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
    assert "順番に声をかけます" in said(member.get(path))
    assert not Waiting.objects.exists()
    assert send(member, path)["Location"] == "/my/places/"
    page = said(member.get("/my/places/"))
    assert "空きを待っているもの" in page
    assert "駅前の花だん" in page
    page = said(member.get(f"/roles/{slot.role_id}/"))
    assert path not in page
    assert "空きを待っています" in page


def test_the_page_of_joining_offers_it_too(member: Client, slot: Slot) -> None:
    path = f"/my/slots/{slot.pk}/join/"
    for page in (said(member.get(path)), said(send(member, path), 409)):
        assert f'href="/my/slots/{slot.pk}/wait/"' in page
    other = SlotFactory()
    assert "/wait/" not in said(member.get(f"/my/slots/{other.pk}/join/"))


def test_a_place_that_others_wait_for_is_full_to_a_newcomer(member: Client, slot: Slot) -> None:
    waits(member, slot)
    placements.cancel(placement=Placement.objects.active().get(slot=slot), now=NOW, actor=None)
    with pytest.raises(SlotFull):
        joining.join(volunteer=VolunteerFactory(), slot=slot, now=NOW, actor=None)


def test_where_there_is_a_place_one_is_led_to_it(member: Client) -> None:
    slot = SlotFactory()
    page = said(send(member, f"/my/slots/{slot.pk}/wait/"), 409)
    assert 'role="alert"' in page
    assert f'href="/my/slots/{slot.pk}/join/"' in page


def test_what_is_over_or_starts_soon_offers_nothing(member: Client) -> None:
    for slot in (SlotFactory(capacity=1, taken=1, starts_at=at(0, 12)), SlotFactory(taken=3, cancelled_at=NOW)):
        assert "/wait/" not in said(member.get(f"/roles/{slot.role_id}/"))
        said(send(member, f"/my/slots/{slot.pk}/wait/"), 409)


def test_taking_what_is_held(member: Client, slot: Slot) -> None:
    row = waits(member, slot)
    said(send(member, f"/my/waiting/{row.pk}/accept/"), 409)
    free(slot)
    page = said(member.get("/my/places/"))
    assert "3月2日(火) 午前10時まで" in page
    assert f'href="/my/waiting/{row.pk}/accept/"' in page
    assert "3月2日(火) 午前10時まで" in said(member.get(f"/my/waiting/{row.pk}/accept/"))
    assert send(member, f"/my/waiting/{row.pk}/accept/")["Location"] == "/my/places/"
    assert "参加が決まりました" in said(member.get("/my/places/"))
    assert Slot.objects.get(pk=slot.pk).taken == 1
    said(member.get(f"/my/waiting/{row.pk}/accept/"), 404)


def test_a_page_that_was_opened_before_the_time_was_moved_says_so_and_shows_the_new_one(
    stranger: Client, member: Client, volunteer: Volunteer, slot: Slot
) -> None:
    row = waits(member, slot)
    free(slot)
    link = f"/l/{links.issue(user=volunteer.user, action=passing_on.ANSWER, target_id=row.pk, now=NOW)}/"
    assert 'name="seen" value="0"' in said(stranger.get(link))
    moving.move_slot(slot=slot, starts_at=at(8, 9), ends_at=at(8, 11), now=NOW, actor=None)
    for page in (
        said(stranger.post(link, {"accept": "1", "seen": "0"}), 409),
        said(send(member, f"/my/waiting/{row.pk}/accept/", seen="0"), 409),
    ):
        assert "たったいま、日時が変わりました" in page
        assert "3月9日" in page
        assert 'name="seen" value="1"' in page
    assert "参加が決まりました" in said(stranger.post(link, {"accept": "1", "seen": "1"}))


def test_waiting_no_longer(member: Client, slot: Slot) -> None:
    row = waits(member, slot)
    said(member.get(f"/my/waiting/{row.pk}/leave/"))
    assert send(member, f"/my/waiting/{row.pk}/leave/")["Location"] == "/my/places/"
    assert not Waiting.objects.alive().exists()
    assert "空きを待っているもの" not in said(member.get("/my/places/"))


def test_the_link_shows_acts_and_can_be_undone(
    stranger: Client, member: Client, volunteer: Volunteer, slot: Slot
) -> None:
    row = waits(member, slot)
    free(slot)
    path = f"/l/{links.issue(user=volunteer.user, action=passing_on.ANSWER, target_id=row.pk, now=NOW)}/"
    page = said(stranger.get(path))
    assert "駅前の花だん" in page
    assert "何も決まりません" in page
    assert not Placement.objects.active().exists()
    for _twice in range(2):
        assert "参加が決まりました" in said(stranger.post(path, {"accept": "1"}))
    assert Placement.objects.active().get().volunteer == volunteer
    assert "何も決まりません" in said(stranger.post(path, {"undo": "1"}))
    assert not Placement.objects.active().exists()
    for _twice in range(2):
        assert "終わっています" in said(stranger.post(path, {"leave": "1"}))
    assert Slot.objects.get(pk=slot.pk).taken == 0
    said(stranger.post(path, {"accept": "1"}), 409)


def test_the_link_is_bound_to_its_person(stranger: Client, member: Client, slot: Slot) -> None:
    row, other = waits(member, slot), VolunteerFactory()
    for target in (row.pk, "x"):
        path = f"/l/{links.issue(user=other.user, action=passing_on.ANSWER, target_id=target, now=NOW)}/"
        said(stranger.get(path), 404)
        said(stranger.post(path, {"accept": "1"}), 404)


def test_what_stands_in_the_way_is_named_and_linked(
    stranger: Client, member: Client, volunteer: Volunteer, slot: Slot
) -> None:
    row = waits(member, slot)
    free(slot)
    there = SlotFactory(role__title="茶話会")
    PlacementFactory(volunteer=volunteer, slot=there, busy=(there.starts_at, there.ends_at))
    path = f"/l/{links.issue(user=volunteer.user, action=passing_on.ANSWER, target_id=row.pk, now=NOW)}/"
    for page in (
        said(stranger.post(path, {"accept": "1"}), 409),
        said(send(member, f"/my/waiting/{row.pk}/accept/"), 409),
    ):
        assert f'href="/my/places/#slot-{there.pk}"' in page
