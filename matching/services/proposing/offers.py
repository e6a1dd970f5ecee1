"""Offers find the needs and roles that they suit: a few are proposed to all three sides, each with its reasons.

What was proposed once is never proposed again, whatever became of it; so looking again finds only what is new. And it
begins only where something is: where all looks as it did the last time, that found whatever there was.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.services.errors import DomainError
from matching.dataset import fair, fair_look
from matching.dataset.fair import Fair
from matching.engine.offers.conditions import fitting
from matching.engine.offers.market import Kind, Long
from matching.engine.offers.scoring import WEIGHTS, Fits, fits
from matching.engine.offers.sharing import share
from matching.models import FairLook
from matching.services.proposing import offer_letters
from organisations.models import Cooperation, Need, Offer, Organisation, Role, Slot
from organisations.models.cooperation import CooperationStatus, ProposedBy
from organisations.models.offer import EXCLUSIVE, Help
from organisations.services.cooperations import asking, bookings, sides

# Of what the service found: so many wait for an answer at a time, for an offer and for a need or role.
WAITING_AT_ONCE = 2
# And so many letters a week come to an organisation, whichever side it is; a desk answers for many needs.
A_WEEK, A_WEEK_FOR_A_DESK = 3, 10
WEEK = dt.timedelta(days=7)
_LOCK = (20_261, 3)


def propose(*, now: dt.datetime) -> int:
    """Propose what fits best and nobody has heard of yet, and write to the three sides; say how many were proposed."""
    with _alone() as is_alone:
        return _propose(now) if is_alone else 0


@transaction.atomic
def _propose(now: dt.datetime) -> int:
    look = fair_look.read(now, since=now - WEEK)
    if not look or FairLook.objects.filter(fingerprint=look).exists():
        return 0
    FairLook.objects.update_or_create(pk=1, defaults={"fingerprint": look, "looked_at": now})
    found = fair.read(now)
    if not len(found.market.offers) or not len(found.market.wants):
        return 0
    pairs = fits(found.market)
    chosen = share(found.market, pairs, **_left(found, now))
    proposed = [row for pair in chosen.tolist() if (row := _one(found, pairs, pair, now)) is not None]
    for row in proposed:
        offer_letters.tell(row, now)
    return len(proposed)


def _one(found: Fair, pairs: Fits, pair: int, now: dt.datetime) -> Cooperation | None:
    """Propose one pair; None where it turned out that one side cannot just now."""
    offer, want = found.offers[pairs.offer[pair]], int(pairs.want[pair])
    host, need, role = _wanted(found, want)
    slot = _time(found, int(pairs.offer[pair]), want)
    try:
        with transaction.atomic():
            return asking.propose(
                offer=offer,
                host=host,
                proposed_by=ProposedBy.SERVICE,
                now=now,
                need=need,
                role=role,
                starts_at=slot.starts_at if slot else None,
                ends_at=slot.ends_at if slot else None,
                quantity=_quantity(found, int(pairs.offer[pair]), want),
                score=float(pairs.score[pair]),
                parts=_parts(pairs, pair),
            )
    except DomainError:
        return None


def _wanted(found: Fair, want: int) -> tuple[Organisation, Need | None, Role | None]:
    """Return who would receive it, and the need or the role in this row."""
    if (need := found.need(want)) is not None:
        return sides.host_of(need), need, None
    role = Role.objects.select_related("organisation").get(pk=found.role_id(want))
    return role.organisation, None, role


def _parts(pairs: Fits, pair: int) -> dict[str, float | None]:
    """Return what each signal adds, and the way in km."""
    km = float(pairs.km[pair])
    told = dict(zip(WEIGHTS, map(float, pairs.parts[pair]), strict=True))
    return {name: round(value, 4) for name, value in told.items()} | {"km": None if math.isnan(km) else round(km, 2)}


def _time(found: Fair, offer: int, want: int) -> Slot | None:
    """Return the first slot at which the offer is to be had; nothing for goods, and for needs, which name no day."""
    given = found.offers[offer]
    if given.kind == Help.GOODS:
        return None
    ids = found.slots_of(fitting(found.market, offer, want))
    slots = Slot.objects.filter(pk__in=ids).order_by("starts_at", "pk")
    return next((slot for slot in slots if _is_free(given, slot)), None)


def _is_free(given: Offer, slot: Slot) -> bool:
    if given.kind not in EXCLUSIVE:
        return True
    return bookings.is_free(offer=given, starts_at=slot.starts_at, ends_at=slot.ends_at)


def _quantity(found: Fair, offer: int, want: int) -> int:
    """Return how many things or people it is about: what is wanted, as far as there is so much."""
    market = found.market
    if market.offers.kind[offer] == Kind.KNOW_HOW:
        return 1
    is_of_things = market.offers.kind[offer] == Kind.GOODS
    wanted = (market.wants.things if is_of_things else market.wants.people)[want]
    return int(min(wanted, market.offers.amount[offer]))


def _left(found: Fair, now: dt.datetime) -> dict[str, Long]:
    """Return how many proposals each offer, each want and each organisation may still get."""
    by_service = Cooperation.objects.filter(proposed_by=ProposedBy.SERVICE)
    waiting = list(by_service.filter(status=CooperationStatus.PROPOSED).values_list("offer", "need", "role"))
    offers, needs, roles = (Counter(column) for column in zip(*waiting, strict=True)) if waiting else [Counter()] * 3
    wants = [*(needs[need.pk] for need in found.needs), *(roles[role] for role in found.role_ids.tolist())]
    return {
        "offer_left": WAITING_AT_ONCE - np.array([offers[offer.pk] for offer in found.offers], dtype=np.int64),
        "want_left": WAITING_AT_ONCE - np.array(wants, dtype=np.int64),
        "owner_left": _owners_left(found, by_service.filter(proposed_at__gt=now - WEEK)),
    }


def _owners_left(found: Fair, this_week: QuerySet[Cooperation]) -> Long:
    told: Counter[int] = Counter()
    for pair in this_week.values_list("offer__organisation", "host"):
        told.update(pair)
    owners = found.market.owners().tolist()
    desks = set(Organisation.objects.filter(pk__in=owners, support_desk__isnull=False).values_list("pk", flat=True))
    most = [A_WEEK_FOR_A_DESK if owner in desks else A_WEEK for owner in owners]
    return np.array(most, dtype=np.int64) - np.array([told[owner] for owner in owners], dtype=np.int64)


@contextmanager
def _alone() -> Iterator[bool]:
    """Yield whether nobody else is proposing at this moment: two at once would propose twice as many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", _LOCK)
        (is_alone,) = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", _LOCK)
