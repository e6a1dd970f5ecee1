"""The profile, as a volunteer, of whoever is asking."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from organisations.services.coordinating import desks
from volunteers.models import Volunteer


def profile_of(user: User) -> Volunteer | None:
    return Volunteer.objects.select_related("user", "town").filter(user=user).first()


def no_profile(request: HttpRequest) -> HttpResponse:
    """What is missing, where to fill it in, and who helps with that by phone."""
    return render(request, "volunteer/no_profile.html", {"desks": desks.for_town(None)})
