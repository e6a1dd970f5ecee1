"""Pages that anybody may read, without signing in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from organisations.models import Role
from organisations.models.role import RoleStatus
from organisations.services import search
from organisations.services.coordinating import desks
from organisations.services.reviewing import vouching
from volunteers.models import Placement, Waiting
from volunteers.services.taking_part import queues
from web.nothing import NO_DESKS, NO_ROLES
from web.permissions import guarded, require
from web.public.forms import DeskFilter, RoleFilter
from web.public.looking import answer, asking, follow, look, unanswered, with_slots

ON_HOME = 4
CHIPS_ON_HOME = 8


@guarded(GET="pages.read")
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return render(
        request,
        "public/home.html",
        {
            "form": RoleFilter(),
            "roles": with_slots(search.find(now=now, online=False), now)[:ON_HOME],
            "fields": search.fields_with_roles(now=now, at_most=CHIPS_ON_HOME),
            "desks": desks.for_town(None),
        },
    )


@guarded(GET="pages.read")
def roles(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = RoleFilter(request.GET)
    found = look(form, now)
    if found is None:
        return unanswered(request, form, now)
    context = {**asking(request, form, now), **answer(request, form, with_slots(found, now), nothing=NO_ROLES)}
    return render(request, "public/roles.html", {**context, "follow": follow(form)})


@guarded(GET="roles.read")
def role(request: HttpRequest, pk: int) -> HttpResponse:
    told = Role.objects.public().select_related("organisation__town", "venue__town").prefetch_related("activities")
    found = get_object_or_404(told, pk=pk)
    require(request.user, "roles.read", found)
    now = timezone.now()
    slots = list(found.slots.filter(ends_at__gt=now).order_by("starts_at", "id"))
    own = Placement.objects.active().filter(slot__role=found, volunteer__user_id=request.user.pk or 0)
    waited = Waiting.objects.alive().filter(slot__role=found, volunteer__user_id=request.user.pk or 0)
    may_wait = found.organisation.is_approved and found.status in (RoleStatus.OPEN, RoleStatus.FILLED)
    town = found.venue.town if found.venue else found.organisation.town
    return render(
        request,
        "public/role.html",
        {
            "role": found,
            "slots": slots,
            "own_slots": set(own.values_list("slot_id", flat=True)),
            "free_slots": set(found.slots.free(now).values_list("pk", flat=True)) if found.is_open else set(),
            "waited_slots": set(waited.values_list("slot_id", flat=True)),
            "full_slots": {slot.pk for slot in slots if may_wait and queues.offered_until(slot, now)},
            "vouched": vouching.of(found),
            "desks": desks.for_town(town),
            "address": settings.SITE_URL + reverse("public:role", args=[pk]),
            "follow": f"organisation={found.organisation_id}",
        },
    )


@never_cache
@guarded(GET="pages.read")
def support_desks(request: HttpRequest) -> HttpResponse:
    """Whom to ask. The town is in the address alone: nothing is written, and no cache may keep it."""
    form = DeskFilter(request.GET or {})
    if not form.is_valid():
        return render(request, "public/desks.html", {"form": form, "desks": desks.for_town(None)}, status=400)
    town = form.cleaned_data["town"]
    context = {"form": form, "town": town, "desks": desks.for_town(town), "nothing": NO_DESKS}
    return render(request, "public/desks.html", context)
