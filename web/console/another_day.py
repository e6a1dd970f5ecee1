"""Asking a host whether a role could be on another day as well."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from matching.services.coordinating import another_day
from organisations.models import Role
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


@never_cache
@guarded(GET="roles.ask_another_day", POST="roles.ask_another_day")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The page shows what would be asked; the button beside a role asks at once."""
    of_area = Role.objects.in_area_of(person(request)).select_related("organisation__town", "venue__town")
    role, now = get_object_or_404(of_area.distinct(), pk=pk), timezone.now()
    require(request.user, "roles.ask_another_day", role)

    def deed() -> str:
        day = another_day.ask(role=role, now=now, actor=person(request))
        said = {"organisation": role.organisation.name, "day": another_day.in_words(day)}
        messages.success(request, _("「%(organisation)s」に、%(day)sはどうかと聞きました。") % said)
        return reverse("console:gaps")

    is_sent = request.method == "POST"
    day = None if is_sent else another_day.proposed(role=role, now=now)
    context = {
        "role": role,
        "day": day,
        "when": another_day.in_words(day) if day else "",
        "asked_at": another_day.lately([role], now=now).get(pk),
    }
    form = Form(request.POST if is_sent else None)
    return act(request, "console/another_day.html", form=form, deed=deed, context=context)
