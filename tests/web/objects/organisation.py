from __future__ import annotations

from tests.factories import SlotFactory
from tests.web.objects.target import Grow, Which, by_pk
from tests.web.world import Side


def _role(names: str) -> dict[str, Which]:
    return {f"organisation:{name}": lambda side: by_pk(side.posted.role) for name in names.split()}


OBJECTS: dict[str, Which] = {
    "organisation:organisation": lambda side: by_pk(side.posted.organisation),
    "organisation:edit": lambda side: by_pk(side.posted.organisation),
    "organisation:new_role": lambda side: by_pk(side.posted.organisation),
    **_role("role what size when window where who ready check preview withdraw close discard"),
    "organisation:slot": lambda side: by_pk(side.posted.slot),
    "organisation:remove_slot": lambda side: by_pk(side.posted.slot),
}


def more_roles(side: Side, count: int) -> None:
    SlotFactory.create_batch(count, role__organisation=side.posted.organisation)


LISTS: dict[str, tuple[str, Grow]] = {
    "organisation:home": ("host", more_roles),
}
