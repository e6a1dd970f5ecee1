"""What the neighbourhoods need, who would help, and how it becomes a role."""

from __future__ import annotations

from organisations.models import SupportDesk
from tests.factories import HostingRequestFactory, NeedFactory, PledgeFactory
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
    **dict.fromkeys(("console:need_pledges", "console:need_role", "console:need_hosts"), _need),
    "organisation:hosting": lambda side: by_pk(
        HostingRequestFactory(need=_need(side).row, organisation=side.posted.organisation)
    ),
    **dict.fromkeys(("api:need", "api:pledge", "api:own_need"), _need),
    "api:withdraw_pledge": _pledge,
}


def more_needs(side: Side, count: int) -> None:
    NeedFactory.create_batch(count, desk=desk_of(side))


def more_small_needs(side: Side, count: int) -> None:
    here = {"desk": desk_of(side), "town": side.posted.organisation.town, "minutes": 30}
    NeedFactory.create_batch(count, **here)


LISTS: dict[str, tuple[str, Grow]] = {
    "public:needs": ("stranger", more_needs),
    "public:needs_map": ("stranger", more_needs),
    "console:visits": ("coordinator", more_small_needs),
}
