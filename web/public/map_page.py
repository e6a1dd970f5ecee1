"""The list beside a map of its venues; without JavaScript the list is all, without tiles the towns are named."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from matching import explanations
from organisations.models import Role
from organisations.services.places import spots
from web.drawing import Link, drawing
from web.nothing import NO_ROLES
from web.permissions import guarded
from web.public.forms import HERE, RoleFilter
from web.public.looking import answer, asking, look, unanswered, with_slots


@guarded(GET="pages.read")
def map_of_roles(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = RoleFilter(request.GET)
    found = look(form, now)
    if found is None:
        return unanswered(request, form, now)
    shown = spots.of_roles(found)
    context = {
        **asking(request, form, now),
        **answer(request, form, with_slots(found, now), nothing=NO_ROLES),
        "drawing": drawing(shown, _link, walk=_walk(form)),
        "is_drawn": bool(shown),
    }
    return render(request, "public/map.html", context)


def _link(role: Role) -> Link:
    starts_at = role.next_starts_at  # type: ignore[attr-defined]
    when = explanations.moment(starts_at) if starts_at else ""
    return {"title": role.label, "url": reverse("public:role", args=[role.pk]), "when": when}


def _walk(form: RoleFilter) -> dict[str, Any] | None:
    """Return the circle that was asked for; a town alone has no edge to draw."""
    town, within = form.cleaned_data["town"], form.cleaned_data["within"]
    if town is None or within == HERE:
        return None
    return {"name": town.name, "lat": town.lat, "lng": town.lng, "metres": float(within) * 1000}
