from __future__ import annotations

from tests.factories import DeskMembershipFactory
from tests.web.objects import people
from tests.web.objects.target import Grow, Which
from tests.web.world import Side

OBJECTS: dict[str, Which] = {
    **people.OBJECTS,
}


def more_desks(side: Side, count: int) -> None:
    DeskMembershipFactory.create_batch(count, user=side.account)


LISTS: dict[str, tuple[str, Grow]] = {
    "console:today": ("coordinator", more_desks),
    **people.LISTS,
}
