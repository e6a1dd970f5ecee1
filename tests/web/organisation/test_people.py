"""Who asks and who comes, as their host sees it, and the answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from notifications.models import Notification
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ApplicationFactory,
    JuniorFactory,
    MembershipFactory,
    PlacementFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
    VolunteerFactory,
    at,
)
from tests.web.conftest import said, send, signed_in, without_keys
from volunteers.models import Application
from volunteers.models.application import ApplicationStatus
from volunteers.services.taking_part import joining


@pytest.fixture
def role() -> Role:
    made: Role = RoleFactory(asks_first=True)
    return made


@pytest.fixture
def slot(role: Role) -> Slot:
    made: Slot = SlotFactory(role=role)
    return made


@pytest.fixture
def host(role: Role) -> Client:
    return signed_in(MembershipFactory(organisation=role.organisation).user)


def ask(slot: Slot, name: str, asked_at: dt.datetime = NOW, **more: object) -> Application:
    made: Application = ApplicationFactory(
        slot=slot, volunteer__user__name=name, asked_at=asked_at, released_at=asked_at, **more
    )
    return made


def people(role: Role) -> str:
    return f"/organisation/roles/{role.pk}/people/"


def status(application: Application) -> str:
    return Application.objects.get(pk=application.pk).status


def test_who_asks_stands_in_the_order_of_asking_with_the_clock(host: Client, role: Role, slot: Slot) -> None:
    ask(slot, "あとのひと", at(0, 9), note="よろしく")
    ask(slot, "さきのひと", at(-5, 9))
    page = said(host.get(people(role)))
    assert page.index("さきのひと") < page.index("あとのひと")
    assert "3月3日(水)までにお返事をお願いします" in page
    assert "2月26日(金)までにお返事がほしいものでした" in page
    assert "よろしく" in page


def test_who_comes_stands_under_their_time(host: Client, role: Role, slot: Slot) -> None:
    later = SlotFactory(role=role, starts_at=at(6, 9))
    Role.objects.update(asks_first=False)
    for one, name in ((later, "つぎのひと"), (slot, "はじめのひと")):
        someone = VolunteerFactory(user__name=name)
        joining.join(volunteer=someone, slot=one, now=NOW, actor=someone.user)
    SlotFactory(role=role, starts_at=at(-40, 9), taken=1)
    SlotFactory(role=role, cancelled_at=NOW)
    page = said(host.get(people(role)))
    assert page.index("はじめのひと") < page.index("つぎのひと")
    assert page.count("3人中、1人が決まりました") == 2


def test_nothing_says_where_somebody_lives_or_how_old_they_are(host: Client, role: Role, slot: Slot) -> None:
    town = TownFactory(name="ひみつ町")
    volunteer = VolunteerFactory(town=town, born_on=dt.date(1951, 7, 13), user__email="himitsu@yaritai.example")
    asked = ApplicationFactory(slot=slot, volunteer=volunteer, released_at=NOW)
    PlacementFactory(slot=SlotFactory(role=role, starts_at=at(8, 9)), volunteer=volunteer)
    pages = [people(role), *(f"/organisation/applications/{asked.public_id}/{what}/" for what in ("accept", "decline"))]
    for path in pages:
        shown = without_keys(said(host.get(path)).encode()).decode()
        for secret in ("ひみつ町", "1951年", "1951-", "75歳", "himitsu", "km", "歩いて"):
            assert secret not in shown


def test_an_empty_page_leads_on(host: Client, role: Role) -> None:
    page = said(host.get(people(role)))
    assert "まだ申し込みはありません" in page
    assert 'href="/organisation/"' in page


def test_a_yes_gives_the_place_once_and_shows_the_page_again(host: Client, role: Role, slot: Slot) -> None:
    asked = ask(slot, "はな")
    path = f"/organisation/applications/{asked.public_id}/accept/"
    assert "来てもらいますか" in said(host.get(path))
    for _ in range(2):
        answer = send(host, path, once="same")
        assert (answer.status_code, answer["Location"]) == (302, people(role))
    assert Slot.objects.get(pk=slot.pk).taken == 1
    assert "参加をお願いしました" in said(host.get(people(role)))


def test_what_a_colleague_answered_is_said_in_its_place(host: Client, slot: Slot) -> None:
    asked = ask(slot, "はな")
    Application.objects.update(status=ApplicationStatus.DECLINED, answered_at=NOW)
    for what, form in (("accept", {}), ("decline", {"ready": "full"})):
        page = said(send(host, f"/organisation/applications/{asked.public_id}/{what}/", **form), 409)
        assert "もう返事がされています" in page


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"ready": "full"}, "人数がいっぱいになりました"),
        ({"ready": "own", "reason": "雨が多くて、へらしました。"}, "雨が多くて、へらしました。"),
        ({"ready": "plans", "reason": "これは送らない"}, "こちらの都合が変わり"),
    ],
)
def test_a_no_brings_kind_words(host: Client, slot: Slot, form: dict[str, str], words: str) -> None:
    asked = ask(slot, "はな")
    assert send(host, f"/organisation/applications/{asked.public_id}/decline/", **form).status_code == 302
    letter = Notification.objects.get(user=asked.volunteer.user)
    assert letter.body.endswith(words) or words in letter.body.splitlines()[-1]
    assert "これは送らない" not in letter.body
    assert status(asked) == ApplicationStatus.DECLINED


def test_the_ready_words_are_in_the_language_of_who_reads_them(host: Client, slot: Slot) -> None:
    asked = ask(slot, "Anna", volunteer__user__language="en")
    send(host, f"/organisation/applications/{asked.public_id}/decline/", ready="full")
    assert "All places are taken" in Notification.objects.get(user=asked.volunteer.user).body


@pytest.mark.parametrize("form", [{}, {"ready": "own"}, {"ready": "own", "reason": "  "}, {"ready": "rude"}])
def test_a_no_without_words_is_not_sent(host: Client, slot: Slot, form: dict[str, str]) -> None:
    asked = ask(slot, "はな")
    path = f"/organisation/applications/{asked.public_id}/decline/"
    assert " checked" not in said(host.get(path))
    Slot.objects.filter(pk=slot.pk).update(taken=F("capacity"))
    assert said(host.get(path)).count(" checked") == 1
    said(send(host, f"/organisation/applications/{asked.public_id}/decline/", **form), 400)
    assert status(asked) == ApplicationStatus.ASKED


def test_a_role_that_rests_says_what_opens_it_again(host: Client, role: Role, slot: Slot) -> None:
    asked = ask(slot, "はな", reminded_at=NOW, escalated_at=NOW)
    Role.objects.update(status=RoleStatus.RESTING)
    page = said(host.get(people(role)))
    assert "新しい申し込みの受付をお休みしています" in page
    assert "コーディネーターにも知らせました" in page
    send(host, f"/organisation/applications/{asked.public_id}/accept/")
    assert Role.objects.get().status == RoleStatus.OPEN


def test_a_day_that_passed_still_gets_an_apology(host: Client, role: Role) -> None:
    asked = ask(SlotFactory(role=role, starts_at=at(-1, 9)), "はな", at(-2, 9))
    page = said(host.get(people(role)))
    assert "おわびのお返事を送れます" in page
    assert f"/organisation/applications/{asked.public_id}/accept/" not in page


def test_others_and_what_is_not_released_are_not_there(host: Client, slot: Slot) -> None:
    young = ApplicationFactory(slot=slot, volunteer=JuniorFactory())
    theirs = ask(SlotFactory(), "よそ")
    assert host.get(people(theirs.slot.role)).status_code == 404
    for asked in (young, theirs):
        for what in ("accept", "decline"):
            path = f"/organisation/applications/{asked.public_id}/{what}/"
            assert host.get(path).status_code == 404
            assert send(host, path, ready="full").status_code == 404
            assert host.get(f"/organisation/applications/{asked.pk}/{what}/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_few_queries_however_many_people(
    host: Client, role: Role, slot: Slot, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    ApplicationFactory.create_batch(count, slot=slot, released_at=NOW)
    for day in range(count):
        PlacementFactory.create_batch(2, slot=SlotFactory(role=role, starts_at=at(8 + day, 9), taken=2))
    with django_assert_max_num_queries(12):
        said(host.get(people(role)))
