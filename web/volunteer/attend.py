"""The code at the venue: whoever takes part says by it that they are there."""

from __future__ import annotations

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from organisations.models import Slot
from organisations.services.coordinating import desks
from volunteers.models import Attendance, Volunteer
from volunteers.services.attendance import recording
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.volunteer.people import no_profile, profile_of


@never_cache
@guarded(GET="account.see", POST="slots.check_in")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the button, or why there is none; what is written down already is only said."""
    slot = _slot(code)
    volunteer = profile_of(person(request))
    if volunteer is None:
        return no_profile(request)
    require(request.user, "slots.check_in")

    def deed() -> str:
        recording.check_in(volunteer=volunteer, slot=slot, now=timezone.now())
        return reverse("volunteer:attend", args=[code])

    context = {"slot": slot, "role": slot.role, "desks": desks.for_town(volunteer.town)}
    context |= {"written": _written(volunteer, slot), "not_now": _why_not_now(slot)}
    form = Form(request.POST if request.method == "POST" else None)
    return act(request, "volunteer/attend.html", form=form, deed=deed, context=context)


def _slot(code: str) -> Slot:
    try:
        return recording.read(code)
    except recording.CodeUnknown as refusal:
        raise Http404 from refusal


def _written(volunteer: Volunteer, slot: Slot) -> Attendance | None:
    rows = Attendance.objects.filter(placement__volunteer=volunteer, placement__slot=slot, came=True)
    return rows.filter(placement__cancelled_at=None).first()


def _why_not_now(slot: Slot) -> str:
    try:
        recording.check_is_time(slot, timezone.now())
    except DomainError as refusal:
        return str(refusal)
    return ""
