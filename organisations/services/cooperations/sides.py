"""The three sides of a cooperation: who has said yes, who speaks for whom."""

from __future__ import annotations

from accounts.models import User
from organisations.models import Cooperation, DeskMembership, Membership, Need, Organisation
from organisations.models.cooperation import Side
from organisations.services.coordinating import desks


def waiting_for(cooperation: Cooperation) -> list[Side]:
    """Return the sides that have not said yes yet."""
    return [side for side in Side if getattr(cooperation, tick(side)) is None]


def sides_of(*, cooperation: Cooperation, user: User) -> list[Side]:
    """Return the sides that *user* may speak for. Where a desk is the host, its coordinators speak for the host too."""
    own = set(Membership.objects.filter(user=user).values_list("organisation", flat=True))
    desk = DeskMembership.objects.filter(user=user, desk__organisation=cooperation.host_id)
    towns = (cooperation.host.town, cooperation.offer.organisation.town)
    speaks = {
        Side.OFFER: cooperation.offer.organisation_id in own,
        Side.HOST: cooperation.host_id in own or desk.exists(),
        Side.DESK: any(desks.is_coordinator_of(user, town) for town in towns),
    }
    return [side for side, is_so in speaks.items() if is_so]


def host_of(need: Need) -> Organisation:
    """Return who would be the host of *need*: the group that took it up, else its desk."""
    return need.host or need.desk.organisation


def tick(side: Side) -> str:
    """Return the field that says when *side* said yes."""
    return f"{side.value}_agreed_at"
