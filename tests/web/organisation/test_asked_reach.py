"""A host sees how many more people one change could reach, where they asked, until the role is changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.models import AuditEntry
from matching.services.explaining import counts, reach
from organisations.models import Role
from organisations.models.role import RoleStatus
from organisations.services.roles import writing
from tests.factories import NOW, MembershipFactory
from tests.matching import rows
from tests.web.conftest import said, send, signed_in

SAYS = "「50歳から」という決まりをなくすと、あと5人くらいに届きます。"
BUTTON = "変えると、あと何人に届くか見る"
REACHED = "いま何人に届いているか見る"


@pytest.fixture
def role() -> Role:
    made = rows.role(min_age=50, status=RoleStatus.DRAFT, published_at=None)
    for _ in range(9):
        rows.person()
    return made


@pytest.fixture
def host(role: Role) -> Client:
    return signed_in(MembershipFactory(organisation=role.organisation).user)


def page_of(role: Role, name: str = "") -> str:
    return f"/organisation/roles/{role.pk}/{name}"


@pytest.mark.parametrize("back", ["role", "when", "who"])
def test_the_answer_stands_where_it_was_asked_for(host: Client, role: Role, back: str) -> None:
    page = page_of(role, "" if back == "role" else f"{back}/")
    assert BUTTON in said(host.get(page))
    sent = send(host, page_of(role, "reach/"), back=back)
    assert sent["Location"] == f"{page}#reach"
    answered = said(host.get(page))
    assert answered.index('id="reach"') < answered.index(SAYS)


def test_the_answer_is_gone_once_the_role_is_changed(host: Client, role: Role) -> None:
    send(host, page_of(role, "reach/"))
    writing.change(role=role, now=NOW + dt.timedelta(minutes=1), actor=None, min_age=40)
    page = said(host.get(page_of(role)))
    assert "くらいに届きます" not in page
    assert BUTTON in page


def test_nothing_to_win_is_said(host: Client, role: Role) -> None:
    Role.objects.update(min_age=0)
    send(host, page_of(role, "reach/"))
    assert "1つ変えるだけで5人以上ふえるものは、いまはありません" in said(host.get(page_of(role)))


def test_how_many_it_reaches_is_said_in_fives_and_what_shuts_out_whom(host: Client) -> None:
    role = Role.objects.get()
    assert "お見せできる人数がありません" in said(host.get(page_of(role, "reach/")))
    Role.objects.update(status=RoleStatus.OPEN, published_at=NOW)
    for _ in range(10):
        rows.person(born_on=dt.date(1950, 1, 1))
    rows.run_once()
    found = counts.for_role(role=role)
    assert found.could_come in (5, 10)
    (condition, others), *_ = found.shut_out.items()
    shown = " ".join(said(host.get(page_of(role, "reach/"))).split())
    assert f"来られそうな方</dt> <dd> およそ{found.could_come}人 </dd>" in shown
    assert f"「{condition}」だけが合わない方</dt> <dd> およそ{others}人 </dd>" in shown
    assert (found.told, "おすすめを届けた方</dt> <dd> 少ないか、いません </dd>" in shown) == (0, True)


def test_how_many_it_reaches_now_is_led_to_where_a_role_is_published(host: Client, role: Role) -> None:
    assert REACHED not in said(host.get(page_of(role)))
    Role.objects.update(status=RoleStatus.OPEN, published_at=NOW)
    page = said(host.get(page_of(role)))
    assert page.index(REACHED) < page.index(BUTTON)
    assert [name for name in ("when/", "who/", "reach/") if REACHED in said(host.get(page_of(role, name)))] == []
    role.slots.all().delete()
    page = said(host.get(page_of(role)))
    assert (REACHED in page, BUTTON in page) == (True, False)


def test_looking_asks_nothing_and_too_many_questions_are_refused_kindly(host: Client, role: Role) -> None:
    said(host.get(page_of(role, "reach/")))
    assert not AuditEntry.objects.filter(action=reach.ASKED).exists()
    for _ in range(reach.A_DAY):
        send(host, page_of(role, "reach/"))
    assert "明日、またたずねてください" in said(send(host, page_of(role, "reach/")), 409)
    assert AuditEntry.objects.filter(action=reach.ASKED).count() == reach.A_DAY


def test_without_a_place_there_is_nothing_to_ask(host: Client, role: Role) -> None:
    Role.objects.update(venue=None)
    assert BUTTON not in said(host.get(page_of(role)))
    assert "日時と場所が決まってから" in said(host.get(page_of(role, "reach/")))
    assert "日時と場所が決まってから" in said(send(host, page_of(role, "reach/")), 409)
