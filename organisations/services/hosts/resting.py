"""An organisation that leaves people without an answer takes no new ones until it has answered."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.services import audit
from organisations.models import Organisation, Role
from organisations.models.role import RoleStatus
from organisations.services.times import filling

ACTIVE = (RoleStatus.OPEN, RoleStatus.FILLED)


def lock(organisation_id: int) -> Organisation:
    """Return the organisation's row, held until the transaction ends. Lock it before any person, slot or role.

    Who answers and who lets roles rest look at the same questions: one of them at a time.
    """
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


@transaction.atomic
def rest(*, organisation: Organisation, now: dt.datetime) -> int:
    """Let the roles that are open or full rest; says how many. What they promised to people stands."""
    return len([_move(role, RoleStatus.RESTING, "role.rest", now) for role in _roles(organisation, *ACTIVE)])


@transaction.atomic
def resume(*, organisation: Organisation, now: dt.datetime) -> int:
    """Let the roles that rest take people again, as far as they have places; says how many."""
    resting = _roles(organisation, RoleStatus.RESTING)
    for role in resting:
        _move(role, RoleStatus.OPEN, "role.resume", now)
        filling.settle(role_id=role.pk, now=now)
    return len(resting)


def _roles(organisation: Organisation, *status: RoleStatus) -> list[Role]:
    lock(organisation.pk)
    held = Role.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    return list(held.filter(organisation=organisation, status__in=status))


def _move(role: Role, status: RoleStatus, action: str, now: dt.datetime) -> Role:
    role.status, role.changed_at = status, now
    role.save(update_fields=["status", "changed_at"])
    audit.record(actor=None, action=action, target=role, now=now)
    return role
