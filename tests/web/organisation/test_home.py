from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation
from organisations.models.offer import Help
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ApplicationFactory,
    CooperationFactory,
    MembershipFactory,
    OfferFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    UserFactory,
    at,
)

PAGE = "/organisation/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def organisation() -> Organisation:
    made = OrganisationFactory(name="花の会")
    MembershipFactory(organisation=made)
    return made


@pytest.fixture
def host(client: Client, organisation: Organisation) -> Client:
    client.force_login(organisation.memberships.get().user, backend=BACKEND)
    return client


def seen(client: Client) -> str:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_names_every_role_with_its_state_and_what_is_left(host: Client, organisation: Organisation) -> None:
    role = RoleFactory(organisation=organisation, title="駅前の花だん")
    SlotFactory(role=role, capacity=3, taken=1)
    SlotFactory(role=role, capacity=2, starts_at=at(6, 9))
    SlotFactory(role=role, starts_at=at(-3, 9))
    SlotFactory(role=role, cancelled_at=NOW)
    draft = RoleFactory(organisation=organisation, title="まだの会", status=RoleStatus.DRAFT)
    page = seen(host)
    for expected in ("花の会", "承認済み", "駅前の花だん", "募集中", "これからの日時は2回", "あと4人", "下書き"):
        assert expected in page
    assert f"/organisation/roles/{role.pk}/" in page
    assert f"/organisation/roles/{draft.pk}/" in page


def test_two_requests_for_one_offer_are_told_apart(host: Client, organisation: Organisation) -> None:
    chairs = OfferFactory(organisation=organisation, kind=Help.GOODS, unit="脚")
    for day, host_name, many in ((5, "茶話会", 12), (6, "子ども食堂", 30)):
        times = {"starts_at": at(day, 9), "ends_at": at(day, 12)}
        CooperationFactory(offer=chairs, host__name=host_name, quantity=many, **times)
    CooperationFactory(offer=OfferFactory(organisation=organisation, kind=Help.KNOW_HOW))
    page = " ".join(seen(host).split())
    for expected in (
        "「茶話会」の協力",
        "「子ども食堂」の協力",
        "3月6日(土) 9:00〜12:00",
        "12脚",
        "30脚",
        "3月1日(月)にとどきました",
    ):
        assert expected in page
    assert "1人" not in page


@pytest.mark.parametrize(
    ("approval", "says"),
    [
        (Approval.WAITING, "コーディネーターが確かめています"),
        (Approval.SENT_BACK, "直していただきたい"),
        (Approval.SUSPENDED, "公開されていません"),
    ],
)
def test_says_how_the_organisation_stands(host: Client, organisation: Organisation, approval: str, says: str) -> None:
    role = RoleFactory(organisation=organisation)
    Organisation.objects.update(approval=approval)
    page = seen(host)
    assert says in page
    assert f"/organisation/roles/{role.pk}/" in page


def test_says_where_somebody_waits_for_an_answer(host: Client, organisation: Organisation) -> None:
    role = RoleFactory(organisation=organisation, title="駅前の花だん")
    assert "お返事を待っている方" not in seen(host)
    for slot in (SlotFactory(role=role), SlotFactory(role=role, starts_at=at(6, 9))):
        ApplicationFactory(slot=slot, released_at=NOW)
    ApplicationFactory(slot__role=role)
    ApplicationFactory(released_at=NOW)
    page = seen(host)
    assert "「駅前の花だん」に、お返事を待っている方が2人います" in page
    assert f"/organisation/roles/{role.pk}/people/" in page


def test_nothing_of_others_is_shown(host: Client, client: Client) -> None:
    RoleFactory(title="よその会の募集")
    page = seen(host)
    assert "よその会の募集" not in page
    assert "まだ募集はありません" in page


def test_who_has_no_organisation_is_shown_how_to_get_one(client: Client) -> None:
    client.force_login(UserFactory(), backend=BACKEND)
    page = seen(client)
    assert "あなたの団体は、まだありません" in page
    assert "/organisation/new/" in page


def test_few_queries_however_many_roles(
    host: Client, organisation: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(15):
        SlotFactory(role=RoleFactory(organisation=organisation))
    with django_assert_max_num_queries(12):
        seen(host)
