from __future__ import annotations

from tests.factories import PlacementFactory, SlotFactory, at
from tests.web.objects.target import Grow, Which, by_pk
from tests.web.world import Side

OBJECTS: dict[str, Which] = {
    "organisation:attendance": lambda side: by_pk(side.posted.placed_slot),
    "organisation:thanks": lambda side: by_pk(side.posted.placed_slot),
    "organisation:qr": lambda side: by_pk(side.posted.placed_slot),
}


def more_days(side: Side, count: int) -> None:
    for day in range(count):
        PlacementFactory.create_batch(2, slot=SlotFactory(role=side.posted.role, starts_at=at(-day, 9)))


LISTS: dict[str, tuple[str, Grow]] = {
    "organisation:days": ("host", more_days),
}
