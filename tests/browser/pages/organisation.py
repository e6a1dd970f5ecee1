from __future__ import annotations

import datetime as dt

from django.utils import timezone

from organisations.models import Slot
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from volunteers.models import Application, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services import applications


def _slot(kept: Kept) -> Slot:
    """A time ahead of the host's, to which one comes and two ask, one of them for long."""
    [host] = [one.email for one in kept.ward.sign_ins if one.kind == "host"]
    now = timezone.now()
    ahead = Slot.objects.filter(role__organisation__memberships__user__email=host, role__status="open")
    slot = ahead.filter(starts_at__gt=now + dt.timedelta(days=1), capacity__gte=3).earliest("starts_at", "pk")
    if not Application.objects.filter(slot=slot).exists():
        for days, person in enumerate(Volunteer.objects.order_by("pk")[:3]):
            asked_at = now - dt.timedelta(days=3 * days)
            asked = applications.ask(
                volunteer=person, slot=slot, now=asked_at, actor=None, note="よろしくお願いします。", is_released=True
            )
        applications.accept(application=asked, now=now, actor=None)
    return slot


def _application(kept: Kept) -> Application:
    return Application.objects.filter(slot=_slot(kept), status=ApplicationStatus.ASKED).earliest("asked_at")


PAGES: dict[str, list[Look]] = {
    "organisation:home": [Look("host", "/organisation/", is_dark=True)],
    "organisation:people": [
        Look("host", lambda kept: f"/organisation/roles/{_slot(kept).role_id}/people/", is_dark=True)
    ],
    "organisation:accept": [
        Look("host", lambda kept: f"/organisation/applications/{_application(kept).public_id}/accept/")
    ],
    "organisation:decline": [
        Look("host", lambda kept: f"/organisation/applications/{_application(kept).public_id}/decline/")
    ],
    "organisation:roster": [Look("host", lambda kept: f"/organisation/slots/{_slot(kept).pk}/roster/", is_dark=True)],
    "organisation:move": [Look("host", lambda kept: f"/organisation/slots/{_slot(kept).pk}/move/")],
    "organisation:cancel_slot": [Look("host", lambda kept: f"/organisation/slots/{_slot(kept).pk}/cancel/")],
}
NOT_PAGES: set[str] = set()
