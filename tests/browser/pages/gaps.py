"""Where wishes and needs do not meet, and what comes of asking a host about another day."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from accounts.services import audit
from matching.services.coordinating import another_day
from notifications.services import links
from organisations.models import Role, Slot
from tests.browser.kept import Kept
from tests.browser.pages.look import Look


def _email(kept: Kept, kind: str) -> str:
    return next(one.email for one in kept.ward.sign_ins if one.kind == kind)


def _of_coordinator(kept: Kept) -> str:
    coordinator = User.objects.get(email=_email(kept, "coordinator"))
    role = Role.objects.open().in_area_of(coordinator).earliest("pk")
    return f"/console/roles/{role.pk}/another-day/"


def _asked(kept: Kept) -> Role:
    """A role of the host who signs in, about which a desk has asked."""
    now, own = timezone.now(), Slot.objects.filter(role__organisation__memberships__user__email=_email(kept, "host"))
    slot = own.filter(role__status="open", cancelled_at=None).earliest("pk")
    begins = (now + dt.timedelta(days=6)).replace(hour=1, minute=0, second=0, microsecond=0)
    day = {"starts_at": begins, "ends_at": begins + dt.timedelta(hours=2), "minutes": None, "slot": slot.pk}
    audit.record(actor=None, action=another_day.ASKED, target=slot.role, now=now, **day)
    return slot.role


def _link(kept: Kept) -> str:
    host, role = User.objects.get(email=_email(kept, "host")), _asked(kept)
    token = links.issue(user=host, action=another_day.ANOTHER_DAY, target_id=role.pk, now=timezone.now())
    return f"/l/{token}/"


PAGES: dict[str, list[Look]] = {
    "console:gaps": [Look("coordinator", "/console/gaps/", is_dark=True)],
    "public:gaps": [Look("", "/gaps/")],
    "console:another_day": [Look("coordinator", _of_coordinator)],
    "organisation:another_day": [
        Look("host", lambda kept: f"/organisation/roles/{_asked(kept).pk}/another-day/"),
        Look("", _link),
    ],
}
NOT_PAGES = {"public:meeting_sheet"}
