"""Where somebody takes part, and stepping back from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from matching.services.asking import stand_ins
from matching.services.leaving import stepping_back
from notifications.models import ActionLink
from organisations.services.coordinating import desks
from volunteers.models import Application, Placement, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.services import pledges
from volunteers.services.taking_part import clock, joining
from web.nothing import NO_PLACES
from web.page import act
from web.permissions import guarded, may, require
from web.signed_in import person
from web.volunteer.people import no_profile, profile_of

WITH_ROLE = ("slot__role__organisation", "slot__role__venue__town", "volunteer__user")
PAST_SHOWN = 20
PLEDGES_SHOWN = 50
# So long it is said that no answer came before the day was over.
UNANSWERED_SHOWN = dt.timedelta(days=30)


@never_cache
@guarded(GET="account.see")
def show(request: HttpRequest) -> HttpResponse:
    user = person(request)
    volunteer = profile_of(user)
    if volunteer is None or not may(user, "places.see"):
        return no_profile(request)
    now = timezone.now()
    placed = Placement.objects.active().filter(volunteer=volunteer).select_related(*WITH_ROLE)
    asked = Application.objects.filter(volunteer=volunteer, status=ApplicationStatus.ASKED).select_related(*WITH_ROLE)
    waits = asked.filter(slot__ends_at__gt=now).order_by("slot__starts_at")
    unanswered = asked.filter(slot__ends_at__range=(now - UNANSWERED_SHOWN, now))
    return render(
        request,
        "volunteer/places.html",
        {
            "coming": placed.filter(slot__ends_at__gt=now).order_by("slot__starts_at"),
            "asked": [(row, _until(row)) for row in waits],
            "unanswered": unanswered.order_by("-slot__starts_at"),
            "waited": Waiting.objects.alive().filter(volunteer=volunteer).select_related(*WITH_ROLE).order_by("since"),
            "pledged": pledges.of(volunteer)[:PLEDGES_SHOWN],
            "past": placed.filter(slot__ends_at__lte=now).order_by("-slot__starts_at")[:PAST_SHOWN],
            "desks": desks.for_town(volunteer.town),
            "town": volunteer.town,
            "nothing": NO_PLACES,
            "now": now,
        },
    )


@never_cache
@guarded(GET="places.see", POST="places.cancel")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Placement.objects.active().select_related(*WITH_ROLE)
    placement = get_object_or_404(rows, pk=pk, volunteer__user=person(request))
    require(request.user, "places.cancel", placement)

    def step_back() -> None:
        now = timezone.now()
        stepping_back.cancel(placement=placement, now=now, actor=person(request))
        messages.success(request, _("参加をとりやめました。早めに知らせてくださり、ありがとうございます。"))
        if stand_ins.is_sought(slot=placement.slot, now=now):
            messages.success(request, _("代わりに来られる方を、こちらでさがします。どうぞご安心ください。"))

    return _step_back(request, placement, step_back)


@never_cache
@guarded(GET="applications.see_own", POST="applications.withdraw")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Application.objects.filter(status=ApplicationStatus.ASKED).select_related(*WITH_ROLE)
    application = get_object_or_404(rows, pk=pk, volunteer__user=person(request))
    require(request.user, "applications.withdraw", application)

    def step_back() -> None:
        stepping_back.withdraw(application=application, now=timezone.now(), actor=person(request))
        messages.success(request, _("申し込みを取り下げました。"))

    return _step_back(request, application, step_back)


def by_link(request: HttpRequest, found: ActionLink) -> HttpResponse:
    """Show what one would step back from, and do so; sent twice, it is done once, and one can come after all."""
    if not (found.target_id.isascii() and found.target_id.isdecimal()):
        raise Http404
    placement = get_object_or_404(
        Placement.objects.select_related(*WITH_ROLE, "volunteer__town"), pk=found.target_id, volunteer__user=found.user
    )
    require(found.user, "places.cancel", placement)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            _come_or_not(placement, comes="undo" in request.POST)
        except DomainError as said:
            refusal, status = said, 409
    context = {
        "slot": placement.slot,
        "role": placement.slot.role,
        "comes": _current(placement) is not None,
        "is_sought": stand_ins.is_sought(slot=placement.slot, now=timezone.now()),
        "refusal": refusal,
        "desks": desks.for_town(placement.volunteer.town),
    }
    return render(request, "volunteer/link_cannot_come.html", context, status=status)


def _until(application: Application) -> dt.datetime | None:
    """Until when an answer is hoped for, of what reached its organisation."""
    released_at = application.released_at
    return None if released_at is None else clock.since(released_at, application.slot).until


def _come_or_not(placement: Placement, *, comes: bool) -> None:
    current, now, actor = _current(placement), timezone.now(), placement.volunteer.user
    if comes and current is None:
        joining.join(volunteer=placement.volunteer, slot=placement.slot, now=now, actor=actor)
    elif not comes and current is not None:
        stepping_back.cancel(placement=current, now=now, actor=actor)


def _current(placement: Placement) -> Placement | None:
    """The place that the person has in that slot now: given back and taken again, it is another row."""
    same = Placement.objects.active().filter(volunteer=placement.volunteer, slot=placement.slot)
    return same.select_related(*WITH_ROLE).first()


def _step_back(request: HttpRequest, row: Placement | Application, step_back: Callable[[], None]) -> HttpResponse:
    """Ask once more; on yes step back and show the list."""

    def deed() -> str:
        step_back()
        return reverse("volunteer:places")

    form = Form(request.POST if request.method == "POST" else None)
    context = {"slot": row.slot, "role": row.slot.role, "is_placement": isinstance(row, Placement)}
    return act(request, "volunteer/step_back.html", form=form, deed=deed, context=context)
