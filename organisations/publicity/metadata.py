"""What a page says of itself to search engines (schema.org as JSON-LD) and to chats that draw a card (Open Graph)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.publicity.published import Kind, Place, Published, State, Time
from organisations.publicity.telling import shortened

SCHEMA = "https://schema.org"
LONGEST_DESCRIPTION = 120
MOST_EVENTS = 20
# Said by the person who posted it; anything else may cost something.
FREE = ("無料", "なし", "0円")


def json_ld(published: Published) -> dict[str, Any] | None:
    """Return the document, or nothing for what is over: an Event for each time, a Demand, an Offer."""
    if published.is_over:
        return None
    if published.kind == Kind.ROLE:
        events = [event(published, time) for time in published.times[:MOST_EVENTS]]
        return {"@context": SCHEMA, "@graph": events} if events else None
    return {"@context": SCHEMA, **(_demand(published) if published.kind == Kind.NEED else _offer(published))}


def open_graph(published: Published, *, picture: str = "") -> Iterable[tuple[str, str]]:
    """Return the properties in order; *picture* is the address of a square picture."""
    yield "og:type", "website"
    yield "og:site_name", _("やりたい")
    yield "og:locale", "en_US" if get_language() == "en" else "ja_JP"
    yield "og:title", published.title
    yield "og:description", shortened(" ".join(published.what.split()), LONGEST_DESCRIPTION)
    yield "og:url", published.url
    if picture:
        yield "og:image", picture
        yield "og:image:type", "image/png"
        yield "og:image:alt", published.title


def event(published: Published, time: Time) -> dict[str, Any]:
    """Return one time of a role as a schema.org Event."""
    return {
        "@type": "Event",
        "@id": f"{published.url}#slot-{time.ref}",
        "name": published.title,
        "description": published.what,
        "startDate": instant(time.starts_at),
        "endDate": instant(time.ends_at),
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/{_attendance(published)}",
        "location": _location(published),
        "organizer": organiser(published),
        "maximumAttendeeCapacity": time.capacity,
        "remainingAttendeeCapacity": time.places_left,
        **({"isAccessibleForFree": True} if published.cost in FREE else {}),
        "url": published.url,
    }


def instant(at: dt.datetime) -> str:
    """Return a time in UTC as ISO 8601 writes it."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def organiser(published: Published) -> dict[str, Any]:
    """Return who asks, with what they gave to be reached by."""
    said = {"telephone": published.phone, "email": published.email, "url": published.website}
    return {"@type": "Organization", "name": published.who, **{key: value for key, value in said.items() if value}}


def place_of(place: Place) -> dict[str, Any]:
    """Return a schema.org Place."""
    point = {"geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lng}}
    return {
        "@type": "Place",
        "name": place.name or place.where,
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "JP",
            "addressLocality": place.ward,
            "streetAddress": f"{place.town}{place.address}",
        },
        **(point if place.lat is not None else {}),
    }


def _attendance(published: Published) -> str:
    if published.place is None:
        return "OnlineEventAttendanceMode"
    return "MixedEventAttendanceMode" if published.is_online else "OfflineEventAttendanceMode"


def _location(published: Published) -> Any:
    online = {"@type": "VirtualLocation", "url": published.url}
    if published.place is None:
        return online
    return [place_of(published.place), online] if published.is_online else place_of(published.place)


def _thing(published: Published, kind: str) -> dict[str, Any]:
    return {
        "@type": kind,
        "@id": published.url,
        "name": published.title,
        "description": published.what,
        "url": published.url,
        "availability": f"{SCHEMA}/{'InStock' if published.state == State.OPEN else 'SoldOut'}",
        **({"areaServed": place_of(published.place)} if published.place else {}),
    }


def _demand(published: Published) -> dict[str, Any]:
    until = {"availabilityEnds": published.until.isoformat()} if published.until else {}
    return {**_thing(published, "Demand"), **until}


def _offer(published: Published) -> dict[str, Any]:
    until = {"validThrough": published.until.isoformat()} if published.until else {}
    return {**_thing(published, "Offer"), "offeredBy": organiser(published), **until}
