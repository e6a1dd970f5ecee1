"""What is somebody's own as a volunteer, and what everybody may see."""

from __future__ import annotations

from typing import Protocol

from organisations.models import Role
from volunteers.models import Volunteer
from web.permissions.predicates.person import Person, predicate


class NamesVolunteer(Protocol):
    """A row that belongs to one volunteer: a suggestion, a placement, an application."""

    @property
    def volunteer(self) -> Volunteer: ...


@predicate
def has_profile(user: Person) -> bool:
    return user.is_authenticated and Volunteer.objects.filter(user=user).exists()


@predicate
def is_oneself(user: Person, volunteer: Volunteer | None) -> bool:
    return volunteer is None or volunteer.user_id == user.pk


@predicate
def is_own(user: Person, row: NamesVolunteer | None) -> bool:
    """Whether a row that names a volunteer names this person."""
    return row is None or row.volunteer.user_id == user.pk


@predicate
def is_public(_user: Person, role: Role | None) -> bool:
    return role is None or Role.objects.public().filter(pk=role.pk).exists()
