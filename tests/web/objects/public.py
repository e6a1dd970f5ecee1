"""``OBJECTS`` by route. ``LISTS`` by route: who reads the list, and how it grows."""

from __future__ import annotations

from tests.factories import SlotFactory
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side

OBJECTS: dict[str, Which] = {
    "public:role": lambda side: by_pk(side.posted.role),
    "public:slot_calendar": lambda side: Target(
        {"pk": side.posted.role.pk, "slot_pk": side.posted.slot.pk}, side.posted.role
    ),
}


def more_roles(_side: Side, count: int) -> None:
    SlotFactory.create_batch(count)


LISTS: dict[str, tuple[str, Grow]] = {
    "public:home": ("stranger", more_roles),
    "public:roles": ("stranger", more_roles),
    "public:map": ("stranger", more_roles),
    "public:calendar": ("stranger", more_roles),
}
