"""What is somebody's own as a volunteer, and what everybody may see."""

from __future__ import annotations

from typing import Protocol

from organisations.models import Role
from volunteers.models import GuardianRequest, Volunteer
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
def is_guardian(user: Person, request: GuardianRequest | None) -> bool:
    """Whether this person is the guardian who was asked."""
    return request is None or request.guardian_id == user.pk


@predicate
def is_guardian_of_volunteer(user: Person, row: NamesVolunteer | None) -> bool:
    """Whether this person agreed as the guardian of whom a row names."""
    asked = GuardianRequest.objects.filter(guardian_id=user.pk, is_given=True)
    return row is None or asked.filter(volunteer=row.volunteer).exists()


@predicate
def is_public(_user: Person, role: Role | None) -> bool:
    return role is None or Role.objects.public().filter(pk=role.pk).exists()
