"""Telling people of one's own role, in every medium."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from organisations.models import Role
from organisations.services import publishing
from web import media
from web.organisation.own import role_of
from web.permissions import guarded

TEMPLATE = "organisation/media.html"


@never_cache
@guarded(GET="roles.advertise")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.advertise")
    told = publishing.of_role(role, now=timezone.now())
    return render(request, TEMPLATE, {**media.context(told), **_beside(role)})


@never_cache
@guarded(GET="roles.advertise")
def flyer(request: HttpRequest, pk: int) -> HttpResponse:
    role, now = role_of(request, pk, "roles.advertise"), timezone.now()
    told = publishing.of_role(role, now=now)
    if told.is_over:
        return redirect("organisation:media", pk)
    return media.sheet(request, told, template=TEMPLATE, more=_beside(role), now=now)


def _beside(role: Role) -> dict[str, Any]:
    return {"role": role, "sheet": reverse("organisation:flyer", args=[role.pk])}
