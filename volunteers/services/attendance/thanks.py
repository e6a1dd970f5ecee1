"""A host says thank you to those who came."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Slot
from organisations.services import words
from organisations.services.times import filling
from volunteers.models import Placement, Thanks
from volunteers.services.telling import letters
from volunteers.services.telling.letters import Kind

LONGEST = 500
_FIELD = _("お礼のことば")

THANKS = Kind(
    "thanks",
    _("お礼がとどきました:%(role)s"),
    _("参加してくださった活動の団体から、お礼のことばです。"),
)


class NobodyToThank(DomainError):
    code = "nobody_to_thank"
    message = _("お礼を送る方が、いまいません。来た方を先に記録してください。同じ方に2回は送れません。")


def waiting(slot: Slot) -> QuerySet[Placement]:
    """Return who came to *slot* and was not thanked yet."""
    came = Placement.objects.active().filter(slot=slot, attendance__came=True, thanks=None)
    return came.select_related("volunteer__user", "slot__role__venue").order_by("agreed_at", "pk")


@transaction.atomic
def give(*, slot: Slot, text: str, now: dt.datetime, actor: User | None) -> int:
    """Thank everybody who came to *slot*, each once and in one letter; says how many they are.

    Raises
    ------
    NobodyToThank, TextMissing, TextTooLong, UnreadableText
    """
    said = words.readable(text, at_most=LONGEST, field=_FIELD)
    if not said:
        raise words.TextMissing(_FIELD)
    filling.lock(slot.pk)
    placements = list(waiting(slot))
    if not placements:
        raise NobodyToThank
    Thanks.objects.bulk_create(Thanks(placement=row, text=said, by=actor, at=now) for row in placements)
    for row in placements:
        letters.to_volunteer(THANKS, row, now, path="/my/record/", quoted=said)
    audit.record(actor=actor, action="thanks.give", target=slot, now=now, people=len(placements))
    return len(placements)
