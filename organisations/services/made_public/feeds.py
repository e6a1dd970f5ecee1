"""What the open feeds have told, so that a reader who comes back hears of every change, and of what is gone."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import override

from organisations.models import FeedItem, Slot
from organisations.models.feed_item import FeedKind
from organisations.publicity import rpde
from organisations.services.made_public import publishing

PAGE = 200
AT_ONCE = 1000
# So many rows are looked at in one minute.
PIECE = 2000
# Two numbers that name the lock of this module among all of the database.
NOTING = (7_206, 1)
RPDE_KINDS = {FeedKind.SLOT: "ScheduledSession", FeedKind.NEED: "Demand", FeedKind.OFFER: "Offer"}
Told = Mapping[int, dict[str, Any]]
Refs = Set[int]


@transaction.atomic
def note_changes(*, now: dt.datetime) -> int:
    """Write down what has appeared, changed or gone since the last time; say how much.

    One at a time: were a lower number written after a higher one had been read, a reader would miss it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", NOTING)
    return sum(_note(kind, now) for kind in FeedKind)


def page(*, kind: FeedKind, after: tuple[int, int] | None, now: dt.datetime) -> list[rpde.Item]:
    """Return the items after the one that *after* names by (modified, number).

    What has gone since the last note is told as gone at once; what has changed is told as it is now, and again later.
    """
    items = FeedItem.objects.filter(kind=kind).order_by("modified", "ref")
    if after is not None:
        items = items.filter(Q(modified=after[0], ref__gt=after[1]) | Q(modified__gt=after[0]))
    found = list(items[:PAGE])
    live = told(kind, now, {one.ref for one in found if not one.is_deleted})
    return [rpde.Item(RPDE_KINDS[kind], one.ref, one.modified, _data(one, live)) for one in found]


def told(kind: FeedKind, now: dt.datetime, refs: Refs) -> Told:
    """Return what is told now of the rows of *refs*; the words are Japanese whoever asks."""
    with override("ja"):
        return dict(TELL[kind](now, refs))


def _data(item: FeedItem, live: Told) -> dict[str, Any] | None:
    return None if item.is_deleted else live.get(item.ref)


def _note(kind: FeedKind, now: dt.datetime) -> int:
    """Look at one piece of what there is: a ward's is whole in one, a city's takes as many minutes as it has pieces."""
    items, live = FeedItem.objects.filter(kind=kind), LIVE[kind](now).order_by()
    pieces = max(1, math.ceil(max(live.count(), items.filter(is_deleted=False).count()) / PIECE))
    piece = int(now.timestamp() // 60) % pieces
    refs = set(live.alias(piece=F("pk") % pieces).filter(piece=piece).values_list("pk", flat=True))
    digests = {ref: _digest(data) for ref, data in told(kind, now, refs).items()}
    own = items.alias(piece=F("ref") % pieces).filter(Q(is_deleted=False) | Q(ref__in=list(digests)), piece=piece)
    known = {item.ref: item for item in own}
    new = [FeedItem(kind=kind, ref=ref) for ref in digests if ref not in known]
    changed = [item for ref, item in known.items() if _is_other(item, digests.get(ref))]
    last = items.aggregate(last=Max("modified"))["last"] or 0
    modified = max(last + 1, int(now.timestamp() * 1000))
    for item in (*new, *changed):
        item.digest, item.is_deleted = digests.get(item.ref, ""), item.ref not in digests
        item.modified, item.changed_at = modified, now
    FeedItem.objects.bulk_create(new, AT_ONCE)
    FeedItem.objects.bulk_update(changed, ["digest", "is_deleted", "modified", "changed_at"], AT_ONCE)
    return len(new) + len(changed)


def _is_other(item: FeedItem, digest: str | None) -> bool:
    return item.is_deleted != (digest is None) or (digest is not None and item.digest != digest)


def _digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _sessions(now: dt.datetime, refs: Refs) -> Iterator[tuple[int, dict[str, Any]]]:
    asked = Slot.objects.filter(pk__in=list(refs))
    found = publishing.roles().filter(pk__in=asked.order_by().values("role"))
    for role in publishing.with_times(found, now, of=asked):
        published = publishing.of_role(role, now=now, in_words=False)
        for time in published.times:
            yield time.ref, rpde.session(published, time)


def _needs(now: dt.datetime, refs: Refs) -> Iterator[tuple[int, dict[str, Any]]]:
    for need in publishing.needs().filter(pk__in=list(refs)):
        if data := rpde.thing(publishing.of_need(need, now=now)):
            yield need.pk, data


def _offers(now: dt.datetime, refs: Refs) -> Iterator[tuple[int, dict[str, Any]]]:
    for offer in publishing.offers().filter(pk__in=list(refs)):
        if data := rpde.thing(publishing.of_offer(offer, now=now)):
            yield offer.pk, data


TELL: Mapping[FeedKind, Callable[[dt.datetime, Refs], Iterator[tuple[int, dict[str, Any]]]]] = {
    FeedKind.SLOT: _sessions,
    FeedKind.NEED: _needs,
    FeedKind.OFFER: _offers,
}
LIVE: Mapping[FeedKind, Callable[[dt.datetime], QuerySet[Any]]] = {
    FeedKind.SLOT: lambda now: publishing.coming(Slot.objects.filter(role__in=publishing.roles().values("pk")), now),
    FeedKind.NEED: lambda _now: publishing.needs(),
    FeedKind.OFFER: lambda _now: publishing.offers(),
}
