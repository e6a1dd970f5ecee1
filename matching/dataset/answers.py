"""Answers to suggestions → what the signals said of them, as arrays to learn from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from matching.engine.problem import Bool, Float, Int, Single
from matching.engine.scoring import WEIGHTS
from matching.models import Answer, Feedback

# The newest ones: nobody's taste becomes everybody's by answering a lot.
OF_ONE_PERSON = 20

Row = tuple[int, str, dict[str, float], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered (p answers), in the order of `WEIGHTS`; see ``engine.learning.learn``."""

    signals: Single
    accepted: Bool
    person: Int

    def __len__(self) -> int:
        return len(self.accepted)

    @property
    def of_rarer(self) -> int:
        """How many there are of the rarer answer."""
        yes = int(self.accepted.sum())
        return min(yes, len(self) - yes)

    @property
    def people(self) -> int:
        return len(np.unique(self.person))


def read(*, since: dt.datetime) -> Answers:
    """Return every "yes" and "no" in force given after *since*, at most `OF_ONE_PERSON` of each person.

    Who wants a call has not decided, and who said nothing has not answered: neither is counted as a "no". Nor are
    suggestions counted that were made with other signals than today's, for there is no saying what the new ones would
    have been.
    """
    said = Feedback.objects.filter(
        undone_at=None, answer__in=[Answer.ACCEPT, Answer.DECLINE], answered_at__gt=since
    ).order_by("-answered_at", "-pk")
    columns = ("suggestion__volunteer_id", "answer", "suggestion__parts", "suggestion__weights")
    rows = list(_newest(said.values_list(*columns).iterator()))
    parts, weights = _table(row[2] for row in rows), _table(row[3] for row in rows)
    return Answers(
        signals=np.clip(parts / weights, 0.0, 1.0).astype(np.float32),
        accepted=np.array([row[1] == Answer.ACCEPT for row in rows], dtype=np.bool_),
        person=np.array([row[0] for row in rows], dtype=np.int32),
    )


def _table(rows: Iterable[dict[str, float]]) -> Float:
    return np.array([[row[name] for name in WEIGHTS] for row in rows]).reshape(-1, len(WEIGHTS))


def _newest(rows: Iterator[Row]) -> Iterator[Row]:
    seen: Counter[int] = Counter()
    for row in rows:
        if _has_todays_signals(row) and seen[row[0]] < OF_ONE_PERSON:
            seen[row[0]] += 1
            yield row


def _has_todays_signals(row: Row) -> bool:
    _person, _answer, parts, weights = row
    return parts.keys() == weights.keys() == WEIGHTS.keys() and all(weight > 0 for weight in weights.values())
