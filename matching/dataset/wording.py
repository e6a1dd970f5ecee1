"""What people and roles say, as one text each, and the vectors of these texts: worked out once, and kept.

A kept vector holds as long as its row has not changed since, nor the model. Which one that was is kept beside it, and
asked when it is read: so it does no harm when two workers keep the same text at once, or one of them an older one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection

from matching.dataset import rows
from matching.dataset.rows import positions
from matching.dataset.scope import Who
from matching.dataset.vocabulary import Ids, Vocabulary
from matching.engine import text
from matching.engine.text import TextModel, Vectors


@dataclass(frozen=True, slots=True)
class Source:
    """A table of rows ``r``, what they say in their own words, which activities they ticked, how vectors are kept."""

    rows: str
    words: str
    ticked: str
    key: str
    keep: str

    def sql(self, query: str) -> str:
        for name in ("rows", "words", "ticked", "key"):
            query = query.replace(f"<{name}>", getattr(self, name))
        return query


# By ascending id, so that nobody waits in a circle; nothing where the row has changed meanwhile.
_KEEP_OF_PEOPLE = """
    WITH held AS MATERIALIZED (
        SELECT p.volunteer_id, n.vector
        FROM unnest(%(ids)s::int8[], %(changes)s::timestamptz[], %(vectors)s::bytea[]) AS n (id, of_change, vector)
        JOIN matching_packedprofile p ON p.volunteer_id = n.id AND p.of_change = n.of_change
        ORDER BY p.volunteer_id FOR NO KEY UPDATE OF p
    )
    UPDATE matching_packedprofile p SET version = %(version)s, vector = h.vector FROM held h
    WHERE p.volunteer_id = h.volunteer_id
"""
_KEEP_OF_ROLES = """
    INSERT INTO matching_roletext (role_id, of_change, version, vector)
    SELECT n.id, n.of_change, %(version)s, n.vector
    FROM unnest(%(ids)s::int8[], %(changes)s::timestamptz[], %(vectors)s::bytea[]) AS n (id, of_change, vector)
    JOIN organisations_role r ON r.id = n.id AND r.changed_at = n.of_change ORDER BY n.id FOR KEY SHARE OF r
    ON CONFLICT (role_id) DO UPDATE SET
        of_change = EXCLUDED.of_change, version = EXCLUDED.version, vector = EXCLUDED.vector
"""
PEOPLE = Source(
    rows="volunteers_volunteer",
    words="r.wish",
    ticked="volunteers_volunteer_interests",
    key="volunteer_id",
    keep=_KEEP_OF_PEOPLE,
)
ROLES = Source(
    rows="organisations_role",
    words="concat_ws(' ', r.title, r.title_easy, r.title_en, r.summary, r.summary_en)",
    ticked="organisations_roleactivity",
    key="role_id",
    keep=_KEEP_OF_ROLES,
)

_KEPT_OF_ROLES = """
    SELECT t.role_id::int8, t.vector FROM matching_roletext t
    JOIN organisations_role r ON r.id = t.role_id AND r.changed_at = t.of_change
    WHERE {who} AND t.version = %s AND octet_length(t.vector) = %s
"""
# Words and ticks in one statement, and so of one moment: that of ``changed_at``.
_SAID = """
    SELECT r.id, r.changed_at, <words>, ARRAY(SELECT a.activity_id FROM <ticked> a WHERE a.<key> = r.id ORDER BY 1)
    FROM <rows> r WHERE {who} ORDER BY r.id
"""


def of_roles(ids: Ids, vocabulary: Vocabulary) -> Vectors:
    """Return the vectors of what the roles *ids* say, int8 (m, dims); see `completed`."""
    turn = model_of(vocabulary)
    query = Who(ids=ids.tolist()).sql(_KEPT_OF_ROLES, by="t.role_id")
    return completed(ROLES, ids, *rows.vectors(query, (turn.version, turn.dims), dims=turn.dims), vocabulary)


def completed(source: Source, ids: Ids, kept: Ids, vectors: Vectors, vocabulary: Vocabulary) -> Vectors:
    """Return the vectors of the texts of some rows, each with all names of the activities it ticked.

    Those that are not there are worked out, and kept.

    Parameters
    ----------
    ids : int64 (n,), ascending.
    kept : int64 (k,), which of them there are; vectors : int8 (k, dims)

    Returns
    -------
    int8 (n, dims)
    """
    found, is_there = np.zeros((len(ids), vectors.shape[1]), dtype=np.int8), np.zeros(len(ids), dtype=np.bool_)
    at = positions(ids, kept)
    found[at[at >= 0]], is_there[at[at >= 0]] = vectors[at >= 0], True
    if not is_there.all():
        new, vectors_new = _anew(source, Who(ids=ids[~is_there].tolist()), model_of(vocabulary), vocabulary)
        found[positions(ids, new)] = vectors_new
    return found


def model_of(vocabulary: Vocabulary) -> TextModel:
    return model(settings.WORD_VECTORS, vocabulary.names)


def _anew(source: Source, who: Who, turn: TextModel, vocabulary: Vocabulary) -> tuple[Ids, Vectors]:
    """Read texts, turn them into vectors, and keep these."""
    said = rows.texts(who.sql(source.sql(_SAID), by="r.id"))
    named = {id_: " ".join(names) for id_, names in zip(vocabulary.activities.tolist(), vocabulary.names, strict=True)}
    made = turn.vectors(
        [" ".join([words, *(named.get(one, "") for one in ticked)]) for _id, _changed_at, words, ticked in said]
    )
    ids = [id_ for id_, *_ in said]
    if ids:
        _keep(source, ids, [changed_at for _id, changed_at, *_ in said], made, turn.version)
    return np.array(ids, dtype=np.int64), made


def _keep(source: Source, ids: Sequence[int], changed: Sequence[dt.datetime], made: Vectors, version: str) -> None:
    """Keep vectors unless their rows have changed meanwhile; by ascending id, so that nobody waits in a circle."""
    said: dict[str, Any] = {
        "ids": list(ids),
        "changes": list(changed),
        "vectors": [vector.tobytes() for vector in made],
        "version": version,
    }
    with connection.cursor() as cursor:
        cursor.execute(source.keep, said)


@lru_cache(maxsize=2)
def model(words: Path, names: tuple[tuple[str, ...], ...]) -> TextModel:
    """Return the model of these word vectors that knows these names of activities; made once for a vocabulary."""
    return text.load(words, names)
