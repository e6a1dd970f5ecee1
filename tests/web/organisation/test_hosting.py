from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from organisations.models import HostingRequest, Role
from organisations.models.role import RoleStatus
from tests.factories import NOW, DeskMembershipFactory, HostingRequestFactory, MembershipFactory
from tests.web.conftest import said, send, signed_in


@pytest.fixture
def asked() -> HostingRequest:
    made: HostingRequest = HostingRequestFactory(
        need__title="庭の草取り", need__desk__organisation__phone="045-000-1234", organisation__name="花とみどりの会"
    )
    return made


@pytest.fixture
def host(asked: HostingRequest) -> Client:
    return signed_in(MembershipFactory(organisation=asked.organisation).user)


def page_of(asked: HostingRequest) -> str:
    return f"/organisation/hosting/{asked.pk}/"


def test_the_home_of_the_group_leads_to_the_question(host: Client, asked: HostingRequest) -> None:
    assert f'href="{page_of(asked)}"' in said(host.get("/organisation/"))
    page = said(host.get(page_of(asked)))
    for one in ("庭の草取り", asked.need.summary, "花とみどりの会", "045-000-1234", "引き受けます", "今回はむずかしい"):
        assert one in page, one


def test_yes_leads_to_the_draft(host: Client, asked: HostingRequest) -> None:
    answer = send(host, page_of(asked), answer="yes")
    role = Role.objects.get()
    assert answer["Location"] == f"/organisation/roles/{role.pk}/what/"
    assert (role.status, role.organisation, role.title) == (RoleStatus.DRAFT, asked.organisation, "庭の草取り")
    page = said(host.get(page_of(asked)))
    assert f'href="/organisation/roles/{role.pk}/"' in page
    assert 'name="answer"' not in page
    assert page_of(asked) not in said(host.get("/organisation/"))
    assert "もうお返事をいただいています" in said(send(host, page_of(asked), answer="no"), 409)


def test_no_is_as_good_an_answer(host: Client, asked: HostingRequest) -> None:
    assert "一覧からえらんでください" in said(send(host, page_of(asked), answer="maybe"), 400)
    assert "一覧からえらんでください" in said(send(host, page_of(asked), answer="no", why_not="rain"), 400)
    assert send(host, page_of(asked), answer="no")["Location"] == "/organisation/"
    assert HostingRequest.objects.get().is_accepted is False
    assert not Role.objects.exists()
    assert "お返事いただきました" in said(host.get(page_of(asked)))


def test_why_not_is_read_by_who_asked_with_what_to_do_next(host: Client, asked: HostingRequest) -> None:
    desk = signed_in(DeskMembershipFactory(desk=asked.need.desk).user)
    send(host, page_of(asked), answer="no", why_not="hands", remark="秋からなら、手伝えそうです")
    page = said(desk.get(f"/console/needs/{asked.need_id}/hosts/"))
    for one in ("いまは、手が足りない", "秋からなら、手伝えそうです", "窓口の募集にして"):
        assert one in page, one
    assert f'href="/console/needs/{asked.need_id}/role/"' in page
    assert "秋からなら、手伝えそうです" in said(host.get(page_of(asked)))


def test_what_is_over_needs_no_answer(host: Client, asked: HostingRequest) -> None:
    asked.need.wanted_until = NOW.date() - dt.timedelta(days=1)
    asked.need.save()
    page = said(host.get(page_of(asked)))
    assert "お返事はいりません" in page
    assert 'name="answer"' not in page


def test_others_are_not_asked(asked: HostingRequest) -> None:
    assert signed_in(MembershipFactory().user).get(page_of(asked)).status_code == 404
