"""What the neighbourhoods need, who would help, and who looks after it."""

from __future__ import annotations

from organisations.models import DeskMembership, Need
from web.permissions.predicates.coordinator import has_area
from web.permissions.predicates.person import Person, predicate


@predicate
def is_public_need(_user: Person, need: Need | None) -> bool:
    return need is None or Need.objects.public().filter(pk=need.pk).exists()


@predicate
def keeps_need(user: Person, need: Need | None) -> bool:
    """Whether this person coordinates for the desk that wrote a need, or for any."""
    if not user.is_authenticated:
        return False
    return has_area(user) if need is None else DeskMembership.objects.filter(user=user, desk=need.desk_id).exists()
