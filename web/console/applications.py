"""Somebody under 16 would like to take part: a coordinator looks, and then the organisation hears of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models.consent import ConsentKind, GuardianScope
from volunteers.models import Application, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services.conditions import COORDINATOR_UNDER
from volunteers.services.taking_part import applications
from web.console import look
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.texts import GUARDIAN_SCOPES

WHOLE = ("slot__role__organisation", "slot__role__venue__town", "volunteer__user", "volunteer__town")


@never_cache
@guarded(GET="applications.review", POST="applications.release")
def show(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    residents = Volunteer.objects.in_area_of(person(request)).values("pk")
    rows = Application.objects.filter(volunteer__in=residents).select_related(*WHOLE)
    application = get_object_or_404(rows, public_id=public_id)
    require(request.user, "applications.review", application)
    look.note(request, application.volunteer, through="application")

    def deed() -> str:
        require(request.user, "applications.release", application)
        if "agreed" in request.POST:
            applications.agree(application=application, now=timezone.now(), actor=person(request))
            messages.success(request, _("保護者の方のお返事を記録しました。"))
            return request.path
        applications.release(application=application, now=timezone.now(), actor=person(request))
        messages.success(request, _("団体に伝えました。返事があると、ご本人に知らせます。"))
        return reverse("console:today")

    form = Form(request.POST if request.method == "POST" else None)
    return act(request, "console/application.html", form=form, deed=deed, context=_all_about(application))


def _all_about(application: Application) -> dict[str, Any]:
    today, volunteer = timezone.localdate(), application.volunteer
    consent = volunteer.user.consents.in_force(ConsentKind.GUARDIAN, today).first()
    age = volunteer.age(today)
    return {
        "application": application,
        "role": application.slot.role,
        "slot": application.slot,
        "age": age,
        "is_junior": age < COORDINATOR_UNDER,
        "consent": consent,
        "guardian": volunteer.guardian_requests.filter(consent=consent).select_related("guardian").first()
        if consent is not None
        else None,
        "waits_for_guardian": consent is not None
        and GuardianScope.ASK_EACH_TIME in consent.scope
        and application.guardian_agreed_at is None,
        "scopes": []
        if consent is None
        else [(words, code in consent.scope) for code, words in GUARDIAN_SCOPES.items()],
        "waits_for_look": application.status == ApplicationStatus.ASKED and application.released_at is None,
    }
