"""One presses "take part" in one tab and "close my account" in another: it is a yes or a no, and never half of one."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Barrier

import pytest
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts.models import AuditEntry, IdempotencyKey, User
from organisations.models import Initiative, Membership, Slot
from organisations.models.role import RoleStatus
from organisations.services.taking_up import initiatives
from organisations.services.times import filling
from tests.factories import NOW, MembershipFactory, SlotFactory, UserFactory, VolunteerFactory
from tests.matching.services.leaving.test_closing import while_leaving
from tests.together import together
from tests.web.conftest import said, send, signed_in
from volunteers.models import Application, Placement, Volunteer
from web.in_the_way import InTheWayMiddleware, is_in_the_way
from web.once import once

pytestmark = pytest.mark.django_db(transaction=True)


def tabs(user: User) -> tuple[Client, Client]:
    """Two of one browser."""
    one, other = signed_in(user), Client()
    other.cookies = one.cookies
    return one, other


def join(client: Client, slot: Slot) -> HttpResponse:
    answer: HttpResponse = send(client, f"/my/slots/{slot.pk}/join/")
    return answer


def close(client: Client) -> HttpResponse:
    answer: HttpResponse = client.post("/my/close/", {"sure": "on"})  # type: ignore[assignment]
    return answer


def at_once(joins: Client, slot: Slot, closes: Client) -> list[HttpResponse | Exception]:
    return together(2, lambda number: close(closes) if number else join(joins, slot))


@pytest.mark.parametrize("asks_first", [False, True])
def test_joining_and_closing_at_once_leaves_no_place_behind(asks_first: bool) -> None:
    for _round in range(4):
        person, slot = VolunteerFactory(), SlotFactory(capacity=5, role__asks_first=asks_first)
        one, other = tabs(person.user)
        joined, closed = at_once(one, slot, other)
        assert isinstance(closed, HttpResponse)
        assert isinstance(joined, HttpResponse)
        assert closed["Location"] == "/goodbye/"
        assert joined.status_code in (302, 400, 409)
        slot.refresh_from_db()
        assert slot.taken == 0
        assert not Volunteer.objects.filter(pk=person.pk).exists()
        assert not Placement.objects.exists()
        assert not Application.objects.exists()


def test_who_comes_second_reads_why() -> None:
    person, slot = VolunteerFactory(), SlotFactory(capacity=5)
    client = signed_in(person.user)
    answer = while_leaving(person, lambda: join(client, slot))
    assert "退会の手続きがすんだため" in said(answer, 409)
    assert not AuditEntry.objects.filter(action="placement.place").exists()


def test_a_plan_that_is_sent_at_that_moment_is_not_kept() -> None:
    """The control writes the same without a form: what nobody holds the account for is left behind."""
    person, careless = VolunteerFactory(), VolunteerFactory()
    client, wish = signed_in(person.user), {"town": person.town_id, "title": "朝の体操"}
    answer = while_leaving(person, lambda: send(client, "/organisation/initiatives/new/", **wish))
    assert "退会の手続きがすんだため" in said(answer, 409)
    assert not Initiative.objects.exists()
    assert not IdempotencyKey.objects.exists()
    ask = {"user": careless.user, "town": careless.town, "title": "朝の体操", "idea": "", "activities": [], "now": NOW}
    while_leaving(careless, lambda: initiatives.ask(**ask))
    assert Initiative.objects.get().user.closed_at == NOW


def test_asking_while_the_last_one_of_the_organisation_closes_ends_one_way_or_the_other() -> None:
    for _round in range(6):
        slot = SlotFactory(capacity=5, role__asks_first=True)
        host = MembershipFactory(organisation=slot.role.organisation).user
        one, other = signed_in(VolunteerFactory().user), signed_in(host)
        joined, closed = at_once(one, slot, other)
        assert isinstance(joined, HttpResponse)
        assert isinstance(closed, HttpResponse)
        assert {joined.status_code, closed.status_code} <= {302, 409}
        is_gone = closed.status_code == 302
        slot.role.refresh_from_db()
        assert (slot.role.status == RoleStatus.CLOSED) == is_gone
        assert Membership.objects.filter(user=host).exists() != is_gone
        assert User.objects.get(pk=host.pk).is_active != is_gone
        assert Application.objects.filter(slot=slot).exists() == (joined.status_code == 302)


def in_a_circle(number: int, both: Sequence[Slot], meeting: Barrier) -> None:
    """Hold one, and want the other, which somebody else holds who wants this one."""
    filling.lock(both[number].pk)
    meeting.wait()
    filling.lock(both[1 - number].pk)


def test_two_who_wait_for_each_other_are_one_done_and_one_asked_to_try_again() -> None:
    both, meeting, people = [SlotFactory(), SlotFactory()], Barrier(2, timeout=30), [UserFactory(), UserFactory()]

    def send_form(number: int) -> HttpResponse:
        def deed() -> str:
            in_a_circle(number, both, meeting)
            return "/done/"

        return once(RequestFactory().post("/", {"once": "key"}), user=people[number], act=deed)

    ended = together(2, send_form)
    assert sorted(type(one).__name__ for one in ended) == ["HttpResponseRedirect", "InTheWay"]


def test_where_there_is_no_form_a_page_says_so() -> None:
    """What a link in a letter does, and the control: it is the database's own error that is caught."""
    both, meeting = [SlotFactory(), SlotFactory()], Barrier(2, timeout=30)

    def act(number: int) -> None:
        with transaction.atomic():
            in_a_circle(number, both, meeting)

    (stopped,) = [one for one in together(2, act) if isinstance(one, OperationalError)]
    assert is_in_the_way(stopped)
    assert not is_in_the_way(OperationalError("the connection is gone"))
    request = RequestFactory().post("/")
    request.user = UserFactory()
    middleware = InTheWayMiddleware(lambda _request: HttpResponse())
    assert "もう一度お試しください" in said(middleware.process_exception(request, stopped), 409)
    assert middleware.process_exception(request, ValueError()) is None
