"""Taking a break: nothing is suggested until a day that one chooses, or until one is back."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from matching.services.listing import shortlists
from volunteers.models import Volunteer
from volunteers.services.people import profiles
from web.page import act
from web.pause_form import PauseForm, pause_field_of
from web.permissions import guarded, require
from web.signed_in import person

LENGTHS: list[tuple[int, Promise]] = [
    (14, gettext_lazy("2週間")),
    (30, gettext_lazy("1か月")),
    (90, gettext_lazy("3か月")),
]


@never_cache
@guarded(GET="volunteers.pause", POST="volunteers.pause")
def show(request: HttpRequest) -> HttpResponse:
    user = person(request)
    volunteer = get_object_or_404(Volunteer.objects.select_related("user", "town"), user=user)
    require(user, "volunteers.pause", volunteer)
    form = PauseForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        until = form.last_day()
        profiles.pause(volunteer=volunteer, until=until, now=timezone.now(), actor=user)
        if until is None:
            shortlists.refresh(volunteer=volunteer, now=timezone.now())
            messages.success(request, _("おかえりなさい。おすすめを、またお届けします。"))
            return reverse("volunteer:suggestions")
        messages.success(request, _("わかりました。どうぞゆっくりお休みください。"))
        return reverse("volunteer:pause")

    today = timezone.localdate()
    context = {"volunteer": volunteer, "is_paused": volunteer.is_paused(today)}
    context |= {"lengths": [(name, today + dt.timedelta(days=days)) for days, name in LENGTHS]}
    return act(request, "volunteer/pause.html", form=form, deed=deed, context=context, field_of=pause_field_of)
