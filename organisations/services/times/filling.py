"""The places of a slot are taken and given back, and its role is full or open by them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus


class SlotFull(DomainError):
    code = "slot_full"
    message = _("この日時は満員になりました。ほかの日時をおえらびください。")


def lock(slot_id: int) -> Slot:
    """Return the slot's row, held until the transaction ends. Lock a person before a slot, a slot before its role."""
    return Slot.objects.select_for_update(no_key=True).get(pk=slot_id)


@transaction.atomic
def take(*, slot: Slot, places: int, now: dt.datetime) -> Role:
    """Take *places* if that many are left: one statement, so that no two people can have the same one.

    A time that was moved since *slot* was read has none. Returns the role, held until the transaction ends.

    Raises
    ------
    SlotFull
    """
    same = Slot.objects.filter(pk=slot.pk, starts_at=slot.starts_at, ends_at=slot.ends_at, cancelled_at=None)
    took = same.filter(taken__lte=F("capacity") - places).update(taken=F("taken") + places)
    if not took:
        raise SlotFull
    return settle(role_id=slot.role_id, now=now)


@transaction.atomic
def give_back(*, slot: Slot, places: int, now: dt.datetime) -> None:
    """Free *places* again; a role that was full opens."""
    Slot.objects.filter(pk=slot.pk).update(taken=F("taken") - places)
    settle(role_id=slot.role_id, now=now)


def settle(*, role_id: int, now: dt.datetime) -> Role:
    """Lock the role; call it full when no slot has a place left, and open when one has."""
    locked = Role.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    role = locked.get(pk=role_id)
    if role.status not in (RoleStatus.OPEN, RoleStatus.FILLED):
        return role
    has_place = Slot.objects.free(now).filter(role_id=role_id).exists()
    is_used = Slot.objects.filter(role_id=role_id, cancelled_at=None, taken__gt=0).exists()
    status = RoleStatus.FILLED if is_used and not has_place else RoleStatus.OPEN
    if status == RoleStatus.FILLED or has_place:
        Role.objects.filter(pk=role_id).exclude(status=status).update(status=status)
        role.status = status
    return role


def touch(role_id: int, now: dt.datetime) -> None:
    """Note that a role looks otherwise now."""
    Role.objects.filter(pk=role_id).update(changed_at=now)
