"""A role's row, held until the transaction ends, and its way from one status to the next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Role
from organisations.models.role import RoleStatus


class WrongStatus(DomainError):
    code = "wrong_status"
    message = _("いまの状態では、この募集にこの操作はできません。画面を開きなおして、状態を確かめてください。")


class StaleForm(DomainError):
    code = "stale_form"
    message = _(
        "入力しているあいだに、ほかの方がこの募集を変えました。新しい内容を見てから、もう一度保存してください。"
    )


def lock(role: Role, *allowed: RoleStatus) -> Role:
    """Return the role's row with its organisation, held.

    Raises
    ------
    WrongStatus where it is in none of the *allowed* ones
    """
    locked = Role.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation").get(pk=role.pk)
    if locked.status not in allowed:
        raise WrongStatus
    return locked


def move(role: Role, status: RoleStatus, action: str, now: dt.datetime, actor: User | None, **detail: Any) -> Role:
    """Give *role*, which is held, its next status, and write it down."""
    role.status, role.changed_at = status, now
    role.save(update_fields=["status", "changed_at", "submitted_at", "published_at"])
    audit.record(actor=actor, action=action, target=role, now=now, **detail)
    return role
