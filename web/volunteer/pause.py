"""Taking a break: nothing is suggested until a day that one chooses, or until one is back."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from matching.services import shortlists
from volunteers.models import Volunteer
from volunteers.services import profiles
from web.once import once
from web.permissions import guarded, require
from web.signed_in import person
from web.volunteer.forms import PauseForm

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
    status = 200

    def act() -> str:
        until = None if "back" in request.POST else form.cleaned_data["until"]
        profiles.pause(volunteer=volunteer, until=until, now=timezone.now(), actor=user)
        if until is None:
            shortlists.refresh(volunteer=volunteer, now=timezone.now())
            messages.success(request, _("おかえりなさい。おすすめを、またお届けします。"))
            return reverse("volunteer:suggestions")
        messages.success(request, _("わかりました。どうぞゆっくりお休みください。"))
        return reverse("volunteer:pause")

    if request.method == "POST":
        status = 400
        if "back" in request.POST or form.is_valid():
            try:
                return once(request, user=user, act=act)
            except DomainError as refusal:
                form.add_error("until" if isinstance(refusal, profiles.PauseInPast) else None, str(refusal))
                status = 409
    today = timezone.localdate()
    context = {"volunteer": volunteer, "form": form, "is_paused": volunteer.is_paused(today)}
    context |= {"lengths": [(name, today + dt.timedelta(days=days)) for days, name in LENGTHS]}
    return render(request, "volunteer/pause.html", context, status=status)
