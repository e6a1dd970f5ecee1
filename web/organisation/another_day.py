"""A desk has asked whether a role could be on another day as well: one press makes the draft."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from matching.services.coordinating import another_day
from organisations.services.coordinating import desks
from web.organisation.own import role_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="roles.copy", POST="roles.copy")
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.copy")
    day = another_day.asked(role=role, now=timezone.now())

    def deed() -> str:
        made = another_day.begin(role=role, now=timezone.now(), actor=person(request))
        messages.success(request, _("下書きを作りました。確かめて、よければお出しください。"))
        return reverse("organisation:check", args=[made.pk])

    context = {
        "role": role,
        "when": another_day.in_words(day) if day else "",
        "desks": desks.for_town(role.organisation.town),
        "town": role.organisation.town,
    }
    form = Form(request.POST if request.method == "POST" else None)
    return act(request, "organisation/another_day.html", form=form, deed=deed, context=context)
