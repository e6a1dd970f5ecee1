"""What a coordinator does with a worry: listed without a word, read one at a time, answered, passed on, ended."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from accounts.models import AuditEntry, User
from organisations.models import Town, Worry
from organisations.services.worries import beyond, sealing
from tests.factories import NOW, DeskMembershipFactory, NeedFactory, ReferralFactory, TownFactory, WorryFactory, at
from tests.web.conftest import said, send, signed_in
from web.texts import WORRY_HEARD_TEXT

pytestmark = pytest.mark.django_db
WORDS = "庭の草が伸びて困っています"


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def town() -> Town:
    town: Town = TownFactory()
    return town


@pytest.fixture
def coordinator(town: Town) -> User:
    user: User = DeskMembershipFactory(desk__towns=[town]).user
    return user


@pytest.fixture
def client(coordinator: User) -> Any:
    return signed_in(coordinator)


@pytest.fixture
def worry(town: Town) -> Worry:
    worry: Worry = WorryFactory(town=town, words=WORDS, name="みどり", contact="045-000-0000")
    return worry


def looks() -> int:
    return AuditEntry.objects.filter(action="looked_at", target="organisations.worry").count()


def test_the_list_says_number_town_and_clock_and_never_a_word(client: Any, worry: Worry) -> None:
    other = WorryFactory()
    page = said(client.get("/console/worries/"))
    assert worry.receipt in page
    assert page.count("3月3日(水)") == page.count("までに連絡します") == 1
    assert other.receipt not in page
    assert WORDS not in page
    with time_machine.travel(at(3, 10), tick=True):
        assert "を過ぎています" in said(client.get("/console/worries/"))
        assert "約束の日を過ぎたものが1件あります" in said(client.get("/console/"))


def test_a_town_of_two_desks_shows_it_once(client: Any, coordinator: User, town: Town, worry: Worry) -> None:
    DeskMembershipFactory(user=coordinator, desk__towns=[town])
    assert said(client.get("/console/worries/")).count(worry.receipt) == 1
    assert worry.receipt in said(client.get(f"/console/worries/{worry.pk}/"))


def test_its_page_shows_no_word_and_reading_leaves_a_line_each_time(client: Any, worry: Worry) -> None:
    page = said(client.get(f"/console/worries/{worry.pk}/"))
    assert WORDS not in page
    assert looks() == 0
    path = f"/console/worries/{worry.pk}/words/"
    for _ in range(2):
        read = client.get(path)
        assert all(part in said(read) for part in (WORDS, "みどり", "045-000-0000", worry.consent_text))
        assert "no-store" in read["Cache-Control"]
        assert f"/console/needs/new/?worry={worry.pk}" in said(read)
    assert looks() == 2
    assert client.head(path).status_code == 200
    assert looks() == 2
    assert "まだだれも読んでいません" not in said(client.get(f"/console/worries/{worry.pk}/"))


def test_what_was_forgotten_or_cannot_be_opened_is_said(client: Any, town: Town) -> None:
    gone = WorryFactory(town=town, sealed=None, forgotten_at=NOW, closed_at=NOW, outcome="solved")
    assert "約束どおり消しました" in said(client.get(f"/console/worries/{gone.pk}/words/"))
    broken = WorryFactory(town=town, sealed=b"x")
    assert "開く鍵がありません" in said(client.get(f"/console/worries/{broken.pk}/words/"))


def test_typed_in_from_the_telephone(client: Any, coordinator: User, town: Town) -> None:
    heard: dict[str, Any] = {
        "via": "phone",
        "town": town.pk,
        "words": WORDS,
        "reach": "phone",
        "contact": "045-000-0000",
        "name": "",
    }
    said(send(client, "/console/worries/new/", **heard), 400)
    assert not Worry.objects.exists()
    assert send(client, "/console/worries/new/", **heard, consent="on").status_code == 302
    worry = Worry.objects.get()
    page = said(client.get(f"/console/worries/{worry.pk}/"))
    assert "3月3日(水)までに連絡することを、その方に伝えてください" in page
    assert "3月3日(水)までに連絡します" in page
    assert (worry.typed_in_by, worry.via, worry.consent_text) == (coordinator, "phone", str(WORRY_HEARD_TEXT))
    assert sealing.unseal(worry.sealed or b"")["words"] == WORDS
    said(send(client, "/console/worries/new/", **{**heard, "town": TownFactory().pk}, consent="on"), 400)
    said(send(client, "/console/worries/new/", **{**heard, "contact": "1"}, consent="on"), 409)
    said(send(client, "/console/worries/new/", **{**heard, "via": "web"}, consent="on"), 400)


def test_answered_passed_on_and_ended(client: Any, worry: Worry) -> None:
    own = f"/console/worries/{worry.pk}/"
    said(send(client, f"{own}close/", outcome="solved"), 409)
    send(client, f"{own}answered/")
    said(send(client, f"{own}refer/"), 409)
    send(client, f"{own}refer/", place="区役所")
    referral = worry.referrals.get()
    send(client, f"{own}refer/{referral.pk}/", result="taken")
    referral.refresh_from_db()
    assert referral.result == "taken"
    assert "引き受けてもらえました" in said(client.get(own))
    said(send(client, f"{own}refer/{referral.pk}/", result="magic"), 400)
    said(send(client, f"{own}refer/{ReferralFactory().pk}/", result="taken"), 404)
    said(send(client, f"{own}close/", outcome="refused"), 400)
    send(client, f"{own}close/", outcome="referred")
    worry.refresh_from_db()
    assert worry.outcome == "referred"
    assert worry.receipt in said(client.get("/console/worries/?show=closed"))
    said(send(client, f"{own}answered/"), 409)


@pytest.mark.parametrize("end", ["refer", "refuse", "close"])
def test_what_has_ended_opens_no_page_of_what_comes_next(client: Any, worry: Worry, end: str) -> None:
    own = f"/console/worries/{worry.pk}/"
    said(client.get(f"{own}{end}/"))
    send(client, f"{own}refuse/", beyond="guardianship")
    assert client.get(f"{own}{end}/")["Location"] == own


def test_what_is_beyond_us_is_said_in_ready_words(client: Any, worry: Worry) -> None:
    own = f"/console/worries/{worry.pk}/"
    page = said(client.get(f"{own}refuse/"))
    assert all(str(kindly.says) in page and str(kindly.desk) in page for kindly in beyond.INSTEAD.values())
    said(send(client, f"{own}refuse/", beyond="magic"), 400)
    send(client, f"{own}refuse/", beyond="money")
    worry.refresh_from_db()
    assert worry.outcome == "refused"


def test_the_needs_behind_it_are_named(client: Any, worry: Worry) -> None:
    need = NeedFactory(title="庭の手入れ")
    need.worries.add(worry)
    assert "庭の手入れ" in said(client.get(f"/console/worries/{worry.pk}/"))


def test_the_repair_desk_knows_no_worries(client: Any) -> None:
    staff = DeskMembershipFactory(user__is_staff=True, user__is_superuser=True).user
    assert signed_in(staff).get("/admin/organisations/worry/").status_code == 404
