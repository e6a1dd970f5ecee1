"""A draft is thrown away; what was public is closed, called off, or over because its last time is."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.services import audit
from organisations.models import Role, Slot
from organisations.models.role import PUBLISHED, RoleStatus
from organisations.services.roles.held import lock, move
from organisations.services.times.slots import SomebodyComes


@transaction.atomic
def discard(*, role: Role, now: dt.datetime, actor: User | None) -> None:
    """Throw a draft away; what was public once is called off instead.

    Raises
    ------
    WrongStatus
    """
    locked = lock(role, RoleStatus.DRAFT)
    audit.record(actor=actor, action="role.discard", target=locked, now=now)
    locked.delete()


@transaction.atomic
def close(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Take no more people; those who are coming still come.

    Raises
    ------
    WrongStatus
    """
    return move(lock(role, *PUBLISHED), RoleStatus.CLOSED, "role.close", now, actor)


@transaction.atomic
def cancel(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Call off a role that nobody comes to; ``taking_part.placements.cancel_role`` of `volunteers` tells those who do.

    Raises
    ------
    WrongStatus where it was never published, is over or called off already; SomebodyComes
    """
    slots = list(Slot.objects.select_for_update(no_key=True).filter(role=role, cancelled_at=None).order_by("pk"))
    ahead = [slot for slot in slots if slot.ends_at > now]
    # Closed to newcomers, it may still take place, and so be called off.
    locked = lock(role, *PUBLISHED, *([RoleStatus.CLOSED] if ahead else []))
    if any(slot.taken for slot in ahead):
        raise SomebodyComes
    Slot.objects.filter(pk__in=[slot.pk for slot in slots], taken=0).update(cancelled_at=now)
    return move(locked, RoleStatus.CANCELLED, "role.cancel", now, actor)


@transaction.atomic
def close_past(*, now: dt.datetime) -> int:
    """Close the roles whose last time is over; say how many."""
    still = Q(slots__cancelled_at=None, slots__ends_at__gt=now)
    over = Role.objects.filter(status__in=PUBLISHED, slots__isnull=False).exclude(
        pk__in=Role.objects.filter(still).values("pk")
    )
    locked = Role.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=over.values("pk"))
    roles = list(locked.order_by("pk"))
    for role in roles:
        move(role, RoleStatus.CLOSED, "role.close_past", now, None)
    return len(roles)
