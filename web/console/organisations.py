"""Looking through an organisation: who they are, what they post, who has looked before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Min, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Organisation
from organisations.models.organisation import Approval
from organisations.services.coordinating import desks
from organisations.services.reviewing import reviews
from volunteers.models.application import ApplicationStatus
from web.console.forms import OF_ORGANISATIONS, SendBackForm
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


@never_cache
@guarded(GET="organisations.review")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = _found(request, pk)
    return render(request, "console/organisation.html", {"form": Form(), **_all_about(organisation)})


@never_cache
@guarded(POST="organisations.review")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = _found(request, pk)

    def deed() -> str:
        user = person(request)
        desk = desks.of_coordinator(user, [organisation.town])
        reviews.approve_organisation(organisation=organisation, by_desk=desk, now=timezone.now(), actor=user)
        messages.success(
            request, _("「%(name)s」を承認しました。募集を公開できるようになりました。") % {"name": organisation}
        )
        return reverse("console:today")

    context = _all_about(organisation)
    return act(request, "console/organisation.html", form=Form(request.POST), deed=deed, context=context)


@never_cache
@guarded(GET="organisations.review", POST="organisations.review")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = _found(request, pk)
    form = SendBackForm(request.POST if request.method == "POST" else None, ready=OF_ORGANISATIONS)

    def deed() -> str:
        user = person(request)
        desk = desks.of_coordinator(user, [organisation.town])
        reviews.send_back_organisation(
            organisation=organisation, by_desk=desk, now=timezone.now(), actor=user, reason=form.reason
        )
        messages.success(request, _("書き直しをお願いしました。直したものが、またここにとどきます。"))
        return reverse("console:today")

    context = {"what": organisation.name, "whose": "", "back": reverse("console:organisation", args=[pk])}
    return act(request, "console/send_back.html", form=form, deed=deed, context=context)


def _found(request: HttpRequest, pk: int) -> Organisation:
    rows = Organisation.objects.in_area_of(person(request)).select_related("town", "approved_by")
    organisation = get_object_or_404(rows, pk=pk)
    require(request.user, "organisations.review", organisation)
    return organisation


def _all_about(organisation: Organisation) -> dict[str, Any]:
    waits = Q(
        slots__applications__status=ApplicationStatus.ASKED,
        slots__applications__released_at__isnull=False,
        slots__ends_at__gt=timezone.now(),
    )
    posted = organisation.roles.annotate(
        asking=Count("slots__applications", filter=waits), since=Min("slots__applications__asked_at", filter=waits)
    )
    return {
        "organisation": organisation,
        "roles": posted.order_by("-changed_at", "-pk"),
        "members": organisation.memberships.filter(user__is_active=True).select_related("user").order_by("pk"),
        "reviews": organisation.reviews.select_related("by", "desk__organisation").order_by("-at", "-pk"),
        "may_send_back": organisation.approval == Approval.WAITING,
    }
