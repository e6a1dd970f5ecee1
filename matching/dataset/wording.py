"""What people and roles say, as one text each, and the model that turns texts into vectors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings

from matching.dataset.vocabulary import Ids, Ticks, Vocabulary
from matching.engine import text
from matching.engine.text import TextModel, Vectors


def vectors(said: Mapping[int, str], activities: Ticks, ids: Ids, vocabulary: Vocabulary) -> Vectors:
    """Return the vectors of the texts of some rows, each with all names of the activities it ticked.

    Parameters
    ----------
    said : id → own words. ids : int64 (n,); activities : of the rows 0 … n - 1.

    Returns
    -------
    int8 (n, dims)
    """
    named = activities.texts(vocabulary.activities, [" ".join(names) for names in vocabulary.names])
    return model(vocabulary.names).vectors(
        [f"{said.get(id_, '')} {words}" for id_, words in zip(ids.tolist(), named, strict=True)]
    )


@lru_cache(maxsize=2)
def model(names: tuple[tuple[str, ...], ...]) -> TextModel:
    """Return the model that knows these names of activities; made once for a vocabulary."""
    return text.load(settings.WORD_VECTORS, names)
