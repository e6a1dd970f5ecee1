"""What people say of themselves, packed into one row each: read in a fraction of the time of its eight tables.

A packed profile holds as long as the row of its volunteer is the very same: whoever changes a profile, its week, a day
or a qualification writes that row anew, with the moment in ``changed_at``. What may change without it, such as
consents, is not in here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection

from matching.dataset.rows import array, blobs
from matching.dataset.scope import Who
from matching.dataset.vocabulary import Ids
from matching.engine.text import Vectors

# Others may pack the same profiles at the same time, as they were a moment before: then that is done once more, which
# takes some milliseconds and ends when they do.
MOST_TRIES = 100
KINDS = 8
INTEREST, AVOIDED, SKILL, ACCESS, CONFIRMED, SAID = range(6)
"""What a term is to somebody; the last two are qualifications that were looked at, and such that were not."""

Packed = npt.NDArray[np.void]

BODY = np.dtype(
    [
        *((name, ">i8") for name in ("user", "town")),
        ("travel_limit_km", ">f8"),
        ("weekly", ">i8", (7,)),
        *((name, ">i4") for name in ("born_on", "paused_until", "party", "online", "home_only", "minutes")),
    ]
)
"""One profile: dates as days since 1970, ``paused_until`` before all of them where there is no break."""
DAY = np.dtype([("on", ">i4"), ("free", ">i8")])
NO_DAY = -(10**6)
EPOCH = dt.date(1970, 1, 1)

# All that is packed is of one moment, that of ``changed_at`` and of the row itself: the volunteer is looked at a second
# time only to leave out whoever goes meanwhile.
_PACK = f"""
    WITH said AS MATERIALIZED (
        SELECT v.id, v.changed_at, v.xmin::text::int8 AS row_version,
            int8send(v.user_id) || int8send(v.town_id) || float8send(v.travel_limit_km) || {{week}}
            || int4send(v.born_on - '1970-01-01') || int4send(coalesce(v.paused_until - '1970-01-01', {NO_DAY}))
            || int4send(v.party_size) || int4send(v.takes_online::int) || int4send(v.is_home_only::int)
            || int4send(coalesce(v.minutes_at_most, 0)) AS body,
            coalesce((SELECT string_agg(int8send({KINDS} * t.id + t.kind), '' ORDER BY t.kind, t.id) FROM (
                SELECT {INTEREST} AS kind, activity_id AS id FROM volunteers_volunteer_interests
                    WHERE volunteer_id = v.id
                UNION ALL SELECT {AVOIDED}, activity_id FROM volunteers_volunteer_avoids WHERE volunteer_id = v.id
                UNION ALL SELECT {SKILL}, skill_id FROM volunteers_volunteer_skills WHERE volunteer_id = v.id
                UNION ALL SELECT {ACCESS}, accessfeature_id FROM volunteers_volunteer_access_needs
                    WHERE volunteer_id = v.id
                UNION ALL SELECT CASE WHEN confirmed_at IS NULL THEN {SAID} ELSE {CONFIRMED} END, qualification_id
                    FROM volunteers_heldqualification WHERE volunteer_id = v.id
            ) t), '') AS terms,
            coalesce((SELECT string_agg(int4send(e."on" - '1970-01-01') || int8send(e.free), '' ORDER BY e."on")
                FROM volunteers_availabilityexception e WHERE e.volunteer_id = v.id), '') AS days
        FROM volunteers_volunteer v LEFT JOIN volunteers_availability a ON a.volunteer_id = v.id
        WHERE v.id = ANY(%s::int8[])
    )
    INSERT INTO matching_packedprofile (volunteer_id, of_change, row_version, body, terms, days, version, vector)
    SELECT s.id, s.changed_at, s.row_version, s.body, s.terms, s.days, '', '' FROM said s
    JOIN volunteers_volunteer r ON r.id = s.id ORDER BY s.id FOR KEY SHARE OF r
    ON CONFLICT (volunteer_id) DO UPDATE SET of_change = EXCLUDED.of_change, row_version = EXCLUDED.row_version,
        body = EXCLUDED.body, terms = EXCLUDED.terms, days = EXCLUDED.days, version = '', vector = ''
    RETURNING row_version
""".replace("{week}", " || ".join(f"int8send(coalesce(a.weekly[{day}], 0))" for day in range(1, 8)))  # noqa: S608
_READ = """
    SELECT v.id::int8, p.body, p.terms, p.days,
        CASE WHEN p.version = %s AND octet_length(p.vector) = %s THEN p.vector END
    FROM volunteers_volunteer v
    LEFT JOIN matching_packedprofile p ON p.volunteer_id = v.id
        AND (p.of_change = v.changed_at AND p.row_version = v.xmin::text::int8 OR p.row_version = ANY(%s))
    WHERE {who} ORDER BY v.id
"""


def day_number(day: dt.date) -> int:
    """Return a date as days since 1970."""
    return (day - EPOCH).days


class ProfilesAreBusy(RuntimeError):
    """Each time that somebody's profile was packed, somebody else had put an older one in its place."""


@dataclass(frozen=True, slots=True)
class Profiles:
    """What some people say of themselves (n rows), as it is written.

    Parameters
    ----------
    ids : int64 (n,), ascending.
    body : `BODY` (n,)
    terms_of, terms : int64 (t,), the row of whom each term belongs to, and its id × `KINDS` + what it is to them.
    days_of : int64 (d,), the row of whom each day belongs to; days : `DAY` (d,)
    worded : int64 (k,), ids, ascending, of whom there is a vector of what they wrote; wishes : int8 (k, dims)
    """

    ids: Ids
    body: Packed
    terms_of: Ids
    terms: Ids
    days_of: Ids
    days: Packed
    worded: Ids
    wishes: Vectors

    def ticked(self, kind: int) -> tuple[Ids, Ids]:
        """Return whose the terms of this kind are, as rows, and the ids of the terms."""
        of_kind = self.terms % KINDS == kind
        return self.terms_of[of_kind], self.terms[of_kind] // KINDS


def read(who: Who, *, version: str, dims: int) -> Profiles:
    """Return the profiles as they are, packing those that were changed since they were packed last.

    Parameters
    ----------
    version, dims : of the model of texts; vectors of another one are left out.

    Raises
    ------
    ProfilesAreBusy
    """
    query = who.sql(_READ, by="v.id", row="v")
    packed_here: set[int] = set()  # as new as can be: whoever changes a profile meanwhile does so after we asked
    for _ in range(MOST_TRIES):
        ids, lengths, values = blobs(query, (version, dims, list(packed_here)), count=4)
        is_packed = lengths[0] > 0
        if is_packed.all():
            return _profiles(ids, lengths, values, dims)
        with connection.cursor() as cursor:
            cursor.execute(_PACK, [array(ids[~is_packed])])
            packed_here |= {row_version for (row_version,) in cursor.fetchall()}
    raise ProfilesAreBusy


def _profiles(ids: Ids, lengths: npt.NDArray[np.int64], values: Sequence[memoryview], dims: int) -> Profiles:
    rows, (body, terms, days, wishes) = np.arange(len(ids)), values
    return Profiles(
        ids=ids,
        body=np.frombuffer(body, BODY),
        terms_of=np.repeat(rows, lengths[1] // np.dtype(">i8").itemsize),
        terms=np.frombuffer(terms, ">i8").astype(np.int64),
        days_of=np.repeat(rows, lengths[2] // DAY.itemsize),
        days=np.frombuffer(days, DAY),
        worded=ids[lengths[3] > 0],
        wishes=np.frombuffer(wishes, np.int8).reshape(-1, dims),
    )
