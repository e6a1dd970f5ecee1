"""Looking through a role: all that it says, who has looked before, and what would help it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from matching import reports
from matching.services.explaining import best_changes
from matching.services.running import runs
from organisations.models import Role
from organisations.models.role import PUBLIC, PUBLISHED, RoleStatus
from organisations.services.coordinating import desks
from organisations.services.reviewing import rereading, reviews
from organisations.services.roles import approval, rewordings
from web.console.forms import OF_ROLES, ApproveForm, SendBackForm
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


@never_cache
@guarded(GET="roles.review")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    role = found(request, pk)
    require(request.user, "roles.review", role)
    return render(request, "console/role.html", {"form": ApproveForm(), **all_about(request, role)})


@never_cache
@guarded(POST="roles.publish")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    role = found(request, pk)
    require(request.user, "roles.publish", role)
    form = ApproveForm(request.POST)

    def deed() -> str:
        user, seen = person(request), form.cleaned_data["seen"]
        desk = desks.of_coordinator(user, role.towns)
        done = reviews.approve_role(role=role, by_desk=desk, now=timezone.now(), actor=user, expected_changed_at=seen)
        if done.status == RoleStatus.WAITING:
            messages.success(
                request, _("確かめたことを記録しました。ほかのコーディネーターも確かめると、公開されます。")
            )
        else:
            messages.success(request, _("「%(role)s」を公開しました。") % {"role": role.label})
        return reverse("console:today")

    return act(request, "console/role.html", form=form, deed=deed, context=all_about(request, role))


@never_cache
@guarded(GET="roles.review", POST="roles.publish")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    role = found(request, pk)
    require(request.user, "roles.publish", role)
    form = SendBackForm(request.POST if request.method == "POST" else None, ready=OF_ROLES)

    def deed() -> str:
        user = person(request)
        desk = desks.of_coordinator(user, role.towns)
        reviews.send_back_role(role=role, by_desk=desk, now=timezone.now(), actor=user, reason=form.reason)
        messages.success(request, _("書き直しをお願いしました。直したものが、またここにとどきます。"))
        return reverse("console:today")

    context = {"what": role.label, "whose": role.organisation.name, "back": reverse("console:role", args=[pk])}
    return act(request, "console/send_back.html", form=form, deed=deed, context=context)


def found(request: HttpRequest, pk: int) -> Role:
    """Return a role that the person may look through."""
    rows = rereading.in_reach_of(person(request)).select_related("organisation__town", "venue__town")
    return get_object_or_404(rows, pk=pk)


def all_about(request: HttpRequest, role: Role) -> dict[str, Any]:
    """Return what the page of *role* shows."""
    looks = list(reviews.looks_at(role))
    run = runs.latest()
    is_published = role.status in PUBLISHED
    unread = role.rewordings.unread().first() if is_published else None
    back = role.rewordings.sent_back().first() if is_published else None
    reach = None if run is None else reports.reaches(run=run, role_ids=[role.pk]).get(role.pk)
    return {
        "role": role,
        "is_public": role.status in PUBLIC and role.organisation.is_approved,
        "slots": role.slots.filter(ends_at__gt=timezone.now(), cancelled_at=None),
        "reviews": role.reviews.select_related("by", "desk__organisation").order_by("-at", "-pk"),
        "looks": looks,
        "unread": unread,
        "changes": rewordings.in_words(unread) if unread else [],
        "back": back,
        "changes_back": rewordings.in_words(back) if back else [],
        "has_reread": unread is not None and unread.first_read_by_id == person(request).pk,
        "has_looked": any(look.by_id == person(request).pk for look in looks),
        "looks_needed": approval.LOOKS_WITH_CHILDREN if role.is_with_children else 1,
        "served": None if run is None or reach is None else reports.of_role(role, reach),
        "best": None if run is None else best_changes.of(run).get(role.pk),
    }
