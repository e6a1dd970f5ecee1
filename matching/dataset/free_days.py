"""Days on which people are free at other half hours than usual: as they said, and because they have a place."""

from __future__ import annotations

import numpy as np

from matching.dataset.choices import touched
from matching.dataset.profiles import Profiles, day_number
from matching.dataset.rows import columns, positions
from matching.dataset.scope import Days, Who
from matching.dataset.vocabulary import Ids
from matching.engine.distinct import distinct
from matching.engine.problem import Bits, Int

DAYS_A_WEEK = 7
DAY = 1440

_BUSY = """
    SELECT volunteer_id::int8, floor(extract(epoch FROM lower(busy) - %s) / 60)::int8,
        ceil(extract(epoch FROM upper(busy) - %s) / 60)::int8
    FROM volunteers_placement WHERE {who} AND cancelled_at IS NULL AND busy && tstzrange(%s, %s)
"""


def that_differ(said: Profiles, days: Days) -> tuple[Int, Int, Bits]:
    """Return the rows, the days and their half hours: exceptions, less what a place already takes up.

    Returns
    -------
    volunteer, day : int32 (k,), ascending together; free : uint64 (k,)
    """
    on = said.days["on"].astype(np.int64) - day_number(days.first)
    known = (on >= 0) & (on < days.count)
    keys, free = said.days_of[known] * days.count + on[known], said.days["free"][known].astype(np.uint64)
    taken_keys, taken = _taken(said.ids, days)
    everything = distinct(np.concatenate([keys, taken_keys]))
    volunteer, day = everything // days.count, everything % days.count
    holds = said.body["weekly"][volunteer, (day + days.first.weekday()) % DAYS_A_WEEK].astype(np.uint64)
    holds[positions(everything, keys)] = free
    np.bitwise_and.at(holds, positions(everything, taken_keys), ~taken)
    return volunteer.astype(np.int32), day.astype(np.int32), holds


def _taken(ids: Ids, days: Days) -> tuple[Ids, Bits]:
    """Return volunteer × days + day of each place somebody has, and the half hours that it touches."""
    who = Who(ids=ids.tolist())
    busy = columns(who.sql(_BUSY), (days.start, days.start, days.start, days.end), ints=("volunteer", "start", "end"))
    row, day = positions(ids, busy["volunteer"]), busy["start"] // DAY
    known = (row >= 0) & (day >= 0) & (day < days.count)
    from_ = (busy["start"] - day * DAY)[known]
    half_hours = touched(from_, np.minimum((busy["end"] - day * DAY)[known], DAY))
    return (row * days.count + day)[known], half_hours
