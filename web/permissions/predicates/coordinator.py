"""What lies in the area that somebody coordinates. Without a row, each asks whether they coordinate any."""

from __future__ import annotations

from typing import Protocol

from organisations.models import DeskMembership, Hold, Offer, Organisation, Role, SupportDesk, Team, Town, Venue
from organisations.services.coordinating.desks import is_coordinator_of
from organisations.services.reviewing import rereading
from volunteers.models import Upload, Volunteer
from volunteers.services.coordinating import areas
from web.permissions.predicates.organisation import Posted, organisation_of, role_of
from web.permissions.predicates.person import NamesUser, Person, predicate
from web.permissions.predicates.volunteer import NamesVolunteer


class NamesTown(Protocol):
    @property
    def town(self) -> Town: ...


class NamesDesk(Protocol):
    @property
    def desk(self) -> SupportDesk: ...


@predicate
def has_area(user: Person) -> bool:
    return user.is_authenticated and DeskMembership.objects.filter(user=user).exists()


@predicate
def coordinates(user: Person, posted: Posted | None) -> bool:
    """Whether the place of this lies in this person's area."""
    return has_area(user) if posted is None else any(is_coordinator_of(user, town) for town in _towns(posted))


@predicate
def may_look_second(user: Person, role: Role | None) -> bool:
    """Whether a role, or what it says otherwise, waits for a second person of this person's ward to look at it."""
    if not user.is_authenticated:
        return False
    return has_area(user) if role is None else rereading.second_looks(user).filter(pk=role.pk).exists()


@predicate
def coordinates_home(user: Person, row: Volunteer | NamesVolunteer | None) -> bool:
    """Whether the person this is about lives in this person's area: the young are looked after where they live."""
    somebody = row if row is None or isinstance(row, Volunteer) else row.volunteer
    return has_area(user) if somebody is None else is_coordinator_of(user, somebody.town)


@predicate
def coordinates_addressee(user: Person, row: NamesUser | None) -> bool:
    """Whether a row names an account of this person's area: who lives, looks after the young, or acts there."""
    if not user.is_authenticated:
        return False
    return has_area(user) if row is None else areas.people_of(user).filter(pk=row.user_id).exists()


@predicate
def handed_in(user: Person, upload: Upload | None) -> bool:
    """Whether this person handed the table in: it names people whom a colleague need not see."""
    return upload is None or upload.by_id == user.pk


@predicate
def handed_in_for_own(user: Person, upload: Upload | None) -> bool:
    """Whether this person handed the file in for an organisation that they act for."""
    own = Organisation.objects.of(user)
    return (
        own.exists()
        if upload is None
        else upload.by_id == user.pk and own.filter(pk=upload.organisation_id or 0).exists()
    )


@predicate
def is_in_own_area(user: Person, town: Town | None) -> bool:
    return has_area(user) if town is None else is_coordinator_of(user, town)


@predicate
def coordinates_town_of(user: Person, row: NamesTown | None) -> bool:
    """Whether what a row is about lies in this person's area."""
    return has_area(user) if row is None else is_coordinator_of(user, row.town)


@predicate
def sits_at_desk_of(user: Person, row: NamesDesk | None) -> bool:
    """Whether a row is kept by a desk that this person coordinates for."""
    if not user.is_authenticated:
        return False
    return has_area(user) if row is None else DeskMembership.objects.filter(user=user, desk=row.desk).exists()


def _towns(posted: Posted) -> list[Town]:
    """Where its organisation is, and where it happens."""
    if isinstance(posted, Organisation):
        return [posted.town]
    if isinstance(posted, Team | Hold):
        return [organisation_of(posted).town]
    return [posted.organisation.town, posted.town] if isinstance(posted, Venue | Offer) else role_of(posted).towns
