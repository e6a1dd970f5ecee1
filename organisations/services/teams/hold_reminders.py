"""Two days before places are no longer kept for a team, its company is reminded that some are still to be had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.models import Notification
from notifications.services import letters
from notifications.services.letters import Kind
from organisations.models import Hold
from organisations.services.times import wording

BEFORE = dt.timedelta(days=2)
# Whoever kept the places longer after a reminder knows for a while when they run out.
APART = dt.timedelta(days=1)


def remind(*, now: dt.datetime) -> int:
    """Write to the companies that are to be reminded at *now*; says of how many times places are kept.

    Whoever took the places later than a reminder was due has just chosen the day.
    """
    due = [hold for hold in _ending(now) if not _is_told(hold, now)]
    for hold in due:
        members = User.objects.filter(memberships__organisation=hold.team.organisation_id, is_active=True)
        path = f"/organisation/teams/{hold.team_id}/"
        letters.write(ENDING, members.order_by("pk"), hold, now, path=path, about=_which(hold))
    return len(due)


def _ending(now: dt.datetime) -> list[Hold]:
    soon = Hold.objects.alive().filter(places__gte=1, held_until__gt=now, held_until__lte=now + BEFORE)
    found = soon.filter(held_at__lt=F("held_until") - BEFORE).order_by("pk")
    return list(found.select_related("team", "slot__role"))


def _is_told(hold: Hold, now: dt.datetime) -> bool:
    told = Notification.objects.filter(kind=ENDING.code, about__hold=hold.pk)
    return told.filter(Q(about__about=_which(hold)) | Q(created_at__gt=now - APART)).exists()


def _which(hold: Hold) -> str:
    """Tell the end that a letter is about from one that was chosen later."""
    return f"{hold.held_until.timestamp():.0f}"


def _is_ending(notification: Notification, now: dt.datetime) -> bool:
    hold = Hold.objects.alive().filter(pk=notification.about["hold"], places__gte=1, held_until__gt=now).first()
    return hold is not None and _which(hold) == notification.about["about"]


def _names(hold: Hold) -> Mapping[str, str]:
    return {
        "team": hold.team.name,
        "role": hold.slot.role.label,
        "when": wording.when(hold.slot),
        "until": wording.until(hold.held_until),
        "places": str(hold.places),
        "address": f"{settings.SITE_URL}/team/{hold.team.code}/",
    }


ENDING = Kind(
    "hold_ending",
    _("とっておいた場所は、%(until)sまでです:%(role)s"),
    _(
        "「%(team)s」のためにとってある「%(role)s」(%(when)s)の場所は、%(until)sまでです。"
        "まだ決まっていない場所: %(places)s人分\n\n"
        "参加する方には、次のアドレスを伝えてください。\n%(address)s\n\n"
        "使わない場所は、下のページから返せます。まだ待ってほしいときは、期限も変えられます。"
        "何もしなければ、期限が来たときに、のこりの場所をお返しします。"
    ),
    _is_ending,
    words=_names,
)
STILL_RIGHT = letters.still_right(ENDING)
