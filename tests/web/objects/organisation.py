from __future__ import annotations

from tests.factories import SlotFactory
from tests.web.objects.target import Grow, Which, by_pk, by_public_id
from tests.web.world import Side

OBJECTS: dict[str, Which] = {
    "organisation:people": lambda side: by_pk(side.posted.role),
    "organisation:roster": lambda side: by_pk(side.posted.placed_slot),
    "organisation:move": lambda side: by_pk(side.posted.placed_slot),
    "organisation:cancel_slot": lambda side: by_pk(side.posted.placed_slot),
    "organisation:accept": lambda side: by_public_id(side.taking.application),
    "organisation:decline": lambda side: by_public_id(side.taking.application),
}


def more_roles(side: Side, count: int) -> None:
    SlotFactory.create_batch(count, role__organisation=side.posted.organisation)


LISTS: dict[str, tuple[str, Grow]] = {
    "organisation:home": ("host", more_roles),
}
