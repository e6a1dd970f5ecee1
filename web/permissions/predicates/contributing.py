"""Who may see an offer, ask for it, and speak for a side of what came of it."""

from __future__ import annotations

from organisations.models import Cooperation, Membership, Offer
from organisations.models.organisation import Approval
from organisations.services.coordinating import desks
from web.permissions.predicates.coordinator import has_area
from web.permissions.predicates.person import Person, predicate


@predicate
def is_public_offer(_user: Person, offer: Offer | None) -> bool:
    return offer is None or Offer.objects.public().filter(pk=offer.pk).exists()


@predicate
def is_approved_host(user: Person, offer: Offer | None) -> bool:
    """Whether somebody is a member of an approved organisation, other than the one that gives."""
    if not user.is_authenticated:
        return False
    own = Membership.objects.filter(user=user, organisation__approval=Approval.APPROVED)
    return (own if offer is None else own.exclude(organisation=offer.organisation_id)).exists()


@predicate
def gives_or_takes(user: Person, row: Cooperation | None) -> bool:
    """Whether somebody is a member of the organisation that gives or of the one that takes."""
    if not user.is_authenticated:
        return False
    if row is None:
        return Membership.objects.filter(user=user).exists()
    return Cooperation.objects.of(user).filter(pk=row.pk).exists()


@predicate
def coordinates_cooperation(user: Person, row: Cooperation | None) -> bool:
    """Whether either organisation lies in this person's area, or they have one."""
    towns = [] if row is None else [row.host.town, row.offer.organisation.town]
    return has_area(user) if row is None else any(desks.is_coordinator_of(user, town) for town in towns)
