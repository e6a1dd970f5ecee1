"""The other pages of somebody who is more than one thing here."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from accounts.models import User
from web.hats import Hats, worn_by

register = template.Library()


@register.simple_tag(takes_context=True)
def hats(context: dict[str, Any]) -> Hats:
    """One query for a page, however often it asks."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    if request is None or not isinstance(user, User):
        return Hats()
    if not hasattr(request, "hats"):
        request.hats = worn_by(user)  # type: ignore[attr-defined]
    worn: Hats = request.hats  # type: ignore[attr-defined]
    return worn
