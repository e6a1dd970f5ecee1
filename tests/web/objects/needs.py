"""What the neighbourhoods need, who would help, and how it becomes a role."""

from __future__ import annotations

from organisations.models import SupportDesk
from tests.factories import NeedFactory, PledgeFactory
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side


def desk_of(side: Side) -> SupportDesk:
    """The desk that looks after the neighbourhood of this side."""
    return SupportDesk.objects.get(towns=side.posted.organisation.town)


def _need(side: Side) -> Target:
    return by_pk(NeedFactory(desk=desk_of(side), town=side.posted.organisation.town))


def _pledge(side: Side) -> Target:
    return by_pk(PledgeFactory(volunteer=side.taking.volunteer, need=_need(side).row))


OBJECTS: dict[str, Which] = {
    "public:need": _need,
    "volunteer:pledge": _need,
    "volunteer:withdraw_pledge": _pledge,
}


def more_needs(side: Side, count: int) -> None:
    NeedFactory.create_batch(count, desk=desk_of(side))


LISTS: dict[str, tuple[str, Grow]] = {
    "public:needs": ("stranger", more_needs),
    "public:needs_map": ("stranger", more_needs),
}
