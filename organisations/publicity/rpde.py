"""OpenActive's Realtime Paged Data Exchange 1.0: whoever reads on from ``next`` never misses a change.

References
----------
https://openactive.io/realtime-paged-data-exchange/1.0/ ("modified timestamp and ID")
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from organisations.publicity.metadata import event, json_ld, organiser, place_of
from organisations.publicity.published import Published, Time

OPENACTIVE = "https://openactive.io/"


@dataclass(frozen=True)
class Item:
    """``data`` is None where it is gone: a reader hears of that too."""

    kind: str
    ref: int
    modified: int
    data: dict[str, Any] | None


def page(items: Iterable[Item], *, own: str, base: str, licence: str) -> bytes:
    """Return one page of *items*, ordered by (modified, ref).

    ``next`` follows from the last of them; where there is none, it is *own*, the address of this very page.
    """
    listed = list(items)
    last = listed[-1] if listed else None
    goes_on = f"{base}?afterTimestamp={last.modified}&afterId={last.ref}" if last else own
    body = {"next": goes_on, "items": [_item(one) for one in listed], "license": licence}
    return json.dumps(body, ensure_ascii=False).encode()


def session(published: Published, time: Time) -> dict[str, Any]:
    """Return one time of a role as a ScheduledSession of the role's SessionSeries."""
    said = event(published, time)
    return {
        "@context": OPENACTIVE,
        "@type": "ScheduledSession",
        "@id": said["@id"],
        "identifier": time.ref,
        "startDate": said["startDate"],
        "endDate": said["endDate"],
        "duration": _duration(time),
        "eventStatus": said["eventStatus"],
        "maximumAttendeeCapacity": time.capacity,
        "remainingAttendeeCapacity": time.places_left,
        "url": published.url,
        "superEvent": _series(published),
    }


def thing(published: Published) -> dict[str, Any] | None:
    """Return a need or an offer in the words of schema.org."""
    return json_ld(published)


def _series(published: Published) -> dict[str, Any]:
    where = {"location": {"@id": f"{published.url}#place", **place_of(published.place)}} if published.place else {}
    return {
        "@type": "SessionSeries",
        "@id": published.url,
        "identifier": published.ref,
        "name": published.title,
        "description": published.what,
        "organizer": {"@id": f"{published.url}#organiser", **organiser(published)},
        "activity": [{"@type": "Concept", "prefLabel": name} for name in published.activities],
        **where,
        "url": published.url,
    }


def _item(one: Item) -> dict[str, Any]:
    head = {"state": "updated" if one.data else "deleted", "kind": one.kind, "id": one.ref, "modified": one.modified}
    return {**head, "data": one.data} if one.data else head


def _duration(time: Time) -> str:
    minutes = time.minutes or int((time.ends_at - time.starts_at).total_seconds() // 60)
    return f"PT{minutes}M"
