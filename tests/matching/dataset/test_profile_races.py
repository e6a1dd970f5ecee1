"""A profile that changes, or is packed by others, in the very moment in which it is packed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction

from matching.dataset import load
from matching.dataset import profiles as packed
from matching.models import PackedProfile
from tests.factories import NOW
from tests.matching import rows
from tests.matching.services.leaving.test_closing import is_somebody_waiting, while_leaving
from tests.together import elsewhere
from volunteers.models import Volunteer
from volunteers.services.people import profiles

pytestmark = pytest.mark.django_db(transaction=True)


def parties() -> list[int]:
    return list(load(now=NOW).problem.volunteers.party_size.tolist())


@contextmanager
def after_each_packing(act: Callable[[], object]) -> Iterator[list[object]]:
    """Let another connection do this whenever profiles have been packed here; yield what came of it."""
    done: list[object] = []

    def wrapped(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if "INSERT INTO matching_packedprofile" in sql:
            done.append(elsewhere(act))
        return result

    with connection.execute_wrapper(wrapped):
        yield done


def test_what_was_packed_while_it_changed_is_not_taken_for_the_newer_one() -> None:
    one = rows.person()
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            Volunteer.objects.select_for_update().get()  # whoever packs has read it and waits
            reading = thread.submit(lambda: elsewhere(parties))
            while not is_somebody_waiting():
                assert not reading.done()
                sleep(0.01)
            profiles.change(volunteer=one, now=NOW, actor=one.user, party_size=9)
        assert reading.result(timeout=60) == [1]
    assert parties() == [9]


def test_who_leaves_while_they_are_packed_is_left_out() -> None:
    leaves, _stays = rows.person(), rows.person(party_size=2)
    assert while_leaving(leaves, parties) == [2]


def test_whoever_reads_comes_to_an_end_though_the_profile_changes_each_time() -> None:
    one = rows.person()

    def change() -> None:
        profiles.change(volunteer=one, now=NOW, actor=one.user, party_size=9)

    with after_each_packing(change) as done:
        assert parties() == [1]
    assert len(done) == 1
    assert parties() == [9]


def test_whoever_finds_an_older_one_in_its_place_each_time_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_TRIES", 3)
    rows.person()
    spoilt = after_each_packing(lambda: PackedProfile.objects.update(row_version=1))
    with spoilt as done, pytest.raises(packed.ProfilesAreBusy):
        parties()
    assert len(done) == 3
    assert parties() == [1]
