"""Twenty questions a day are twenty, however many of an organisation ask in the same moment."""

from __future__ import annotations

from threading import Barrier

import pytest
from django.db import transaction

from accounts.models import AuditEntry
from accounts.services import audit
from matching.services.explaining import reach
from organisations.models import Role
from tests.factories import NOW, UserFactory
from tests.matching import rows
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


@pytest.fixture
def both() -> list[Role]:
    """Two roles of one organisation, which has one question left today."""
    one = rows.role(min_age=50)
    for _ in range(reach.A_DAY - 1):
        audit.record(actor=None, action=reach.ASKED, target=one.organisation, now=NOW, role=one.pk)
    other = rows.role(organisation=one.organisation, venue=one.venue)
    return [Role.objects.select_related("organisation", "venue").get(pk=role.pk) for role in (one, other)]


def test_of_many_who_ask_the_last_question_at_once_one_is_answered(both: list[Role]) -> None:
    asking = [UserFactory() for _ in range(AT_ONCE)]
    said = together(AT_ONCE, lambda number: reach.ask(role=both[number % 2], now=NOW, actor=asking[number]))
    assert sorted(type(one).__name__ for one in said) == ["AskedTooOften"] * (AT_ONCE - 1) + ["dict"]
    assert AuditEntry.objects.filter(action=reach.ASKED).count() == reach.A_DAY


def test_who_counts_before_it_is_their_turn_would_ask_more_often(both: list[Role]) -> None:
    """The control: the same questions, counted by each before anybody has written theirs down."""
    have_counted = Barrier(AT_ONCE)

    def unprotected(number: int) -> bool:
        organisation = both[number % 2].organisation
        with transaction.atomic():
            is_too_often = audit.trail(target=organisation).filter(action=reach.ASKED).count() >= reach.A_DAY
            have_counted.wait(timeout=30)
            if not is_too_often:
                audit.record(actor=None, action=reach.ASKED, target=organisation, now=NOW)
        return is_too_often

    assert together(AT_ONCE, unprotected) == [False] * AT_ONCE
    assert AuditEntry.objects.filter(action=reach.ASKED).count() == reach.A_DAY - 1 + AT_ONCE
