"""Which roles the lists know, and in which form; and how whoever writes a list takes care not to lose a change.

Rows are the queue: a role whose fingerprint is not the one written down here waits for its lists. Whoever brings it in
first blanks that fingerprint (`begin`), then looks whose lists it concerns, and writes the new one down in the end
(`end`). Dying in between leaves it blank, and so waiting.

Somebody else may have read the role in its old form before, and write a list with it after we looked. So a list may
only be written if nothing was blanked since its roles were read: `newest_mark` before reading, `is_as` in the
transaction that writes. That one holds a lock which `begin` waits for, and so is either seen by who looks afterwards,
or sees the mark.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Max

from matching.dataset import looks
from matching.models import ListedRole, Run, RunStatus

# Two numbers that name the locks of this module among all of the database.
WRITING, BRINGING_IN = (7_203, 1), (7_203, 2)

_BLANK = """
    INSERT INTO matching_listedrole (role_id, fingerprint, listed_at)
    SELECT id, '', clock_timestamp() FROM unnest(%s::int8[]) AS role (id)
    ON CONFLICT (role_id) DO UPDATE SET fingerprint = '', listed_at = EXCLUDED.listed_at
"""
_FILL = """
    UPDATE matching_listedrole l SET fingerprint = seen.look FROM unnest(%s::int8[], %s::text[]) AS seen (id, look)
    WHERE l.role_id = seen.id AND l.fingerprint = '' AND l.listed_at <= %s
"""
_ALL = """
    INSERT INTO matching_listedrole (role_id, fingerprint, listed_at)
    SELECT id, look, clock_timestamp() FROM unnest(%s::int8[], %s::text[]) AS seen (id, look)
    ON CONFLICT (role_id) DO UPDATE SET fingerprint = EXCLUDED.fingerprint, listed_at = EXCLUDED.listed_at
"""


@contextmanager
def alone() -> Iterator[bool]:
    """Yield whether nobody else brings roles in at this moment; if so, nobody begins to before this ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", BRINGING_IN)
        (is_alone,) = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", BRINGING_IN)


@transaction.atomic
def begin(*, limit: int) -> Mapping[int, str]:
    """Blank at most so many roles that have changed, and return role id → fingerprint.

    None while a run is to come or under way: it reads all roles itself, and what changes meanwhile is found after it.
    Nor before there was one, for there are no lists.
    """
    _hold()
    last = Run.objects.filter(status=RunStatus.DONE).first()
    if last is None or Run.objects.filter(status__in=[RunStatus.REQUESTED, RunStatus.RUNNING]).exists():
        return {}
    changed = looks.changed(since=last.as_of, limit=limit)
    with connection.cursor() as cursor:
        cursor.execute(_BLANK, [list(changed)])
    return changed


def end(changed: Mapping[int, str], mark: dt.datetime | None) -> None:
    """Say that all lists know these roles in these forms, but for what was written down after *mark*."""
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [list(changed), list(changed.values()), mark])


@transaction.atomic
def begin_run(*, now: dt.datetime) -> None:
    """Say that all lists know all roles as they are *now*: a run is about to read them.

    What has been closed is remembered until the next run, for the case that this one goes wrong.
    """
    _hold()
    ListedRole.objects.filter(fingerprint=looks.IN_NO_LIST).delete()
    ListedRole.objects.update(fingerprint=looks.IN_NO_LIST)
    seen = looks.now_open(since=now)
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [list(seen), list(seen.values())])


def forget() -> None:
    """Say that it is not known what the lists know: a run that wrote some of them went wrong."""
    ListedRole.objects.update(fingerprint="")


def newest_mark() -> dt.datetime | None:
    """Return what `is_as` compares: read before the roles."""
    newest: dt.datetime | None = ListedRole.objects.aggregate(newest=Max("listed_at"))["newest"]
    return newest


def is_as(mark: dt.datetime | None) -> bool:
    """Say whether a list of roles read after *mark* may be written in this transaction."""
    hold_still()
    return mark == newest_mark()


def hold_still() -> None:
    """Let nobody begin to bring roles in before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", WRITING)


def _hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", WRITING)
