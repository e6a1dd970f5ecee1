"""Days after a cooperation was to take place its sides are asked, once, to write down that it did."""

from __future__ import annotations

import datetime as dt

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Func, JSONField, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from notifications.models import Notification
from notifications.services import letters
from notifications.services.letters import Kind
from organisations.models import Cooperation
from organisations.models.cooperation import CooperationStatus, Side
from organisations.services.cooperations import letters as cooperation_letters

AFTER = dt.timedelta(days=3)
# Of what has no time nobody knows when it is over: goods that are fetched one day.
WITHOUT_A_TIME = dt.timedelta(days=30)
# What lies further back nobody is asked about: after a long pause of the worker that would be a flood.
AT_MOST = dt.timedelta(days=60)


def ask(*, now: dt.datetime) -> int:
    """Write to the sides of what should be over at *now*; says of how many cooperations."""
    over = _over(now)
    for row in over:
        _tell(row, now)
    return len(over)


def _over(now: dt.datetime) -> list[Cooperation]:
    """Return what was agreed, should be over for days, and nobody was asked about yet."""
    number = Func(OuterRef("pk"), function="to_jsonb", output_field=JSONField())
    told = Notification.objects.filter(kind=UNFINISHED.code, about__cooperation=number)
    supposed = ExpressionWrapper(F("agreed_at") + WITHOUT_A_TIME, output_field=DateTimeField())
    agreed = Cooperation.objects.filter(status=CooperationStatus.AGREED).annotate(over_at=Coalesce("ends_at", supposed))
    found = agreed.filter(over_at__lte=now - AFTER, over_at__gt=now - AT_MOST).exclude(Exists(told))
    return list(found.select_related("offer__organisation__town", "host__town").order_by("pk"))


def _tell(row: Cooperation, now: dt.datetime) -> None:
    """Ask both organisations; where neither has anybody who could say so, the desk."""
    reached = [side for side in (Side.OFFER, Side.HOST) if cooperation_letters.people_of(row, side)]
    cooperation_letters.tell(UNFINISHED, row, now, only=reached or [Side.DESK])


def _is_unfinished(notification: Notification, _now: dt.datetime) -> bool:
    asked = Cooperation.objects.filter(pk=notification.about["cooperation"])
    return asked.filter(status=CooperationStatus.AGREED).exists()


UNFINISHED = Kind(
    "cooperation_unfinished",
    _("無事に終わりましたか:%(offer)s"),
    _(
        "協力、おつかれさまでした。終わっていましたら、下のページで「無事に終わりました」を押してください。"
        "どちらか一人が押すだけで大丈夫です。行われなかったときは、「協力をとりやめる」をえらんでください。"
    ),
    _is_unfinished,
)
STILL_RIGHT = letters.still_right(UNFINISHED)
