"""What somebody wants to hear: by which way, how often, how much."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from notifications.services import preferences
from web.permissions import guarded
from web.volunteer.forms import ChoicesForm
from web.volunteer.once import once
from web.volunteer.people import person


@never_cache
@guarded(GET="account.choose_notices", POST="account.choose_notices")
def show(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = ChoicesForm(request.POST if request.method == "POST" else None, chosen=preferences.of(user))
    status = 200

    def act() -> str:
        preferences.change(user=user, now=timezone.now(), actor=user, **form.cleaned_data)
        messages.success(request, _("保存しました。ありがとうございます。"))
        return reverse("volunteer:choices")

    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return once(request, user=user, act=act)
            except DomainError as refusal:
                form.add_error("channel" if isinstance(refusal, preferences.NoEmailAddress) else None, str(refusal))
                status = 409
    return render(request, "volunteer/choices.html", {"form": form}, status=status)
