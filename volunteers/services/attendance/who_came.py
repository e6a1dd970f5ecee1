"""Hours after a time is over its organisation is asked, once, who came, where nobody has written that down."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, Func, JSONField, OuterRef
from django.utils.translation import gettext_lazy as _

from notifications.models import Notification
from organisations.models import Slot
from volunteers.models import Attendance, Placement
from volunteers.services.attendance import recording
from volunteers.services.telling import letters
from volunteers.services.telling.letters import Kind

# Until then people may still say so themselves, by the code at the venue.
AFTER = recording.AFTER
# What lies further back nobody is asked about: after a long pause of the worker that would be a flood.
AT_MOST = dt.timedelta(days=7)


def plan(*, now: dt.datetime) -> int:
    """Write to the organisations that are to be asked at *now*; says of how many times."""
    silent = [slot for slot in _over(now) if not _is_written_down(slot.pk)]
    for slot in silent:
        letters.to_organisation(WHO_CAME, slot, now, path=f"/organisation/slots/{slot.pk}/attendance/")
    return len(silent)


def _over(now: dt.datetime) -> list[Slot]:
    """Return the times that ended hours ago, that somebody was to come to, and that nobody was asked about yet."""
    coming = Placement.objects.active().filter(slot=OuterRef("pk"))
    number = Func(OuterRef("pk"), function="to_jsonb", output_field=JSONField())
    told = Notification.objects.filter(kind=WHO_CAME.code, about__slot=number)
    ended = Slot.objects.filter(ends_at__lte=now - AFTER, ends_at__gt=now - AT_MOST, cancelled_at=None)
    found = ended.filter(Exists(coming)).exclude(Exists(told))
    return list(found.select_related("role__organisation", "role__venue").order_by("pk"))


def _is_written_down(slot_id: int) -> bool:
    return Attendance.objects.filter(placement__slot=slot_id, placement__cancelled_at=None).exists()


def _is_still_asked(notification: Notification, _now: dt.datetime) -> bool:
    slot = notification.about["slot"]
    there = Placement.objects.active().filter(slot=slot, slot__cancelled_at=None)
    return there.exists() and not _is_written_down(slot)


WHO_CAME = Kind(
    "who_came",
    _("どなたが来ましたか:%(role)s"),
    _(
        "活動、おつかれさまでした。どなたが来たかを、記録していただけますか。1分ほどで終わります。"
        "記録は、参加した方の活動の記録と参加証明書にのります。お礼のことばも送れます。"
    ),
    _is_still_asked,
)

STILL_RIGHT = letters.still_right(WHO_CAME)
