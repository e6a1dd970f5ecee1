"""A real process that brings a role in, killed by a real SIGKILL between two lists: the next one does it all."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction

from matching.dataset import looks
from matching.models import ListedRole, Shortlist
from matching.services.listing import role_changes
from organisations.models import Role
from tests.factories import NOW
from tests.matching import rows
from tests.matching.services.listing import wards

pytestmark = pytest.mark.django_db(transaction=True)

SOON = NOW + dt.timedelta(seconds=20)
KILLED = -9
PATIENCE_S = 60
PEOPLE = 5


@pytest.fixture
def role() -> Role:
    """One that nobody's list knows yet, and everybody's should."""
    gardening = rows.gardening()
    for _ in range(PEOPLE):
        rows.person(gardening)
    rows.run_once()
    return rows.role(gardening)


def die_after(lists: int) -> int:
    """Let a process bring in what there is, kill it after so many lists, and return how many know of the role then.

    It waits there for the next person's list, which is held here until it is dead.
    """
    held = Shortlist.objects.order_by("pk").values_list("pk", flat=True)[lists]
    with transaction.atomic():
        Shortlist.objects.select_for_update().get(pk=held)
        process = _start()
        backend = _waits_for_us(process)
        process.kill()
        assert process.wait() == KILLED
        _is_gone(backend)
        return _told()


def _start() -> subprocess.Popen[bytes]:
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {"DATABASE_URL": database.geturl(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "tests.matching.services.listing.bring_in_slowly", SOON.isoformat()]
    return subprocess.Popen(command, env=environment)


def _waits_for_us(process: subprocess.Popen[bytes]) -> int:
    """Return the number of the connection that waits for a row held here."""
    sql = "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    return int(_until(lambda: process.poll() is None and _ask(sql))[0])


def _is_gone(backend: int) -> None:
    """Let the database notice now that nobody is at the other end, as it would when it next wrote there."""
    _ask("SELECT pg_terminate_backend(%s)", backend)
    _until(lambda: not _ask("SELECT 1 FROM pg_locks WHERE pid = %s LIMIT 1", backend))


def _ask(sql: str, *params: int) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone() or ()


def _until(found: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE_S
    while not (answer := found()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return answer


def _told() -> int:
    return Shortlist.objects.exclude(roles=[]).count()


@pytest.mark.parametrize("lists", [0, 2])
def test_the_next_one_does_it_all(role: Role, lists: int) -> None:
    assert die_after(lists) == lists
    assert ListedRole.objects.get(role=role).fingerprint == ""
    assert role_changes.bring_in(now=SOON) == 1
    assert _told() == PEOPLE
    assert wards.kept() == wards.computed(SOON)
    assert role_changes.bring_in(now=SOON) == 0


def test_control_written_down_first_it_would_be_lost(role: Role) -> None:
    assert die_after(2) == 2
    ListedRole.objects.filter(role=role).update(fingerprint=looks.now_open(since=NOW)[role.pk])
    assert role_changes.bring_in(now=SOON) == 0
    assert _told() == 2
    assert wards.kept() != wards.computed(SOON)
