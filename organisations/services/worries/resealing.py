"""All that is sealed comes under the newest key, so that an older one can be thrown away."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from organisations.models import Worry
from organisations.services.worries import sealing

AT_ONCE = 200


@dataclass(frozen=True)
class Batch:
    """How many were looked at, how many of them came under the newest key, and after which row one goes on."""

    seen: int
    resealed: int
    after: int


@transaction.atomic
def reseal(*, after: int = 0, at_most: int = AT_ONCE) -> Batch:
    """Look at the next worries after the row *after*; what is under the newest key already stays as it is.

    Each batch is whole or not done. Whoever begins again from the first row does only what is left.

    Raises
    ------
    sealing.CannotOpen where no key fits
    """
    rows = Worry.objects.select_for_update(no_key=True).filter(sealed__isnull=False, pk__gt=after).order_by("pk")
    batch = list(rows.only("sealed")[:at_most])
    old = [worry for worry in batch if worry.sealed is not None and not sealing.is_newest(worry.sealed)]
    for worry in old:
        worry.sealed = sealing.reseal(worry.sealed or b"")
    Worry.objects.bulk_update(old, ["sealed"])
    return Batch(len(batch), len(old), batch[-1].pk if batch else after)
