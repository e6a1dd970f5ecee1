"""The venue of a role: a new one, what it is called, and its pin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Role, Venue
from organisations.models.place import FoundBy
from organisations.services import venues
from organisations.services.places import geocoding
from organisations.services.roles import writing
from web.organisation.forms.venue import PinForm, VenueForm, VenueWordsForm, field_of
from web.organisation.own import role_of
from web.organisation.steps import context_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="organisations.add_venue", POST="organisations.add_venue")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A place that this organisation has not named yet; the role happens there from now on."""
    role = role_of(request, pk, "organisations.add_venue")
    form = VenueForm(request.POST if request.method == "POST" else None)
    return act(
        request,
        "organisation/steps/venue.html",
        form=form,
        deed=lambda: _add(request, role, form.cleaned_data),
        context=context_of(request, "where", role),
        field_of=field_of,
    )


@never_cache
@guarded(GET="organisations.add_venue", POST="organisations.add_venue")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    role, venue = _role_with_venue(request, pk)
    form = VenueWordsForm(
        request.POST if request.method == "POST" else None, initial={"name": venue.name, "toilets": venue.toilets}
    )

    def deed() -> str:
        venues.change(venue=venue, now=timezone.now(), actor=person(request), **form.cleaned_data)
        messages.success(request, _("保存しました。"))
        return reverse("organisation:where", args=[role.pk])

    context = _about(role, venue)
    return act(request, "organisation/steps/venue_words.html", form=form, deed=deed, context=context, field_of=field_of)


@never_cache
@guarded(GET="organisations.add_venue", POST="organisations.add_venue")
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    role, venue = _role_with_venue(request, pk)
    form = PinForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        lat, lng = form.point(venue)
        venues.move_pin(venue=venue, lat=lat, lng=lng, now=timezone.now(), actor=person(request))
        messages.success(request, _("位置を動かしました。"))
        return reverse("organisation:pin", args=[role.pk])

    context = {**_about(role, venue), "apart": _apart_m(venue), "drawing": _drawing(venue)}
    return act(request, "organisation/steps/pin.html", form=form, deed=deed, context=context)


def _role_with_venue(request: HttpRequest, pk: int) -> tuple[Role, Venue]:
    """One's own role, and its venue; a role of one's own may happen nowhere yet."""
    role = role_of(request, pk, "organisations.add_venue")
    if role.venue is None:
        raise Http404
    return role, role.venue


def _about(role: Role, venue: Venue) -> dict[str, Any]:
    return {"role": role, "venue": venue, "is_kept": venues.is_kept(venue), "is_in_use": venues.is_in_use(venue)}


def _add(request: HttpRequest, role: Role, answers: dict[str, Any]) -> str:
    now, user = timezone.now(), person(request)
    town, address = answers["town"], answers["address"]
    at: dict[str, Any] = {"town": town, "address": address, "found_by": FoundBy.TOWN}
    if town is None:
        found = geocoding.find(address)
        at = {"town": found.town, "address": found.rest, "found_by": FoundBy.ADDRESS}
        at |= {"lat": found.lat, "lng": found.lng}
    venue = venues.add(
        organisation=role.organisation, name=answers["name"], toilets=answers["toilets"], now=now, actor=user, **at
    )
    changed = writing.change(role=role, venue=venue, now=now, actor=user)
    # Where the new place is looked at first, the pin of the role is still that of the old one.
    return reverse("organisation:pin" if changed.venue_id == venue.pk else "organisation:role", args=[role.pk])


def _apart_m(venue: Venue) -> tuple[int, int]:
    """How many metres the venue lies to the north and to the east of the point of its town."""
    town = venue.town
    if town.lat is None or town.lng is None:
        return 0, 0
    north, east = geocoding.apart_km(town.lat, town.lng, venue.lat, venue.lng)
    return round(north * 100) * 10, round(east * 100) * 10


def _drawing(venue: Venue) -> dict[str, Any]:
    """What the map draws: where the venue is, and its town."""
    town = venue.town
    towns = [{"lat": town.lat, "lng": town.lng, "name": town.name}] if town.has_point else []
    return {
        "lat": venue.lat,
        "lng": venue.lng,
        "towns": towns,
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
    }
