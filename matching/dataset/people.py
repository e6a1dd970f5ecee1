"""Volunteers → arrays."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt

from matching.dataset import past, wording
from matching.dataset.choices import touched
from matching.dataset.rows import Columns, columns, positions
from matching.dataset.scope import Days, Who
from matching.dataset.traits import Traits
from matching.dataset.vocabulary import Ids, Ticks, Vocabulary
from matching.engine.problem import Bits, Volunteers
from matching.engine.tree import spread, with_descendants

DAYS_A_WEEK = 7
DAY = 1440

# Both consents in one look at the person's: looking is what takes the time here.
_NUMBERS = """
    SELECT v.id::int8, date_part('year', age(%s::date, v.born_on))::int8, v.party_size::int8,
        v.takes_online::int::int8, v.is_home_only::int::int8, coalesce(v.minutes_at_most, 0)::int8,
        (u.is_active AND (v.paused_until IS NULL OR v.paused_until < %s)
            AND coalesce(agreed.contact, false))::int::int8,
        coalesce(agreed.guardian, false)::int::int8,
        {weekly},
        coalesce(t.lat, 'NaN')::float8, coalesce(t.lng, 'NaN')::float8, v.travel_limit_km::float8
    FROM volunteers_volunteer v
    JOIN accounts_user u ON u.id = v.user_id
    JOIN organisations_town t ON t.id = v.town_id
    LEFT JOIN volunteers_availability a ON a.volunteer_id = v.id
    LEFT JOIN LATERAL (
        SELECT bool_or(c.kind = 'contact') AS contact, bool_or(c.kind = 'guardian') AS guardian FROM accounts_consent c
        WHERE c.user_id = v.user_id AND c.withdrawn_at IS NULL AND (c.expires_on IS NULL OR c.expires_on >= %s)
    ) agreed ON true
    WHERE {who} ORDER BY v.id
""".replace("{weekly}", ", ".join(f"coalesce(a.weekly[{day}], 0)::int8" for day in range(1, DAYS_A_WEEK + 1)))
_INTS = ("id", "age", "party", "online", "home_only", "minutes", "contact", "guardian", *map(str, range(DAYS_A_WEEK)))
_TICKS = {
    "interests": "SELECT volunteer_id::int8, activity_id::int8 FROM volunteers_volunteer_interests WHERE {who}",
    "avoids": "SELECT volunteer_id::int8, activity_id::int8 FROM volunteers_volunteer_avoids WHERE {who}",
    "skills": "SELECT volunteer_id::int8, skill_id::int8 FROM volunteers_volunteer_skills WHERE {who}",
    "access": "SELECT volunteer_id::int8, accessfeature_id::int8 FROM volunteers_volunteer_access_needs WHERE {who}",
    "qualifications": """
        SELECT h.volunteer_id::int8, h.qualification_id::int8
        FROM volunteers_heldqualification h JOIN organisations_qualification q ON q.id = h.qualification_id
        WHERE {who} AND (q.proof = 'self' OR h.confirmed_at IS NOT NULL)
    """,
}
_EXCEPTIONS = """
    SELECT volunteer_id::int8, ("on" - %s::date)::int8, free::int8 FROM volunteers_availabilityexception
    WHERE {who} AND "on" >= %s AND "on" < %s ORDER BY volunteer_id, "on"
"""
_BUSY = """
    SELECT volunteer_id::int8, floor(extract(epoch FROM lower(busy) - %s) / 60)::int8,
        ceil(extract(epoch FROM upper(busy) - %s) / 60)::int8
    FROM volunteers_placement WHERE {who} AND cancelled_at IS NULL AND busy && tstzrange(%s, %s)
"""


def read(who: Who, days: Days, vocabulary: Vocabulary, traits: Traits, now: dt.datetime) -> tuple[Ids, Volunteers]:
    """Return the ids, ascending, and the rows in the same order."""
    on = days.first
    numbers = columns(
        who.sql(_NUMBERS, by="v.id", row="v"), (on, on, on), ints=_INTS, floats=("lat", "lng", "travel_limit_km")
    )
    ids = numbers["id"]
    who = Who(ids=ids.tolist())
    ticks = {name: _ticks(who.sql(query), ids) for name, query in _TICKS.items()}
    weekly = np.stack([numbers[str(day)] for day in range(DAYS_A_WEEK)], axis=1).astype(np.uint64)
    volunteer, day, free = _days_that_differ(who, days, ids, weekly)
    so_far = past.read(who, ids, traits, now)
    return ids, Volunteers(
        lat=numbers["lat"],
        lng=numbers["lng"],
        travel_limit_km=numbers["travel_limit_km"],
        weekly=weekly,
        exception_volunteer=volunteer,
        exception_day=day,
        exception_free=free,
        age=numbers["age"].astype(np.int32),
        has_guardian=numbers["guardian"] > 0,
        can_contact=numbers["contact"] > 0,
        qualifications=ticks["qualifications"].bits(vocabulary.qualifications),
        access_needs=ticks["access"].bits(vocabulary.access),
        party_size=numbers["party"].astype(np.int32),
        takes_online=numbers["online"] > 0,
        is_home_only=numbers["home_only"] > 0,
        minutes_at_most=numbers["minutes"].astype(np.int32),
        interests=spread(ticks["interests"].matrix(vocabulary.activities), vocabulary.parent),
        avoids=with_descendants(ticks["avoids"].matrix(vocabulary.activities), vocabulary.parent),
        skills=ticks["skills"].matrix(vocabulary.skills),
        wish=wording.vectors(wording.PEOPLE, who, ids, vocabulary),
        has_taken_part=so_far.has_taken_part,
        tried=so_far.tried,
        leanings=so_far.leanings,
    )


def _ticks(sql: str, ids: Ids) -> Ticks:
    pairs = columns(sql, ints=("row", "term"))
    row = positions(ids, pairs["row"])
    known = row >= 0  # a volunteer who came after the first query waits for the next run
    return Ticks(row[known], pairs["term"][known], len(ids))


def _days_that_differ(
    who: Who, days: Days, ids: Ids, weekly: Bits
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Bits]:
    """Return the days on which other half hours are free: exceptions, less what a place already takes up."""
    said = columns(who.sql(_EXCEPTIONS), (days.first, days.first, days.end.date()), ints=("volunteer", "day", "free"))
    keys, free = _keys(said, ids, days), said["free"].astype(np.uint64)
    taken_keys, taken = _taken(who, days, ids)
    everything = np.union1d(keys[keys >= 0], taken_keys)
    volunteer, day = everything // days.count, everything % days.count
    holds = weekly[volunteer, (day + days.first.weekday()) % DAYS_A_WEEK] if len(everything) else free[:0]
    at = positions(everything, keys)
    holds[at[at >= 0]] = free[at >= 0]
    np.bitwise_and.at(holds, positions(everything, taken_keys), ~taken)
    return volunteer.astype(np.int32), day.astype(np.int32), holds


def _keys(rows: Columns, ids: Ids, days: Days) -> Ids:
    """Return one number per volunteer and day, -1 where the volunteer or the day is not among ours."""
    row = positions(ids, rows["volunteer"])
    known = (row >= 0) & (rows["day"] >= 0) & (rows["day"] < days.count)
    return np.where(known, row * days.count + rows["day"], -1)


def _taken(who: Who, days: Days, ids: Ids) -> tuple[Ids, Bits]:
    busy = columns(who.sql(_BUSY), (days.start, days.start, days.start, days.end), ints=("volunteer", "start", "end"))
    day = busy["start"] // DAY
    keys = _keys({"volunteer": busy["volunteer"], "day": day}, ids, days)
    known = keys >= 0
    from_ = (busy["start"] - day * DAY)[known]
    return keys[known], touched(from_, np.minimum((busy["end"] - day * DAY)[known], DAY))
