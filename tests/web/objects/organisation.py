from __future__ import annotations

from tests.factories import SlotFactory
from tests.web.objects.target import Grow, Which, by_pk
from tests.web.world import Side

OBJECTS: dict[str, Which] = {
    "organisation:organisation": lambda side: by_pk(side.posted.organisation),
    "organisation:edit": lambda side: by_pk(side.posted.organisation),
}


def more_roles(side: Side, count: int) -> None:
    SlotFactory.create_batch(count, role__organisation=side.posted.organisation)


LISTS: dict[str, tuple[str, Grow]] = {
    "organisation:home": ("host", more_roles),
}
