"""One role, whatever its state, and the people it could be about: what a question about it needs, and no more."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from matching.dataset import asked, people, vocabulary, wording
from matching.dataset.rows import columns, positions
from matching.dataset.scope import Days, Who
from matching.dataset.traits import BESIDES, MAIN, Traits
from matching.dataset.vocabulary import Ids, Ticks, Vocabulary
from matching.engine.geodesy import cartesian_km, way_km
from matching.engine.problem import Bool, Problem, Roles
from organisations.models import Role
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.conditions import COORDINATOR_UNDER

# So much further than their limit are people looked for; the engine measures each of them again.
SLACK = 1.001

_CLOSED = """
    SELECT p.volunteer_id::int8 FROM volunteers_placement p JOIN organisations_slot s ON s.id = p.slot_id
    WHERE s.role_id = %s AND p.cancelled_at IS NULL
    UNION
    SELECT a.volunteer_id::int8 FROM volunteers_application a JOIN organisations_slot s ON s.id = a.slot_id
    WHERE s.role_id = %s AND a.status <> 'withdrawn'
    UNION
    SELECT g.volunteer_id::int8 FROM matching_suggestion g JOIN matching_feedback f ON f.suggestion_id = g.id
    WHERE g.role_id = %s AND f.answer = 'decline' AND f.undone_at IS NULL
"""
_TOWNS = "SELECT id::int8, coalesce(lat, 'NaN')::float8, coalesce(lng, 'NaN')::float8 FROM organisations_town"
_NEAR = f"""
    SELECT v.id::int8 FROM volunteers_volunteer v
    JOIN unnest(%s::int8[], %s::float8[]) AS town (id, km) ON town.id = v.town_id
    WHERE town.km <= {SLACK} * v.travel_limit_km ORDER BY v.id
"""  # noqa: S608
_ALL = "SELECT id::int8 FROM volunteers_volunteer WHERE takes_online ORDER BY id"


def read(
    *, role: Role, volunteer_ids: Sequence[int], days: Days, now: dt.datetime, with_past: bool
) -> tuple[Problem, Ids]:
    """Return the problem of one role and some people, by their ids, and the ids of its slots, full ones too.

    Parameters
    ----------
    with_past : whether what people did and answered is read, which who could come does not depend on.
    """
    words = vocabulary.read()
    traits = Traits(words.activities, np.array([role.organisation_id], dtype=np.int64))
    ids, volunteers = people.read(Who(ids=volunteer_ids), days, words, traits, now if with_past else None)
    role_ids = np.array([role.pk], dtype=np.int64)
    slot_ids, slots = asked.read_slots(role_ids, days, now)
    problem = Problem(
        volunteers=volunteers,
        roles=_roles(role, role_ids, words, traits),
        slots=slots,
        first_weekday=days.first.weekday(),
        days=days.count,
        place_access=words.place_access,
        closed=sparse.csr_array(_closed(role, ids)[:, None]),
    )
    return problem, slot_ids


def near(role: Role) -> list[int]:
    """Return the ids of everybody whom the way does not shut out; for a role done from home, of all who take such."""
    if role.is_online or role.venue is None:
        return list(columns(_ALL, ints=("id",))["id"].tolist())
    towns = columns(_TOWNS, ints=("id",), floats=("lat", "lng"))
    venue = cartesian_km(np.array([role.venue.lat]), np.array([role.venue.lng]))
    km = way_km(np.linalg.norm(cartesian_km(towns["lat"], towns["lng"]) - venue, axis=1))
    known = ~np.isnan(km)
    found = columns(_NEAR, (towns["id"][known].tolist(), km[known].tolist()), ints=("id",))
    return list(found["id"].tolist())


def _roles(role: Role, ids: Ids, words: Vocabulary, traits: Traits) -> Roles:
    activities = [named.activity_id for named in role.role_activities.order_by("position")]
    weights = np.where(np.arange(len(activities)) == 0, MAIN, BESIDES)
    return Roles(
        lat=np.array([role.venue.lat if role.venue else math.nan]),
        lng=np.array([role.venue.lng if role.venue else math.nan]),
        is_online=np.array([role.is_online]),
        is_approved=np.array([role.is_open]),
        min_age=np.array([role.min_age], dtype=np.int32),
        max_age=np.array([asked.NO_LIMIT if role.max_age is None else role.max_age], dtype=np.int32),
        guardian_under=np.array([role.guardian_under], dtype=np.int32).clip(COORDINATOR_UNDER, ADULT_AGE),
        qualifications=_ticks(_ids(role.qualifications)).bits(words.qualifications),
        access=_ticks(_ids(role.access)).bits(words.access),
        takes_groups=np.array([role.takes_groups]),
        activities=_ticks(activities).matrix(words.activities, weights),
        skills=_ticks(_ids(role.skills)).matrix(words.skills),
        text=wording.of_roles(ids, words),
        effort=np.array([role.effort], dtype=np.int32),
        asks_first=np.array([role.asks_first]),
        traits=traits.shares(ids),
    )


def _ids(terms: object) -> list[int]:
    return list(terms.values_list("pk", flat=True))  # type: ignore[attr-defined]


def _ticks(terms: Sequence[int]) -> Ticks:
    return Ticks(np.zeros(len(terms), np.int64), np.array(terms, dtype=np.int64), 1)


def _closed(role: Role, volunteer_ids: Ids) -> Bool:
    told = columns(_CLOSED, (role.pk, role.pk, role.pk), ints=("volunteer",))["volunteer"]
    return np.asarray(positions(np.sort(told), volunteer_ids) >= 0)
