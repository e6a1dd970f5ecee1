"""What the neighbourhoods need: a list, a map, and one need. Nothing here comes near to a worry."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from matching import explanations
from matching.services.explaining import counts
from organisations.models import Need
from organisations.models.need import NeedQuerySet
from organisations.services.needs import finding
from organisations.services.places import need_spots
from volunteers.models import Pledge
from web.drawing import Link, drawing
from web.nothing import NO_NEEDS
from web.permissions import guarded, require
from web.public.looking import answer, answered, cannot_answer
from web.public.need_forms import NeedFilter

TEMPLATE = "public/needs.html"


@guarded(GET="pages.read")
def index(request: HttpRequest) -> HttpResponse:
    form = NeedFilter(request.GET)
    found = _look(form, timezone.localdate())
    if found is None:
        return cannot_answer(request, form, TEMPLATE)
    return render(request, TEMPLATE, answer(request, form, found, nothing=NO_NEEDS))


@guarded(GET="pages.read")
def map_of_needs(request: HttpRequest) -> HttpResponse:
    form = NeedFilter(request.GET)
    found = _look(form, timezone.localdate())
    if found is None:
        return cannot_answer(request, form, TEMPLATE)
    spots = need_spots.of(found)
    context = {
        **answer(request, form, found, nothing=NO_NEEDS),
        "drawing": drawing(spots, _link),
        "is_drawn": bool(spots),
    }
    return render(request, "public/needs_map.html", context)


@guarded(GET="needs.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Need.objects.public().select_related("town", "district", "desk__organisation__town", "role__organisation")
    need = get_object_or_404(rows, pk=pk)
    require(request.user, "needs.read", need)
    own = Pledge.objects.alive().filter(need=need, volunteer__user_id=request.user.pk or 0)
    context = {
        "need": need,
        "is_wanted": finding.is_wanted(need, timezone.localdate()),
        "has_pledged": own.exists(),
        "pledged": counts.pledged(need=need),
        "desks": [need.desk],
        "town": need.town,
        "address": settings.SITE_URL + reverse("public:need", args=[pk]),
    }
    return render(request, "public/need.html", context)


def _look(form: NeedFilter, today: dt.date) -> NeedQuerySet | None:
    return answered(form, lambda: finding.find(today=today, **form.wanted()))


def _link(need: Need) -> Link:
    return {
        "title": need.label,
        "url": reverse("public:need", args=[need.pk]),
        "when": explanations.day(need.wanted_until),
    }
