from __future__ import annotations

import datetime as dt

from django.utils import timezone

from organisations.models import Membership, Slot
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from tests.factories import AttendanceFactory, PlacementFactory, SlotFactory, ThanksFactory
from volunteers.models import Volunteer


def slot_today(kept: Kept) -> Slot:
    """A time of the host's that has just ended, with three people."""
    [email] = [one.email for one in kept.ward.sign_ins if one.kind == "host"]
    role = Membership.objects.get(user__email=email).organisation.roles.earliest("pk")
    begins = timezone.now() - dt.timedelta(hours=2)
    slot = SlotFactory(role=role, starts_at=begins, ends_at=begins + dt.timedelta(hours=1))
    for places, person in enumerate(Volunteer.objects.order_by("pk")[:3], start=1):
        PlacementFactory(slot=slot, volunteer=person, places=places)
    return slot


def _days(kept: Kept) -> str:
    slot_today(kept)
    return "/organisation/days/"


def _thanks(kept: Kept) -> str:
    slot = slot_today(kept)
    for placement in slot.placements.all():
        AttendanceFactory(placement=placement)
    ThanksFactory(placement=slot.placements.latest("pk"))
    return f"/organisation/slots/{slot.pk}/thanks/"


PAGES: dict[str, list[Look]] = {
    "organisation:days": [
        Look("host", "/organisation/days/"),
        Look("host", _days),
    ],
    "organisation:attendance": [
        Look("host", lambda kept: f"/organisation/slots/{slot_today(kept).pk}/attendance/", is_dark=True)
    ],
    "organisation:thanks": [Look("host", _thanks)],
    "organisation:qr": [Look("host", lambda kept: f"/organisation/slots/{slot_today(kept).pk}/qr/", is_dark=True)],
}
NOT_PAGES: set[str] = set()
