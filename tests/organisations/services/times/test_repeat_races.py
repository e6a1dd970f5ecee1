"""Many workers extend what comes round at once: each time is made once, and without the lock it would be made twice."""

from __future__ import annotations

import datetime as dt
from threading import Barrier

import pytest
from django.db import transaction
from django.utils import timezone

from organisations.models import Repeat
from organisations.services.times import repeats
from tests.factories import NOW, RepeatFactory
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4
LATER = NOW + dt.timedelta(weeks=20)


def days(repeat: Repeat) -> list[dt.date]:
    return [timezone.localdate(slot.starts_at) for slot in repeat.slots.order_by("starts_at")]


def test_many_workers_at_once_make_each_time_once() -> None:
    rules = [RepeatFactory() for _ in range(6)]
    made = together(WORKERS, lambda _: repeats.extend(now=LATER))
    for repeat in rules:
        assert len(days(repeat)) == len(set(days(repeat))) > 0
    assert all(isinstance(one, int) for one in made)
    assert sum(made) == sum(len(days(repeat)) for repeat in rules)  # type: ignore[arg-type]


def test_who_looked_how_far_it_is_filled_before_it_is_their_turn_would_make_all_once_more() -> None:
    """The control: the same step on a rule that was read without being held."""
    repeat, have_looked = RepeatFactory(), Barrier(WORKERS)

    def unprotected(_number: int) -> None:
        seen = Repeat.objects.select_related("role").get(pk=repeat.pk)
        have_looked.wait(timeout=30)
        with transaction.atomic():
            repeats._fill(seen, timezone.localdate(LATER), now=NOW, actor=None)

    assert together(WORKERS, unprotected) == [None] * WORKERS
    assert len(days(repeat)) == WORKERS * len(set(days(repeat))) > 0


def test_a_rule_that_is_ended_at_that_moment_is_filled_before_or_not_at_all() -> None:
    for _round in range(4):
        repeat = RepeatFactory()

        def act(number: int, repeat: Repeat = repeat) -> object:
            return repeats.extend(now=LATER) if number else repeats.end(repeat=repeat, now=LATER, actor=None)

        ended, made = together(2, act)
        assert isinstance(ended, Repeat)
        assert len(days(repeat)) == made
        repeat.refresh_from_db()
        assert repeat.ended_at == LATER
