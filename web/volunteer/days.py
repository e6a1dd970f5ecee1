"""Dates on which somebody is free at other times than usual: those to come, one more, back to the usual."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from matching.services.listing import shortlists
from volunteers.models import Availability, AvailabilityException, Volunteer
from volunteers.models.availability import no_time
from volunteers.services.people import availability
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.volunteer.day_form import DayForm
from web.week import hours


@never_cache
@guarded(GET="volunteers.see_own", POST="volunteers.change_own")
def show(request: HttpRequest) -> HttpResponse:
    user = person(request)
    volunteer = get_object_or_404(Volunteer.objects.select_related("user", "town"), user=user)
    require(user, "volunteers.see_own", volunteer)
    form = DayForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        require(user, "volunteers.change_own", volunteer)
        now, free = timezone.now(), form.free()
        availability.set_day(volunteer=volunteer, on=form.cleaned_data["on"], free=free, now=now, actor=user)
        shortlists.refresh(volunteer=volunteer, now=now)
        messages.success(request, _("いつもどおりに戻しました。") if free is None else _("その日の都合を書きました。"))
        return reverse("volunteer:days")

    return act(
        request,
        "volunteer/days.html",
        form=form,
        deed=deed,
        context={"days": _days(volunteer)},
        field_of=_field_of,
    )


def _days(volunteer: Volunteer) -> list[tuple[AvailabilityException, str, str]]:
    """Return each date with its free hours and the usual ones, in words; empty where there are none."""
    kept = Availability.objects.filter(volunteer=volunteer).first()
    weekly = kept.weekly if kept else no_time()
    rows = availability.coming_days(volunteer=volunteer, now=timezone.now())
    return [(row, _told(row.free), _told(weekly[row.on.weekday()])) for row in rows]


def _told(free: int) -> str:
    return hours(free) if free else ""


def _field_of(refusal: DomainError) -> str | None:
    return "on" if isinstance(refusal, availability.DayInPast) else None
