"""The rows of the organisations that somebody acts for; others' are not there."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from organisations.models import Hold, Offer, Organisation, Repeat, Role, Slot, Team
from web.permissions import require
from web.signed_in import person


def organisation_of(request: HttpRequest, pk: int, rule: str) -> Organisation:
    user = person(request)
    found = get_object_or_404(Organisation.objects.of(user).select_related("town"), pk=pk)
    require(user, rule, found)
    return found


def role_of(request: HttpRequest, pk: int, rule: str) -> Role:
    user = person(request)
    own = Role.objects.filter(organisation__in=Organisation.objects.of(user))
    found = get_object_or_404(own.select_related("organisation__town", "venue__town"), pk=pk)
    require(user, rule, found)
    return found


def offer_of(request: HttpRequest, pk: int, rule: str) -> Offer:
    user = person(request)
    own = Offer.objects.filter(organisation__in=Organisation.objects.of(user))
    found = get_object_or_404(own.select_related("organisation__town", "town", "venue__town"), pk=pk)
    require(user, rule, found)
    return found


def repeat_of(request: HttpRequest, pk: int, rule: str) -> Repeat:
    user = person(request)
    own = Repeat.objects.filter(role__organisation__in=Organisation.objects.of(user), ended_at=None)
    found = get_object_or_404(own.select_related("role__organisation"), pk=pk)
    require(user, rule, found)
    return found


def slot_of(request: HttpRequest, pk: int, rule: str) -> Slot:
    user = person(request)
    own = Slot.objects.filter(role__organisation__in=Organisation.objects.of(user), cancelled_at=None)
    found = get_object_or_404(own.select_related("role__organisation"), pk=pk)
    require(user, rule, found)
    return found


def team_of(request: HttpRequest, pk: int, rule: str) -> Team:
    user = person(request)
    own = Team.objects.filter(organisation__in=Organisation.objects.of(user))
    found = get_object_or_404(own.select_related("organisation__town"), pk=pk)
    require(user, rule, found)
    return found


def hold_of(request: HttpRequest, pk: int, rule: str) -> Hold:
    """Return what is still held for a team; what was given back is not there."""
    user = person(request)
    own = Hold.objects.alive().filter(team__organisation__in=Organisation.objects.of(user))
    whole = own.select_related("team__organisation", "slot__role__organisation", "slot__role__venue__town")
    found = get_object_or_404(whole, pk=pk)
    require(user, rule, found)
    return found
