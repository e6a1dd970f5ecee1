"""The pages about one person of a coordinator's area."""

from __future__ import annotations

from tests.factories import VolunteerFactory
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side


def _person(side: Side) -> Target:
    return by_pk(side.taking.volunteer)


def _suggestion(side: Side) -> Target:
    found = side.taking.suggestion
    return Target({"pk": found.volunteer_id, "suggestion": found.pk}, found)


OBJECTS: dict[str, Which] = {
    **dict.fromkeys(
        [
            f"console:{name}"
            for name in ("person", "change_person", "pause_person", "suggest_to", "paper", "sheet", "trail")
        ],
        _person,
    ),
    "console:answer_for": _suggestion,
}


def more_people(side: Side, count: int) -> None:
    VolunteerFactory.create_batch(count, town=side.taking.volunteer.town)


LISTS: dict[str, tuple[str, Grow]] = {
    "console:people": ("coordinator", more_people),
}
