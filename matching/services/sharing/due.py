"""Who may be asked now, how often still, and whose turn it is: the same for the sharing of a run and its digests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import localtime

from matching.dataset.rows import Columns, columns, positions
from matching.dataset.scope import Who
from matching.dataset.vocabulary import Ids
from matching.engine.distinct import distinct
from matching.engine.problem import Bool, Int
from matching.services.choosing import picks
from notifications.models.preference import Frequency, Preference

PICKS = 3
# So many people hear of a role for each of its free places: not all of them will come.
ASKED_PER_PLACE = 5
NEVER = int(np.iinfo(np.int64).min)
EVERYBODY = Who()

_ASKED = """
    LEFT JOIN notifications_preference p ON p.user_id = v.user_id
    LEFT JOIN (
        SELECT volunteer_id, max(planned_at) AS last_at, count(*) FILTER (WHERE planned_at >= %s) AS this_month
        FROM matching_suggestion WHERE run_id IS NOT NULL AND {who} GROUP BY volunteer_id
    ) asked ON asked.volunteer_id = v.id
"""
_ASKS_LEFT = """
    CASE WHEN coalesce(asked.last_at, '-infinity') < CASE coalesce(p.digest, %s)
        WHEN 'weekly' THEN %s WHEN 'monthly' THEN %s ELSE '-infinity'::timestamptz END
    THEN greatest(coalesce(p.asks_per_month, %s) - coalesce(asked.this_month, 0), 0) ELSE 0 END
"""
_PEOPLE = f"""
    SELECT v.id::int8 AS id, v.party_size::int8 AS party_size,
        coalesce(asked.last_at, '-infinity'::timestamptz) AS last_at, {_ASKS_LEFT} AS asks_left
    FROM volunteers_volunteer v
    JOIN accounts_user u ON u.id = v.user_id {_ASKED}
    WHERE u.is_active AND (v.paused_until IS NULL OR v.paused_until < %s)
    AND EXISTS (
        SELECT FROM accounts_consent c WHERE c.user_id = u.id AND c.kind = 'contact' AND c.withdrawn_at IS NULL
        AND (c.expires_on IS NULL OR c.expires_on >= %s))
"""  # noqa: S608
_IS_LEFT = f"""
    SELECT v.id::int8 FROM volunteers_volunteer v {_ASKED} WHERE {{whose}} AND {_ASKS_LEFT} > 0 ORDER BY v.id
"""  # noqa: S608
_ALL = f"""
    SELECT d.id, d.party_size, d.asks_left::int8,
        CASE WHEN isfinite(d.last_at) THEN (extract(epoch FROM d.last_at) * 1000000)::int8 ELSE {NEVER} END
    FROM ({_PEOPLE}) d WHERE {{whose}} ORDER BY d.id
"""  # noqa: S608
_NEXT = f"""
    SELECT d.id, d.last_at::text, d.asks_left FROM ({_PEOPLE.replace("{who}", "true")}) d
    JOIN matching_allotment a ON a.volunteer_id = d.id AND a.run_id = %s
    WHERE d.asks_left > 0 AND (d.last_at, d.id) > (%s::timestamptz, %s)
    ORDER BY d.last_at, d.id LIMIT %s
"""  # noqa: S608


@dataclass(frozen=True)
class Period:
    """The week and the month that *now* lies in, by the local calendar."""

    now: dt.datetime
    week: dt.datetime
    month: dt.datetime

    def key(self, user_id: int, digest: str) -> str:
        """Return the key under which one digest, and no second one, goes to a person in this week or month."""
        year, week, _day = self.week.isocalendar()
        name = f"{self.month:%Y-%m}" if digest == Frequency.MONTHLY else f"{year}-W{week:02}"
        return f"digest:{user_id}:{name}"


def period(now: dt.datetime) -> Period:
    today = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(now, today - dt.timedelta(days=today.weekday()), today.replace(day=1))


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who may be asked at all, by id: active, with consent, not taking a break (n rows).

    Parameters
    ----------
    id : int64 (n,)
    party_size : int32 (n,), how many places they take.
    asks_left : int32 (n,), how many suggestions may be sent to them now; 0 where none is due.
    last_asked : int64 (n,), microseconds; `NEVER` where they never were.
    """

    id: Ids
    party_size: Int
    asks_left: Int
    last_asked: Ids

    def __len__(self) -> int:
        return len(self.id)


def read(*, now: dt.datetime, who: Who = EVERYBODY) -> People:
    """Return those of *who* that may be asked, as it is at *now*."""
    sql = who.sql(who.sql(_ALL).replace("{whose}", "{who}"), by="d.id")
    found = columns(sql, _said(period(now)), ints=("id", "party_size", "asks_left", "last_asked"))
    return People(
        found["id"], found["party_size"].astype(np.int32), found["asks_left"].astype(np.int32), found["last_asked"]
    )


def have_asks_left(ids: Ids, *, now: dt.datetime) -> Bool:
    """Return to whom something may be sent now, by when and how often they were asked, bool (n,).

    Whether they may be contacted at all is not looked at: whoever asks knows.
    """
    who = Who(ids=ids.tolist())
    sql = who.sql(who.sql(_IS_LEFT).replace("{whose}", "{who}"), by="v.id")
    current, usual = period(now), Preference()
    asks = (usual.digest, current.week, current.month, usual.asks_per_month)
    return among(columns(sql, (current.month, *asks), ints=("id",))["id"], ids)


def following(*, run_id: int, now: dt.datetime, after: tuple[str, int], limit: int) -> list[tuple[int, str, int]]:
    """Return volunteer, when last asked, and how many asks are left, of those to whom the run allotted something.

    The least recently asked first, from behind *after* on, at most *limit* of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, (*_said(period(now)), run_id, *after, limit))
        return list(cursor.fetchall())


def _said(current: Period) -> tuple[str | int | dt.date, ...]:
    """Return the parameters of `_PEOPLE`."""
    usual, today = Preference(), localtime(current.now).date()
    return (usual.digest, current.week, current.month, usual.asks_per_month, current.month, today, today)


def not_now(volunteer_ids: Ids, role_ids: Ids, *, now: dt.datetime, who: Who = EVERYBODY) -> Ids:
    """Return the pairs of rows that must not be suggested now, as volunteer × m + role, ascending, each once."""
    found = []
    for some in picks.not_now(now):
        pairs = whole_numbers(some, "volunteer", "role", who=who)
        volunteer, role = positions(volunteer_ids, pairs["volunteer"]), positions(role_ids, pairs["role"])
        known = (volunteer >= 0) & (role >= 0)
        found.append(volunteer[known] * len(role_ids) + role[known])
    return distinct(np.concatenate(found))


def among(pairs: Ids, keys: Ids) -> Bool:
    """Return which of *keys* are among the ascending *pairs*."""
    return positions(pairs, keys) >= 0


def whole_numbers(rows: QuerySet[Any, Any], *names: str, who: Who | None = None) -> Columns:
    """Return the columns of a ``values_list`` of whole numbers, none of them ever NULL, as int64 arrays.

    With *who*, of these people alone; the column ``volunteer`` says whose a row is.
    """
    sql, params = rows.query.sql_with_params()
    quoted = [f'"{name}"' for name in names]
    query = f"SELECT {'::int8, '.join(quoted)}::int8 FROM ({sql}) found ({', '.join(quoted)})"  # noqa: S608
    return columns(who.sql(f"{query} WHERE {{who}}", by="volunteer") if who else query, params, ints=names)
