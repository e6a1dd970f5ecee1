"""What needs people comes before what suits alike; the score stays what it is."""

from __future__ import annotations

import pytest

from matching.models import RolePrice, Run, RunStatus, Shortlist, Suggestion
from matching.services.answering import suggestions
from matching.services.asking import digests
from matching.services.choosing import prices
from organisations.models import Activity, Role
from tests.factories import NOW
from tests.matching import rows
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def gardening() -> Activity:
    return rows.gardening()


def priced(*roles_and_prices: tuple[Role, float], is_done: bool = True) -> Run:
    done = {"status": RunStatus.DONE, "finished_at": NOW, "allocated_at": NOW} if is_done else {"status": "failed"}
    run = Run.objects.create(as_of=NOW, requested_at=NOW, **done)
    for role, price in roles_and_prices:
        RolePrice.objects.create(run=run, role=role, price=price, need=3, expected=1, shown=5)
    return run


def page(volunteer: Volunteer) -> list[int]:
    return [one.role.pk for one in suggestions.show(volunteer=volunteer, now=NOW)]


def test_the_page_follows_score_less_price(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    roles = [rows.role(gardening, title=f"花だん {number}") for number in range(4)]
    rows.run_once()
    RolePrice.objects.all().delete()
    priced((roles[0], 0.05), (roles[1], 0.0), (roles[2], -0.01), (roles[3], -0.1))
    assert page(volunteer) == [roles[3].pk, roles[2].pk, roles[1].pk]
    scores = dict(Suggestion.objects.values_list("role", "score"))
    listed = Shortlist.objects.get()
    assert scores == {role: score for role, score in zip(listed.roles, listed.scores, strict=True) if role in scores}


def test_prices_of_the_newest_run_that_shared_out_count(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    first, second = (rows.role(gardening, title=f"花だん {number}") for number in range(2))
    rows.run_once()
    priced((first, -0.1), (second, 0.05))
    priced((first, 0.05), (second, -0.1))
    priced((first, -0.1), (second, 0.05), is_done=False)
    assert page(volunteer) == [second.pk, first.pk]


def test_without_prices_the_score_alone_decides(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    low, high = (rows.suggestion(volunteer, rows.role(gardening), score=score) for score in (0.4, 0.6))
    assert prices.in_order([low, high], {}) == [high, low]
    assert prices.in_order([], {}) == []


def test_page_and_digest_say_the_same_in_the_same_order(gardening: Activity) -> None:
    people = [rows.person(gardening) for _ in range(5)]
    for number in range(3):
        rows.role(gardening, title=f"花だん {number}", capacity=1)
    rows.run_once()
    assert digests.plan(now=NOW) == 5
    told = [list(one.suggestions.order_by("rank").values_list("role", flat=True)) for one in people]
    assert [page(one) for one in people] == told
    assert told != [Shortlist.objects.get(pk=one.pk).roles for one in people]
