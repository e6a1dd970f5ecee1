"""How many people and how long somebody said, until the first time of the role keeps it."""

from __future__ import annotations

from django.http import HttpRequest

from organisations.models import Role

FIRST = {"capacity": 3, "minutes": 60}


def of(request: HttpRequest, role: Role) -> dict[str, int]:
    """Return what was said, else what the latest time of the role has, else something usual."""
    said: dict[str, int] = request.session.get(_name(role), {})
    return said or _latest(role) or FIRST


def keep(request: HttpRequest, role: Role, *, capacity: int, minutes: int) -> None:
    request.session[_name(role)] = {"capacity": capacity, "minutes": minutes}


def _name(role: Role) -> str:
    return f"size of role {role.pk}"


def _latest(role: Role) -> dict[str, int]:
    slot = role.slots.filter(cancelled_at=None).order_by("-pk").first()
    if slot is None:
        return {}
    length = slot.minutes or (slot.ends_at - slot.starts_at).total_seconds() // 60
    return {"capacity": slot.capacity, "minutes": int(length)}
