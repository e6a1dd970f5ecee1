"""Where a worry was passed on, when, and what came of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Referral, SupportDesk, Worry
from organisations.models.worry import ReferralResult
from organisations.services import words
from organisations.services.coordinating import desks

LONGEST_PLACE = 80


class OnePlace(DomainError):
    code = "one_place"
    message = _("つなぎ先を、ひとつだけえらぶか書いてください。")


class NotYours(DomainError):
    code = "not_your_area"
    message = _("この困りごとは、あなたの担当の町のものではありません。")


@transaction.atomic
def refer(*, worry: Worry, now: dt.datetime, actor: User, desk: SupportDesk | None = None, place: str = "") -> Referral:
    """Write down that somebody was shown the way to *desk*, or to *place* where that is none of ours.

    Nothing of the worry goes there: whoever passes it on telephones, with the person's consent.

    Raises
    ------
    OnePlace, NotYours, TextTooLong, UnreadableText
    """
    if not desks.is_coordinator_of(actor, worry.town):
        raise NotYours
    place = words.readable(place, at_most=LONGEST_PLACE, field=_("そのほかの窓口"))
    if (desk is None) == (not place):
        raise OnePlace
    referral = Referral.objects.create(worry=worry, desk=desk, place=place, at=now, by=actor)
    audit.record(actor=actor, action="worry.refer", target=worry, now=now, desk=desk.pk if desk else None)
    return referral


@transaction.atomic
def came_of(*, referral: Referral, result: ReferralResult, now: dt.datetime, actor: User) -> Referral:
    """Write down what came of passing a worry on; it may be corrected later.

    Raises
    ------
    NotYours
    """
    locked = Referral.objects.select_for_update(no_key=True, of=("self",)).select_related("worry__town")
    found = locked.get(pk=referral.pk)
    if not desks.is_coordinator_of(actor, found.worry.town):
        raise NotYours
    found.result, found.result_at = result, now
    found.save(update_fields=["result", "result_at"])
    audit.record(actor=actor, action="worry.came_of", target=found.worry, now=now, result=result)
    return found
