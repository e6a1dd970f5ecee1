from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from notifications.services import links
from organisations.models import Slot
from tests.factories import NOW, ApplicationFactory, PlacementFactory, SlotFactory, UserFactory, VolunteerFactory, at
from tests.web.conftest import BACKEND, said, send, signed_in
from volunteers.models import Application, Placement, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services.taking_part import clock, joining
from volunteers.services.telling import reminders
from web.templatetags.when import last_moment

PAGE = "/my/places/"


def placed(volunteer: Volunteer) -> Placement:
    made = joining.join(volunteer=volunteer, slot=SlotFactory(), now=NOW, actor=volunteer.user)
    assert isinstance(made, Placement)
    return made


def test_what_is_coming_what_waits_what_was(member: Client, volunteer: Volunteer) -> None:
    PlacementFactory(volunteer=volunteer, slot=SlotFactory(role__title="これからの会"))
    PlacementFactory(volunteer=volunteer, slot=SlotFactory(role__title="先週の会", starts_at=at(-7, 9)))
    ApplicationFactory(volunteer=volunteer, slot=SlotFactory(role__title="返事まちの会", starts_at=at(6, 9)))
    PlacementFactory(slot=SlotFactory(role__title="ほかの人の会"))
    page = said(member.get(PAGE))
    assert page.index("これからの会") < page.index("返事まちの会") < page.index("先週の会")
    assert "ほかの人の会" not in page


@pytest.mark.parametrize(("is_late", "promised", "sorry"), [(False, 1, 0), (True, 0, 1)])
def test_until_when_an_answer_was_hoped_for_is_no_promise_once_that_is_over(
    member: Client, volunteer: Volunteer, is_late: bool, promised: int, sorry: int
) -> None:
    asked = ApplicationFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(9, 9)), released_at=NOW)
    until = clock.since(NOW, asked.slot).until
    assert until
    with time_machine.travel(until - dt.timedelta(seconds=0 if is_late else 30), tick=False):
        page = said(member.get(PAGE))
    named = last_moment(until)
    assert page.count(f"団体には、{named}までにお返事をお願いしています。") == promised
    assert page.count(f"団体には、{named}までにお返事をお願いしていましたが、まだとどいていません。") == sorry
    assert page.count("団体に電話で聞いてみてください") == sorry


def test_what_nobody_answered_before_its_day_was_over_is_said_for_a_month(member: Client, volunteer: Volunteer) -> None:
    for day, title in ((-40, "前の前の月の会"), (-7, "先週の会"), (6, "返事まちの会")):
        slot = SlotFactory(role__title=title, starts_at=at(day, 9))
        ApplicationFactory(volunteer=volunteer, slot=slot, released_at=at(day - 5, 9))
    answered = SlotFactory(role__title="断られた会", starts_at=at(-6, 9))
    ApplicationFactory(volunteer=volunteer, slot=answered, status=ApplicationStatus.DECLINED)
    page = said(member.get(PAGE))
    assert page.index("返事まちの会") < page.index("お返事がないまま、その日が終わりました") < page.index("先週の会")
    assert [title for title in ("前の前の月の会", "断られた会") if title in page] == []


def test_whom_to_ring_on_the_day_and_what_happens_when_it_rains(member: Client, volunteer: Volunteer) -> None:
    role = {"role__contact": "090-0000-0000 係の者", "role__rain_rule": "雨なら室内で"}
    PlacementFactory(volunteer=volunteer, slot=SlotFactory(**role, role__organisation__phone="045-000-0000"))
    page = said(member.get(PAGE))
    assert [
        text for text in ("090-0000-0000 係の者", "雨なら室内で", 'href="tel:0450000000"') if text not in page
    ] == []


def test_few_queries_however_many_places(
    member: Client, volunteer: Volunteer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(1, 13):
        PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(day, 9)))
    with django_assert_max_num_queries(12):
        said(member.get(PAGE))


def test_stepping_back_asks_once_more(member: Client, volunteer: Volunteer) -> None:
    placement = placed(volunteer)
    path = f"/my/places/{placement.pk}/cancel/"
    assert "とりやめますか" in said(member.get(path))
    assert Placement.objects.active().exists()
    assert send(member, path)["Location"] == PAGE
    assert not Placement.objects.active().exists()
    assert Slot.objects.get().taken == 0
    assert "とりやめました" in said(member.get(PAGE))
    said(member.get(path), 404)


def test_a_double_tap_steps_back_once(member: Client, volunteer: Volunteer) -> None:
    path = f"/my/places/{placed(volunteer).pk}/cancel/"
    assert send(member, path, once="k").status_code == 302
    said(send(member, path, once="k"), 404)
    assert Slot.objects.get().taken == 0


def test_taking_back_a_request(member: Client, volunteer: Volunteer) -> None:
    application = ApplicationFactory(volunteer=volunteer)
    path = f"/my/applications/{application.pk}/withdraw/"
    assert "取り下げますか" in said(member.get(path))
    assert send(member, path)["Location"] == PAGE
    assert Application.objects.get().status == "withdrawn"


def test_a_form_without_a_key_does_nothing(member: Client, volunteer: Volunteer) -> None:
    path = f"/my/places/{placed(volunteer).pk}/cancel/"
    assert "画面が古くなっています" in said(send(member, path, once=""), 409)
    assert Placement.objects.active().exists()


def test_somebody_elses_place_is_not_there(volunteer: Volunteer) -> None:
    other = signed_in(VolunteerFactory().user)
    path = f"/my/places/{placed(volunteer).pk}/cancel/"
    said(other.get(path), 404)
    said(send(other, path), 404)
    assert Placement.objects.active().exists()


def test_without_a_profile_one_is_asked_for(client: Client) -> None:
    client.force_login(UserFactory(), backend=BACKEND)
    assert "/my/profile/" in said(client.get(PAGE))


def test_who_steps_back_hears_that_somebody_else_is_looked_for(member: Client, volunteer: Volunteer) -> None:
    near = placed(volunteer)
    far = joining.join(volunteer=volunteer, slot=SlotFactory(starts_at=at(30, 9)), now=NOW, actor=None)
    send(member, f"{PAGE}{near.pk}/cancel/")
    assert "代わりに来られる方を、こちらでさがします" in said(member.get(PAGE))
    send(member, f"{PAGE}{far.pk}/cancel/")
    assert "さがします" not in said(member.get(PAGE))
    assert "さがします" in said(Client().get(_cannot_come(volunteer, near.pk)))


def test_by_the_link_in_a_reminder_one_steps_back_and_comes_after_all(member: Client, volunteer: Volunteer) -> None:
    placement = placed(volunteer)
    stranger = Client(enforce_csrf_checks=True)
    path = _cannot_come(volunteer, placement.pk)
    assert "何も決まりません" in said(stranger.get(path))
    assert Placement.objects.active().exists()
    for _twice in range(2):
        assert "とりやめになっています" in said(stranger.post(path))
    assert Slot.objects.get().taken == 0
    for _twice in range(2):
        assert "何も決まりません" in said(stranger.post(path, {"undo": "1"}))
    assert Slot.objects.get().taken == 1
    said(stranger.post(path))
    Slot.objects.update(taken=3)
    assert 'role="alert"' in said(stranger.post(path, {"undo": "1"}), 409)


def test_the_link_in_a_reminder_is_bound_to_its_person(volunteer: Volunteer) -> None:
    placement = placed(volunteer)
    for target in (placement.pk, "x"):
        said(Client().post(_cannot_come(VolunteerFactory(), target)), 404)
    assert Placement.objects.active().exists()


def _cannot_come(volunteer: Volunteer, target: object) -> str:
    token = links.issue(user=volunteer.user, action=reminders.CANNOT_COME, target_id=target, now=NOW)
    return f"/l/{token}/"
