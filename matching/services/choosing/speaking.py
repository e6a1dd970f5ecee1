"""Which parts of a suggestion's score are worth saying, and true when they are said."""

from __future__ import annotations

from matching.engine.scoring import WEIGHTS
from matching.explanations import Speaks
from matching.models import Suggestion
from matching.services.choosing.ties import Ties
from organisations.models import Slot

# Each is the signal's own value, from 0 to 1, whatever it was weighted with.
# Texts that are less alike share everyday words, and that is no reason that one could give.
WISHED = 0.3
# One "yes" to the same kind or the same organisation alone gives .71 or .62.
LIKED_BEFORE = 0.6
# Four of the five things that make a beginning easy.
EASY = 0.8
# A slot in less than five days that nobody has joined.
PRESSING = 0.5
MOSTLY_EMPTY = 0.5


def of(suggestion: Suggestion, between: Ties) -> Speaks:
    """Return what speaks for a suggestion, its role and slot at hand, as it was when it was planned."""
    person, role, planned = suggestion.volunteer_id, suggestion.role, suggestion.planned_at
    return Speaks(
        liked=between.liked(person, role.pk),
        near=between.near(person, role.pk),
        skill=between.skill(person, role.pk),
        is_wished=person in between.wrote and value(suggestion, "wish") >= WISHED,
        is_like_before=value(suggestion, "history") >= LIKED_BEFORE,
        took_part=between.took_part(person, role, planned),
        is_easy=not between.has_begun(person, planned) and value(suggestion, "novelty") >= EASY,
        is_pressing=value(suggestion, "urgency") >= PRESSING and _is_mostly_empty(suggestion.slot),
    )


def value(suggestion: Suggestion, signal: str) -> float:
    """Return what the signal itself said, by the table's weight where none was kept; 0 where there was none."""
    weight = suggestion.weights.get(signal, WEIGHTS.get(signal, 0.0))
    return suggestion.parts.get(signal, 0.0) / weight if weight else 0.0


def _is_mostly_empty(slot: Slot) -> bool:
    """Places may have been taken since; what is said must be so now."""
    return slot.places_left >= MOSTLY_EMPTY * slot.capacity
