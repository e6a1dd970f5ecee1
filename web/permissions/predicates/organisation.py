"""Who acts for an organisation, and what it may already hear."""

from __future__ import annotations

from typing import Protocol

from organisations.models import Hold, HostingRequest, Membership, Offer, Organisation, Repeat, Role, Slot, Team, Venue
from organisations.models.organisation import Approval
from volunteers.models import Application, Placement
from web.permissions.predicates.person import NamesUser, Person, predicate


class NamesRole(Protocol):
    """A row about one role of an organisation: a time of it, a review."""

    @property
    def role(self) -> Role: ...


class NamesSlot(Protocol):
    """A row about one time of a role: somebody asks, comes, waits."""

    @property
    def slot(self) -> Slot: ...


Posted = Organisation | Venue | Offer | Team | Hold | Role | Slot | Repeat | Application | Placement


def organisation_of(posted: Posted | HostingRequest) -> Organisation:
    if isinstance(posted, Organisation):
        return posted
    if isinstance(posted, Hold):  # held by a company, in a time of somebody else
        return posted.team.organisation
    if isinstance(posted, Venue | Offer | Team | HostingRequest):
        return posted.organisation
    return role_of(posted).organisation


def role_of(posted: Role | NamesRole | NamesSlot) -> Role:
    if isinstance(posted, Role):
        return posted
    return posted.role if hasattr(posted, "role") else posted.slot.role


@predicate
def acts_for(user: Person, posted: Posted | HostingRequest | None) -> bool:
    """Whether somebody is a member of the organisation that posted this or is asked this, or of any."""
    if not user.is_authenticated:
        return False
    own = Membership.objects.filter(user=user)
    return (own if posted is None else own.filter(organisation=organisation_of(posted))).exists()


@predicate
def is_host_of_approved(user: Person, posted: Posted | None) -> bool:
    """Whether somebody is a member of an organisation that a coordinator has approved: the one that posted this."""
    if not user.is_authenticated:
        return False
    own = Membership.objects.filter(user=user, organisation__approval=Approval.APPROVED)
    return (own if posted is None else own.filter(organisation=organisation_of(posted))).exists()


@predicate
def is_approved(_user: Person, organisation: Organisation | None) -> bool:
    return organisation is None or organisation.is_approved


@predicate
def is_invited(user: Person, invitation: NamesUser | None) -> bool:
    """Whether an invitation into an organisation was written to this person."""
    return user.is_authenticated and (invitation is None or invitation.user_id == user.pk)


@predicate
def is_released(_user: Person, application: Application | None) -> bool:
    """An organisation hears of somebody under 16 only after a coordinator has looked."""
    return application is None or application.released_at is not None
