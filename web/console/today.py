"""What waits for a coordinator today."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from matching.services.coordinating import today
from volunteers.models import Volunteer
from volunteers.services.coordinating import greeting
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


@never_cache
@guarded(GET="console.see")
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "console/today.html", _day(request))


@never_cache
@guarded(POST="people.greet")
def greet(request: HttpRequest, pk: int) -> HttpResponse:
    new = get_object_or_404(Volunteer.objects.in_area_of(person(request)).select_related("user", "town"), pk=pk)
    require(request.user, "people.greet", new)

    def deed() -> str:
        greeting.greet(volunteer=new, now=timezone.now(), actor=person(request))
        messages.success(request, _("%(name)sさんへのあいさつを記録しました。") % {"name": new.user})
        return reverse("console:today")

    return act(request, "console/today.html", form=Form(request.POST), deed=deed, context=_day(request))


def _day(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    return {"today": today.of(user=person(request), now=now), "date": timezone.localdate(now), "now": now}
