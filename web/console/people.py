"""The people of one's own area: finding one, and what is kept about them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models.consent import ConsentKind
from accounts.services import consents
from matching.services.answering import on_behalf
from notifications.models import Call
from notifications.services import contact_points
from organisations.services.coordinating import desks
from volunteers.models import Application, Placement, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services.conditions import COORDINATOR_UNDER
from volunteers.services.coordinating import finding
from web.console import look
from web.console.people_forms import FindForm
from web.permissions import guarded, require
from web.signed_in import person

ON_A_PAGE = 20
CALLS_SHOWN = 10
OF_SLOT = ("slot__role__organisation", "slot__role__venue__town")


# A name or number that is looked for goes in the body of a POST: addresses stay in histories and in logs.
@never_cache
@guarded(GET="people.find", POST="people.find")
def find(request: HttpRequest) -> HttpResponse:
    here = Volunteer.objects.in_area_of(person(request)).select_related("user", "town")
    form = FindForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid() and form.cleaned_data["words"]:
        found = finding.find(among=here, words=form.cleaned_data["words"])
        context |= {"found": found, "is_cut": len(found) == finding.SHOWN}
    else:
        context["page"] = Paginator(here.order_by("-created_at", "-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/people.html", context, status=400 if form.errors else 200)


def somebody(request: HttpRequest, pk: int, rule: str) -> Volunteer:
    """Return a person of the area of whoever is asking; of another there is nobody."""
    here = Volunteer.objects.in_area_of(person(request)).select_related("user", "town")
    volunteer = get_object_or_404(here, pk=pk)
    require(request.user, rule, volunteer)
    return volunteer


@never_cache
@guarded(GET="people.see")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    volunteer = somebody(request, pk, "people.see")
    look.note(request, volunteer, through="person")
    return render(request, "console/person.html", about(volunteer))


def about(volunteer: Volunteer) -> dict[str, Any]:
    """Return all that the page of a person shows."""
    now, user = timezone.now(), volunteer.user
    today = timezone.localdate(now)
    asked = Application.objects.filter(volunteer=volunteer, status=ApplicationStatus.ASKED, slot__ends_at__gt=now)
    return {
        "volunteer": volunteer,
        "age": volunteer.age(today),
        "is_paused": volunteer.is_paused(today),
        "lists": told_lists(volunteer),
        "phone": contact_points.phone_of(user),
        "may_be_told": consents.holds(user=user, kind=ConsentKind.CONTACT, on=today),
        "needs_guardian": volunteer.age(today) < COORDINATOR_UNDER
        and not consents.holds(user=user, kind=ConsentKind.GUARDIAN, on=today),
        "coming": coming(volunteer),
        "asked": asked.select_related(*OF_SLOT).order_by("slot__starts_at"),
        "shown": on_behalf.waiting(volunteer=volunteer, now=now),
        "answers": on_behalf.answers(volunteer=volunteer),
        "calls": Call.objects.filter(notification__user=user).select_related("by").order_by("-at", "-pk")[:CALLS_SHOWN],
        "desks": desks.for_town(volunteer.town),
        "town": volunteer.town,
    }


def told_lists(volunteer: Volunteer) -> list[tuple[Any, list[Any]]]:
    """Return what was ticked, by the name of its list."""
    names = ("interests", "avoids", "skills", "qualifications", "access_needs")
    of = Volunteer._meta
    return [(of.get_field(name).verbose_name, list(getattr(volunteer, name).all())) for name in names]  # type: ignore[union-attr]


def coming(volunteer: Volunteer) -> Any:
    placed = Placement.objects.active().filter(volunteer=volunteer, slot__ends_at__gt=timezone.now())
    return placed.select_related(*OF_SLOT).order_by("slot__starts_at")
