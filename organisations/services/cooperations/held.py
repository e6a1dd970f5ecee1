"""Whoever changes a cooperation holds its offer first, then the cooperation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Cooperation, Offer
from organisations.models.cooperation import CooperationStatus
from organisations.services.offers import held as offers_held

ALIVE = (CooperationStatus.PROPOSED, CooperationStatus.AGREED)


class WrongCooperationStatus(DomainError):
    code = "wrong_cooperation_status"
    message = _("いまの状態では、この協力にこの操作はできません。画面を開きなおして、状態を確かめてください。")


def lock(cooperation: Cooperation, *allowed: CooperationStatus) -> tuple[Offer, Cooperation]:
    """Return the offer and the cooperation, both held until the transaction ends.

    Raises
    ------
    WrongCooperationStatus where it is in none of the *allowed* ones
    """
    held = offers_held.lock(cooperation.offer_id)
    rows = Cooperation.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("offer__organisation__town", "host__town").get(pk=cooperation.pk)
    if row.status not in allowed:
        raise WrongCooperationStatus
    return held, row
