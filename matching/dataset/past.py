"""What people did and answered so far → what it says about the traits of roles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.dataset.rows import columns, positions
from matching.dataset.scope import Who
from matching.dataset.traits import Traits
from matching.dataset.vocabulary import Ids
from matching.engine.problem import Bool

YES = 1.0
# "Not my thing" is about the thing to do; a "no" without a reason may be about the day or the way as well. Whom time,
# distance or health keeps away has said nothing of what they like: that counts for nothing here.
NOT_MY_THING, NO = -1.0, -0.5
# What somebody liked half a year ago counts half: seasons and lives change.
HALF_LIFE_DAYS = 180

_AGE = "greatest(floor(extract(epoch FROM %s - said.at) / 86400), 0)::int8"
# One "yes" per slot, however it was said: by the suggestion, by asking, by being in.
_YES = f"""
    SELECT volunteer_id::int8, s.role_id::int8, min({_AGE}) FROM (
        SELECT volunteer_id, slot_id, agreed_at AS at FROM volunteers_placement WHERE {{who}} AND cancelled_at IS NULL
        UNION ALL
        SELECT volunteer_id, slot_id, asked_at FROM volunteers_application WHERE {{who}} AND status <> 'withdrawn'
        UNION ALL
        SELECT volunteer_id, slot_id, answered_at FROM matching_suggestion g
        JOIN matching_feedback f ON f.suggestion_id = g.id
        WHERE {{who}} AND f.answer = 'accept' AND f.undone_at IS NULL
    ) said JOIN organisations_slot s ON s.id = said.slot_id GROUP BY volunteer_id, s.id
"""  # noqa: S608
_NO = f"""
    SELECT volunteer_id::int8, role_id::int8, {_AGE}, (why = 'interest')::int::int8 FROM (
        SELECT volunteer_id, role_id, why, answered_at AS at FROM matching_suggestion g
        JOIN matching_feedback f ON f.suggestion_id = g.id
        WHERE {{who}} AND f.answer = 'decline' AND f.undone_at IS NULL AND f.why NOT IN ('time', 'far', 'health')
    ) said
"""  # noqa: S608
# Where nobody has written down who came, whoever was to come is taken to have been there.
_TOOK_PART = """
    SELECT DISTINCT p.volunteer_id::int8, s.role_id::int8 FROM volunteers_placement p
    JOIN organisations_slot s ON s.id = p.slot_id
    WHERE {who} AND p.cancelled_at IS NULL AND s.cancelled_at IS NULL AND s.ends_at <= %s
    AND NOT EXISTS (SELECT FROM volunteers_attendance a WHERE a.placement_id = p.id AND NOT a.came)
"""


@dataclass(frozen=True, slots=True)
class Past:
    """As the fields of ``Volunteers`` with the same names."""

    has_taken_part: Bool
    tried: sparse.csr_array
    leanings: sparse.csr_array


def read(who: Who, ids: Ids, traits: Traits, now: dt.datetime) -> Past:
    """Return the past of the volunteers *ids*, as it is at *now*."""
    yes = columns(who.sql(_YES), (now,), ints=("volunteer", "role", "days"))
    no = columns(who.sql(_NO), (now,), ints=("volunteer", "role", "days", "not_my_thing"))
    did = columns(who.sql(_TOOK_PART), (now,), ints=("volunteer", "role"))
    volunteer, role = (np.concatenate([rows[name] for rows in (yes, no)]) for name in ("volunteer", "role"))
    against = np.where(no["not_my_thing"] > 0, NOT_MY_THING, NO)
    value = np.concatenate([YES * _faded(yes["days"]), against * _faded(no["days"])])
    tried = _on_traits(ids, did["volunteer"], did["role"], np.ones(len(did["role"])), traits)
    tried.data = np.ones(tried.nnz)
    return Past(
        has_taken_part=np.isin(ids, did["volunteer"]),
        tried=tried,
        leanings=_on_traits(ids, volunteer, role, value, traits),
    )


def none(ids: Ids, traits: Traits) -> Past:
    """Return the past of volunteers of whom nothing was read."""
    nothing = sparse.csr_array((len(ids), len(traits.activities) + len(traits.hosts)))
    return Past(has_taken_part=np.zeros(len(ids), np.bool_), tried=nothing, leanings=nothing)


def _faded(days: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return 0.5 ** (days / HALF_LIFE_DAYS)


def _on_traits(ids: Ids, volunteer: Ids, role: Ids, value: npt.NDArray[np.float64], traits: Traits) -> sparse.csr_array:
    """Add each value to all traits of its role, for its volunteer."""
    row, role_ids = positions(ids, volunteer), np.unique(role)
    known = row >= 0  # a volunteer who came after the first query waits for the next run
    cells = (row[known], positions(role_ids, role[known]))
    said = sparse.csr_array((value[known], cells), shape=(len(ids), len(role_ids)))
    return sparse.csr_array(said @ traits.marks(role_ids))
