"""The open roles among what offers could suit, column by column: a city has many, and each has many times."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from django.utils import timezone

from matching.dataset import wording
from matching.dataset.asked import LEAD
from matching.dataset.rows import Columns, columns, texts
from matching.dataset.traits import BESIDES, MAIN
from matching.dataset.vocabulary import Ids, Ticks, Vocabulary
from matching.engine.offers.market import ANY_TIME, PARTS_OF_DAY, Kind, Long, Occasions
from matching.engine.problem import Float
from matching.engine.text import Vectors

# Nobody said that it would help; it may. A role has its place; hands come as a group, where it takes such.
MAY = 0.5
_HELPS = {Kind.PEOPLE: 0.0, Kind.KNOW_HOW: MAY, Kind.ROOM: 0.0, Kind.VEHICLE: MAY, Kind.GOODS: MAY}
_PART_BEGINS = (0, 12, 17, 24)

FREE = """
    organisations_slot s JOIN organisations_role r ON r.id = s.role_id AND r.status = 'open' AND NOT r.is_online
    JOIN organisations_organisation o ON o.id = r.organisation_id AND o.approval = 'approved'
    JOIN organisations_venue v ON v.id = r.venue_id
    WHERE s.cancelled_at IS NULL AND s.taken < s.capacity AND (s.minutes IS NULL AND s.starts_at > %(after)s
        OR s.minutes IS NOT NULL AND s.ends_at >= %(after)s + s.minutes * interval '1 minute')
"""
"""The times with a place free that one can still be asked for, of open roles that are done somewhere."""
_TIMES = f"""
    SELECT f.id::int8, f.role_id::int8, f.organisation_id::int8, f.takes_groups::int::int8, f.places::int8,
        (f.first::date - %(today)s)::int8, (f.last::date - %(today)s)::int8, extract(isodow FROM f.first)::int8 - 1,
        extract(hour FROM f.first)::int8, extract(hour FROM f.last)::int8, f.lat::float8, f.lng::float8
    FROM (
        SELECT s.id, s.role_id, r.organisation_id, r.takes_groups, s.capacity - s.taken AS places, s.starts_at,
            s.starts_at AT TIME ZONE %(zone)s AS first,
            (s.ends_at - interval '1 microsecond') AT TIME ZONE %(zone)s AS last, v.lat, v.lng
        FROM {FREE}
    ) f ORDER BY f.role_id, f.starts_at, f.id
"""  # noqa: S608
_INTS = ("id", "role", "host", "groups", "places", "first_day", "last_day", "weekday", "first_hour", "last_hour")
_ACTIVITIES = """
    SELECT role_id::int8, activity_id::int8 FROM organisations_roleactivity WHERE role_id = ANY(%s)
    ORDER BY role_id, position, id
"""
_SAID_EASILY = """
    SELECT r.id, concat_ws(' ', r.title, r.title_en, r.summary, r.summary_en),
        ARRAY(SELECT a.activity_id FROM organisations_roleactivity a WHERE a.role_id = r.id)
    FROM organisations_role r WHERE r.id = ANY(%s) AND r.title_easy <> ''
"""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Open roles by ascending id, with the fields of `Wants`; ``slot_ids`` are those of the occasions."""

    ids: Ids
    owner: Ids
    helps: Float
    lat: Float
    lng: Float
    people: Long
    ticks: Ticks
    weights: Float
    text: Vectors
    slot_ids: Ids
    occasions: Occasions


def after(now: dt.datetime) -> dict[str, object]:
    """Return what `FREE` has to be told."""
    return {"after": now + LEAD}


def read(now: dt.datetime, words: Vocabulary) -> AskedFor:
    """Return the open roles that are done somewhere and have places free."""
    asked = after(now) | {"today": timezone.localdate(now), "zone": timezone.get_current_timezone_name()}
    times = columns(_TIMES, asked, ints=_INTS, floats=("lat", "lng"))
    ids, at_first, role = np.unique(times["role"], return_index=True, return_inverse=True)
    people = np.zeros(len(ids), dtype=np.int64)
    np.maximum.at(people, role, times["places"])
    ticks, weights = _ticked(ids, words)
    return AskedFor(
        ids=ids,
        owner=times["host"][at_first],
        helps=_helps(times["groups"][at_first]),
        lat=times["lat"][at_first],
        lng=times["lng"][at_first],
        people=people,
        ticks=ticks,
        weights=weights,
        text=_vectors(ids, words),
        slot_ids=times["id"],
        occasions=Occasions(role, times["first_day"], times["last_day"], _of_week(times)),
    )


def _helps(takes_groups: Ids) -> Float:
    helps = np.tile([_HELPS[kind] for kind in Kind], (len(takes_groups), 1))
    helps[:, Kind.PEOPLE] = takes_groups
    return helps


def _ticked(ids: Ids, words: Vocabulary) -> tuple[Ticks, Float]:
    """Return the activities of the roles, and what each counts: the first of a role more than those besides.

    What came into the vocabulary after that was read is left out.
    """
    about = columns(_ACTIVITIES, (ids.tolist(),), ints=("role", "term"))
    known = np.isin(about["term"], words.activities)
    role, term = about["role"][known], about["term"][known]
    is_first = np.ones(len(role), dtype=np.bool_)
    is_first[1:] = role[1:] != role[:-1]
    return Ticks(np.searchsorted(ids, role), term, len(ids)), np.where(is_first, MAIN, BESIDES)


def _vectors(ids: Ids, words: Vocabulary) -> Vectors:
    """Return the vectors that are kept, but of a role with a title in easy Japanese, the one without it.

    With its readings in brackets it tells a person what it is about, and an offer, which has none, nothing.
    """
    made, said = wording.of_roles(ids, words), texts(_SAID_EASILY, (ids.tolist(),))
    if said:
        named = dict(zip(words.activities.tolist(), words.names, strict=True))
        rows = np.searchsorted(ids, [id_ for id_, *_ in said])
        made[rows] = wording.model_of(words).vectors(
            [" ".join([told, *(name for one in ticked for name in named.get(one, ()))]) for _id, told, ticked in said]
        )
    return made


def _of_week(times: Columns) -> Long:
    """Return the rough times of the week that each time touches; of one over several days, all."""
    touched = np.zeros(len(times["id"]), dtype=np.int64)
    for part, (begins, ends) in enumerate(pairwise(_PART_BEGINS)):
        is_met = (times["first_hour"] < ends) & (times["last_hour"] >= begins)
        touched |= is_met.astype(np.int64) << PARTS_OF_DAY * times["weekday"] + part
    return np.where(times["first_day"] == times["last_day"], touched, ANY_TIME)
