"""Open roles and their slots → arrays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.dataset import vocabulary, wording
from matching.dataset.choices import ways
from matching.dataset.rows import columns, positions
from matching.dataset.scope import Days, days_from
from matching.dataset.traits import BESIDES, MAIN, Traits
from matching.dataset.vocabulary import Ids, Ticks, Vocabulary
from matching.engine.problem import Roles, Slots
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.conditions import COORDINATOR_UNDER

# So long before a slot with a fixed beginning nobody is asked any more: people must hear of it and get there.
LEAD = dt.timedelta(hours=12)
NO_LIMIT = 200

_OPEN = "r.status = 'open' AND o.approval = 'approved'"
_FROM = "organisations_role r JOIN organisations_organisation o ON o.id = r.organisation_id"
_NUMBERS = f"""
    SELECT r.id::int8, r.is_online::int::int8, r.min_age::int8, coalesce(r.max_age, {NO_LIMIT})::int8,
        r.guardian_under::int8, r.takes_groups::int::int8, r.effort::int8, r.asks_first::int::int8,
        r.organisation_id::int8,
        coalesce(v.lat, 'NaN')::float8, coalesce(v.lng, 'NaN')::float8
    FROM {_FROM} LEFT JOIN organisations_venue v ON v.id = r.venue_id WHERE {_OPEN} ORDER BY r.id
"""  # noqa: S608
_INTS = ("id", "online", "min_age", "max_age", "guardian_under", "groups", "effort", "asks_first", "host")
_TICKS = {
    name: f"SELECT x.role_id::int8, x.{term}_id::int8 FROM {table} x WHERE x.role_id = ANY(%s)"  # noqa: S608
    for name, term, table in [
        ("skills", "skill", "organisations_role_skills"),
        ("qualifications", "qualification", "organisations_role_qualifications"),
        ("access", "accessfeature", "organisations_role_access"),
    ]
}
_ACTIVITIES = """
    SELECT role_id::int8, activity_id::int8, position::int8 FROM organisations_roleactivity
    WHERE role_id = ANY(%s) ORDER BY role_id, position
"""
_SLOTS = """
    SELECT s.id::int8, s.role_id::int8, s.capacity::int8, (s.capacity - s.taken)::int8, coalesce(s.minutes, 0)::int8,
        floor(extract(epoch FROM s.starts_at - %s) / 60)::int8, ceil(extract(epoch FROM s.ends_at - %s) / 60)::int8
    FROM organisations_slot s
    WHERE s.role_id = ANY(%s) AND s.cancelled_at IS NULL AND s.ends_at > %s AND s.starts_at < %s
    ORDER BY s.role_id, s.starts_at, s.id
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """The side of the roles: the same whichever volunteers are read.

    Row *i* of ``roles`` is ``role_ids[i]``, ascending, and row *i* of ``slots`` is ``slot_ids[i]``.
    """

    days: Days
    words: Vocabulary
    traits: Traits
    role_ids: Ids
    roles: Roles
    slot_ids: Ids
    slots: Slots


def read(now: dt.datetime) -> Asked:
    """Return the open roles and their slots as they are; *now* says which days and slots are ahead."""
    days, words = days_from(now), vocabulary.read()
    role_ids, roles, traits = _roles(words)
    slot_ids, slots = read_slots(role_ids, days, now)
    return Asked(days, words, traits, role_ids, roles, slot_ids, slots)


@lru_cache(maxsize=1)
def of_run(run_id: int, now: dt.datetime) -> Asked:  # noqa: ARG001  the number tells one run from another
    """Return the same, read once in a process for all the parts of a run that it works on.

    So one part may know a role as it was when this process began, and another one as it was when that did. Nothing is
    lost by it: what a role looked like when the run began is written down then (`matching.services.listing.listed`),
    before any part reads it; where it looks otherwise after the run, the lists it is in or should be in are made anew.
    """
    return read(now)


def _roles(words: Vocabulary) -> tuple[Ids, Roles, Traits]:
    """Return the ids of the open roles, ascending, their rows, and their traits."""
    numbers = columns(_NUMBERS, ints=_INTS, floats=("lat", "lng"))
    ids = numbers["id"]
    traits = Traits(words.activities, np.unique(numbers["host"]))
    ticks = {name: _ticks(query, ids) for name, query in _TICKS.items()}
    about = columns(_ACTIVITIES, (ids.tolist(),), ints=("row", "term", "position"))
    activities = Ticks(positions(ids, about["row"]), about["term"], len(ids))
    weights = np.where(about["position"] == 0, MAIN, BESIDES)
    return (
        ids,
        Roles(
            lat=numbers["lat"],
            lng=numbers["lng"],
            is_online=numbers["online"] > 0,
            is_approved=np.ones(len(ids), np.bool_),
            min_age=numbers["min_age"].astype(np.int32),
            max_age=numbers["max_age"].astype(np.int32),
            guardian_under=numbers["guardian_under"].clip(COORDINATOR_UNDER, ADULT_AGE).astype(np.int32),
            qualifications=ticks["qualifications"].bits(words.qualifications),
            access=ticks["access"].bits(words.access),
            takes_groups=numbers["groups"] > 0,
            activities=activities.matrix(words.activities, weights),
            skills=ticks["skills"].matrix(words.skills),
            text=wording.of_roles(ids, words),
            effort=numbers["effort"].astype(np.int32),
            asks_first=numbers["asks_first"] > 0,
            traits=traits.shares(ids),
        ),
        traits,
    )


def _ticks(sql: str, ids: Ids) -> Ticks:
    pairs = columns(sql, (ids.tolist(),), ints=("row", "term"))
    return Ticks(positions(ids, pairs["row"]), pairs["term"], len(ids))


def read_slots(role_ids: Ids, days: Days, now: dt.datetime) -> tuple[Ids, Slots]:
    """Return the ids and rows of the slots that are not over, full ones too, and the ways to do them."""
    found = columns(
        _SLOTS,
        (days.start, days.start, role_ids.tolist(), now, days.end),
        ints=("id", "role", "capacity", "left", "minutes", "start", "end"),
    )
    moment = _minutes(now - days.start)
    choices = ways(
        found["start"],
        found["end"],
        found["minutes"],
        now=moment,
        lead=_minutes(LEAD),
        days=days.count,
    )
    latest = np.where(found["minutes"] > 0, found["end"] - found["minutes"], found["start"])
    return found["id"], Slots(
        role=positions(role_ids, found["role"]).astype(np.int32),
        places_left=found["left"].astype(np.int32),
        minutes=np.where(found["minutes"] > 0, found["minutes"], found["end"] - found["start"]).astype(np.int32),
        starts_h=np.maximum(found["start"], moment) / 60,
        choice_slot=choices.slot,
        choice_day=choices.day,
        choice_mask=choices.mask,
        capacity=found["capacity"].astype(np.int32),
        hours_left=np.maximum(latest - moment, 0) / 60,
    )


def _minutes(length: dt.timedelta) -> int:
    return -int(-length.total_seconds() // 60)
