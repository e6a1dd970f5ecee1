"""Volunteers → arrays."""

from __future__ import annotations

import datetime as dt

import numpy as np

from matching.dataset import free_days, past, profiles, wording
from matching.dataset.profiles import Profiles
from matching.dataset.rows import columns, positions
from matching.dataset.scope import Days, Who
from matching.dataset.traits import Traits
from matching.dataset.vocabulary import Ids, Ticks, Vocabulary
from matching.engine.problem import Bool, Float, Int, Volunteers
from matching.engine.tree import spread, with_descendants

_TOWNS = (
    "SELECT id::int8, coalesce(lat, 'NaN')::float8, coalesce(lng, 'NaN')::float8 FROM organisations_town ORDER BY id"
)
GUARDIAN, CONTACT, GONE = range(3)
_OF_ACCOUNTS = f"""
    SELECT user_id::int8, CASE kind WHEN 'contact' THEN {CONTACT} ELSE {GUARDIAN} END::int8 FROM accounts_consent
    WHERE {{who}} AND kind IN ('contact', 'guardian') AND withdrawn_at IS NULL
    AND (expires_on IS NULL OR expires_on >= %s)
    UNION ALL SELECT id::int8, {GONE}::int8 FROM accounts_user WHERE NOT is_active AND {{whose}}
"""  # noqa: S608


def read(
    who: Who, days: Days, vocabulary: Vocabulary, traits: Traits, now: dt.datetime | None
) -> tuple[Ids, Volunteers]:
    """Return the ids, ascending, and the rows in the same order.

    Parameters
    ----------
    now : until when their past is read, most of all that is read; None for who could come, which does not ask for it.
    """
    turn = wording.model_of(vocabulary)
    said = profiles.read(who, version=turn.version, dims=turn.dims)
    ids, body = said.ids, said.body
    who = Who(ids=ids.tolist())
    volunteer, day, free = free_days.that_differ(said, days)
    may_contact, has_guardian = _agreed(body["user"].astype(np.int64), days.first)
    lat, lng = _homes(body["town"].astype(np.int64))
    so_far = past.none(ids, traits) if now is None else past.read(who, ids, traits, now)
    return ids, Volunteers(
        lat=lat,
        lng=lng,
        travel_limit_km=body["travel_limit_km"].astype(np.float64),
        weekly=body["weekly"].astype(np.uint64),
        exception_volunteer=volunteer,
        exception_day=day,
        exception_free=free,
        age=_ages(body["born_on"], days.first),
        has_guardian=has_guardian,
        can_contact=may_contact & (body["paused_until"] < profiles.day_number(days.first)),
        qualifications=_proved(said, vocabulary).bits(vocabulary.qualifications),
        access_needs=_ticks(said, profiles.ACCESS).bits(vocabulary.access),
        party_size=body["party"].astype(np.int32),
        takes_online=body["online"] > 0,
        is_home_only=body["home_only"] > 0,
        minutes_at_most=body["minutes"].astype(np.int32),
        interests=spread(_ticks(said, profiles.INTEREST).matrix(vocabulary.activities), vocabulary.parent),
        avoids=with_descendants(_ticks(said, profiles.AVOIDED).matrix(vocabulary.activities), vocabulary.parent),
        skills=_ticks(said, profiles.SKILL).matrix(vocabulary.skills),
        wish=wording.completed(wording.PEOPLE, ids, said.worded, said.wishes, vocabulary),
        has_taken_part=so_far.has_taken_part,
        tried=so_far.tried,
        leanings=so_far.leanings,
    )


def _agreed(users: Ids, on: dt.date) -> tuple[Bool, Bool]:
    """Return who may be contacted, as far as accounts say so, and for whom a guardian agreed: bool (n,) each."""
    who = Who(ids=users.tolist())
    sql = who.sql(who.sql(_OF_ACCOUNTS, by="user_id").replace("{whose}", "{who}"), by="id")
    known = columns(sql, (on,), ints=("user", "what"))
    guardian, contact, gone = (np.isin(users, known["user"][known["what"] == what]) for what in range(GONE + 1))
    return contact & ~gone, guardian


def _homes(towns: Ids) -> tuple[Float, Float]:
    """Return where the middles of the towns are; NaN where that is not known."""
    known = columns(_TOWNS, ints=("id",), floats=("lat", "lng"))
    at = positions(known["id"], towns)
    return known["lat"][at], known["lng"][at]


def _ages(born_on: Ids, on: dt.date) -> Int:
    """Return whole years on the date *on*, of people born so many days after the first of 1970."""
    born = born_on.astype("datetime64[D]")
    years, months = born.astype("datetime64[Y]"), born.astype("datetime64[M]")
    birthday = (months - years).astype(np.int64) * 100 + (born - months).astype(np.int64)  # months and days from 0 on
    is_to_come: Bool = birthday > (on.month - 1) * 100 + on.day - 1
    ages: Int = (on.year - 1970 - years.astype(np.int64) - is_to_come).astype(np.int32)
    return ages


def _ticks(said: Profiles, kind: int) -> Ticks:
    return Ticks(*said.ticked(kind), len(said.ids))


def _proved(said: Profiles, vocabulary: Vocabulary) -> Ticks:
    """Return the qualifications that were looked at, and those for which one's word is enough."""
    proved, whose = _ticks(said, profiles.CONFIRMED), _ticks(said, profiles.SAID)
    counts = np.isin(whose.terms, vocabulary.taken_at_word)
    return Ticks(
        np.concatenate([proved.rows, whose.rows[counts]]),
        np.concatenate([proved.terms, whose.terms[counts]]),
        len(said.ids),
    )
