"""Companies' teams, and the pages of organisations."""

from __future__ import annotations

from django.db.models import F

from organisations.models import Hold, Slot, Team
from tests.factories import NOW, PlacementFactory, TeamFactory, at
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side


def _team(side: Side) -> Team:
    code = f"3333-{side.posted.organisation.pk:04d}"
    return Team.objects.filter(code=code).first() or TeamFactory(organisation=side.posted.organisation, code=code)


def _hold(side: Side) -> Hold:
    """Two places of the open time, taken as the service takes them."""
    kept = Hold.objects.filter(team=_team(side), slot=side.open.slot).first()
    if kept is not None:
        return kept
    Slot.objects.filter(pk=side.open.slot.pk).update(taken=F("taken") + 2)
    numbers = {"asked": 2, "places": 2, "held_at": NOW, "held_until": at(3, 9)}
    return Hold.objects.create(team=_team(side), slot=side.open.slot, **numbers)


def _placement(side: Side) -> Target:
    own = side.taking.volunteer.placements.filter(hold__isnull=False).first()
    if own is not None:
        return by_pk(own)
    Slot.objects.filter(pk=side.open.asked_slot.pk).update(taken=F("taken") + 1)
    return by_pk(PlacementFactory(volunteer=side.taking.volunteer, slot=side.open.asked_slot, hold=_hold(side)))


OBJECTS: dict[str, Which] = {
    "public:organisation": lambda side: by_pk(side.posted.organisation),
    "organisation:teams": lambda side: by_pk(side.posted.organisation),
    "organisation:new_team": lambda side: by_pk(side.posted.organisation),
    "organisation:team": lambda side: by_pk(_team(side)),
    "organisation:team_code": lambda side: by_pk(_team(side)),
    "organisation:close_team": lambda side: by_pk(_team(side)),
    "organisation:hold": lambda side: Target({"pk": _team(side).pk, "slot_pk": side.open.asked_slot.pk}, _team(side)),
    "organisation:held": lambda side: by_pk(_hold(side)),
    "organisation:release_hold": lambda side: by_pk(_hold(side)),
    "volunteer:team": lambda side: Target({"code": _team(side).code}),
    "volunteer:join_team": lambda side: Target({"code": _team(side).code, "pk": _hold(side).pk}),
    "volunteer:team_name": _placement,
}
LISTS: dict[str, tuple[str, Grow]] = {}
