from __future__ import annotations

from tests.factories import SlotFactory
from tests.web.objects.target import Grow, Which
from tests.web.world import Side

OBJECTS: dict[str, Which] = {}


def more_roles(side: Side, count: int) -> None:
    SlotFactory.create_batch(count, role__organisation=side.posted.organisation)


LISTS: dict[str, tuple[str, Grow]] = {
    "organisation:home": ("host", more_roles),
}
