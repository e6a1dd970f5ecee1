"""Two who write the same people's lists in one moment wait for each other, never in a circle, and the newer stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import sleep

import pytest
from django.db import OperationalError, connection, transaction

from matching.dataset import Dataset
from matching.models import Shortlist
from matching.services.listing import listed, lists, shortlists
from tests.factories import NOW
from tests.matching import rows
from tests.matching.services.leaving.test_closing import is_somebody_waiting
from volunteers.models import Volunteer

LATER = NOW + dt.timedelta(minutes=1)
Found = tuple[Dataset, dt.datetime]

pytestmark = pytest.mark.django_db(transaction=True)


def put(found: Found) -> bool:
    return shortlists.put(found, listed.newest_mark())


def while_writing(first: Found, second: Found, *, then: Callable[[], object] = lambda: None) -> list[object]:
    """Write *first*, let another connection come to the same lists with *second*, and do *then* while that one waits.

    Return what both came to, or the errors that they raised.
    """

    def come_to(act: Callable[[], object]) -> object:
        try:
            return act()
        except OperationalError as error:
            return error

    def elsewhere() -> object:
        try:
            return come_to(lambda: put(second))
        finally:
            connection.close()

    def here() -> None:
        with transaction.atomic():
            put(first)
            writing.append(thread.submit(elsewhere))
            while not is_somebody_waiting():
                assert not writing[0].done()
                sleep(0.01)
            then()

    writing: list[Future[object]] = []
    with ThreadPoolExecutor(1) as thread:
        done = come_to(here)
        return [done, writing[0].result(timeout=60)]


@pytest.fixture(params=["no lists yet", "lists"])
def both(request: pytest.FixtureRequest) -> list[Volunteer]:
    """Two people, the first of whom has a longer list than the second."""
    gardening = rows.gardening()
    rows.role(gardening)
    people = [rows.person(gardening), rows.person()]
    if request.param == "lists":
        rows.run_once(NOW)
    return people


def read(*people: Volunteer, now: dt.datetime = LATER) -> Found:
    return shortlists.read([one.pk for one in people], now=now)[0], now


def one_holds_the_first_and_then_wants_the_second(both: list[Volunteer]) -> list[object]:
    first, second = (read(one) for one in both)
    return while_writing(first, read(*both), then=lambda: put(second))


def test_never_in_a_circle(both: list[Volunteer]) -> None:
    assert one_holds_the_first_and_then_wants_the_second(both) == [None, True]
    assert Shortlist.objects.filter(computed_at=LATER).count() == 2


def test_control_in_another_order_they_would(both: list[Volunteer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_PUT", lists._PUT.replace("ORDER BY volunteer_id", "ORDER BY volunteer_id DESC"))
    done = one_holds_the_first_and_then_wants_the_second(both)
    assert sum("deadlock" in str(one) for one in done) == 1


@pytest.mark.parametrize("moments", [(NOW, LATER), (LATER, NOW)])
def test_the_newer_one_stays_whoever_comes_first(both: list[Volunteer], moments: tuple[dt.datetime, ...]) -> None:
    first, second = (read(*both, now=now) for now in moments)
    assert while_writing(first, second) == [None, True]
    assert set(Shortlist.objects.values_list("computed_at", flat=True)) == {LATER}


def test_control_without_looking_the_later_writer_would_win(
    both: list[Volunteer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "_PUT", lists._PUT[: lists._PUT.rindex("WHERE")])
    while_writing(read(*both, now=LATER), read(*both, now=NOW))
    assert set(Shortlist.objects.values_list("computed_at", flat=True)) == {NOW}
