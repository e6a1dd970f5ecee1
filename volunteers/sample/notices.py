"""The organisations of a generated city, and what they ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.utils import timezone

from organisations.models import Organisation, Role, RoleActivity, Slot, Venue
from organisations.services import search
from volunteers.sample import chances, hours
from volunteers.sample.copying import Copier
from volunteers.sample.geography import Ground, near
from volunteers.sample.terms import Vocabulary, in_short

ROLES_PER_ORGANISATION = 5
FROM_TOWN_KM = 0.25
ONLINE, GROUPS, ASKS_FIRST = 0.12, 0.3, 0.15
MIN_AGES, INSURANCES = [0, 10, 12, 15, 16, 18, 18], ["civic", "civic", "event", "organiser", "unknown"]
KIND_SHARES = {"community": 0.45, "npo": 0.2, "facility": 0.18, "company": 0.09, "school": 0.06, "support": 0.02}


def write(
    copier: Copier,
    count: int,
    *,
    book: dict[str, Any],
    ground: Ground,
    vocabulary: Vocabulary,
    rng: np.random.Generator,
    now: dt.datetime,
) -> None:
    """Write *count* open roles with their organisations, venues and slots."""
    owners = _organisations(copier, max(1, count // ROLES_PER_ORGANISATION), book, ground, rng, now)
    venues = _venues(copier, owners, ground, rng)
    roles = copier.ids(Role, count)
    activities = list(_activities(vocabulary, count, rng))
    owner = rng.integers(len(owners), size=count).tolist()
    _roles(copier, roles, [(owners[row][0], venues[row]) for row in owner], activities, book, vocabulary, rng, now)
    copier.copy(
        RoleActivity,
        ("role_id", "activity_id", "position"),
        (
            (role, activity, position)
            for role, about in zip(roles, activities, strict=True)
            for position, activity in enumerate(about)
        ),
    )
    _ticks(copier, roles, book, vocabulary, rng)
    _slots(copier, roles, book["hours"], rng, timezone.localdate(now))
    search.index(roles=Role.objects.filter(pk__gte=roles.start, pk__lt=roles.stop))


def _organisations(
    copier: Copier, count: int, book: dict[str, Any], ground: Ground, rng: np.random.Generator, now: dt.datetime
) -> list[tuple[int, int, str]]:
    """Return id, row of the town and name of each."""
    ids = copier.ids(Organisation, count)
    kinds = rng.choice(list(KIND_SHARES), count, p=list(KIND_SHARES.values())).tolist()
    towns, endings = ground.draw(rng, count).tolist(), rng.integers(60, size=count).tolist()
    names = [
        f"{ground.names[town]}{book['groups'][kind][ending % len(book['groups'][kind])]} {id_}"
        for id_, kind, town, ending in zip(ids, kinds, towns, endings, strict=True)
    ]
    copier.copy(
        Organisation,
        (
            *("id", "name", "kana", "kind", "town_id", "about", "phone", "email", "website"),
            *("is_sample", "approval", "approved_at", "created_at"),
        ),
        (
            (id_, name, "", kind, int(ground.ids[town]), "", "", "", "", True, "approved", now, now)
            for id_, name, kind, town in zip(ids, names, kinds, towns, strict=True)
        ),
    )
    return list(zip(ids, towns, names, strict=True))


def _venues(copier: Copier, owners: list[tuple[int, int, str]], ground: Ground, rng: np.random.Generator) -> range:
    ids = copier.ids(Venue, len(owners))
    towns = [town for _, town, _ in owners]
    lat, lng = near(ground.lat[towns], ground.lng[towns], FROM_TOWN_KM, rng)
    rows = zip(ids, owners, lat.round(6).tolist(), lng.round(6).tolist(), strict=True)
    copier.copy(
        Venue,
        ("id", "organisation_id", "town_id", "name", "address", "lat", "lng", "found_by", "toilets"),
        (
            (id_, owner, int(ground.ids[town]), f"{name} 会場", "", north, east, "pin", "")
            for id_, (owner, town, name), north, east in rows
        ),
    )
    return ids


def _activities(vocabulary: Vocabulary, count: int, rng: np.random.Generator) -> Iterator[list[int]]:
    """Yield the main activity and up to two others, mostly of the same field."""
    things = [activity for activity in vocabulary.activities.values() if activity.parent_id]
    field = np.array([activity.parent_id for activity in things])
    main = rng.choice(len(things), count, p=chances.popularity(len(things), rng))
    others = rng.integers(0, 3, count).tolist()
    for number, more in zip(main.tolist(), others, strict=True):
        related = np.flatnonzero(field == field[number])
        beside = [row for row in rng.permutation(related).tolist() if row != number][:more]
        yield [things[row].pk for row in (number, *beside)]


def _roles(
    copier: Copier,
    roles: range,
    places: list[tuple[int, int]],
    activities: list[list[int]],
    book: dict[str, Any],
    vocabulary: Vocabulary,
    rng: np.random.Generator,
    now: dt.datetime,
) -> None:
    count = len(roles)
    names = {one.pk: (in_short(one), one.en) for one in vocabulary.activities.values()}
    title, summary = (rng.integers(len(book[key]), size=count).tolist() for key in ("titles", "summaries"))
    people = rng.integers(5, 60, count).tolist()
    online, groups, asks = ((rng.random(count) < share).tolist() for share in (ONLINE, GROUPS, ASKS_FIRST))
    min_age, effort = rng.choice(MIN_AGES, count).tolist(), rng.integers(1, 4, count).tolist()
    insurance = rng.choice(INSURANCES, count).tolist()
    words = [names[about[0]] for about in activities]
    copier.copy(
        Role,
        (
            *("id", "organisation_id", "venue_id", "is_online", "title", "title_easy", "title_en", "summary"),
            *("summary_en", "search_text", "status", "min_age", "guardian_under", "takes_groups", "asks_first"),
            *("effort", "cost", "insurance", "bring", "rain_rule", "contact"),
            *("is_with_children", "created_at", "changed_at", "published_at"),
        ),
        (
            (
                *(role, owner, None if online[i] else venue, online[i]),
                *(book["titles"][title[i]].format(what=words[i][0]), "", words[i][1]),
                *(book["summaries"][summary[i]].format(what=words[i][0], people=people[i]), "", "", "open"),
                *(min_age[i], 18, groups[i], asks[i], effort[i], "", insurance[i], "", "", ""),
                *(False, now, now, now),
            )
            for i, (role, (owner, venue)) in enumerate(zip(roles, places, strict=True))
        ),
    )


def _ticks(
    copier: Copier, roles: range, book: dict[str, Any], vocabulary: Vocabulary, rng: np.random.Generator
) -> None:
    qualifications = {code: one.pk for code, one in vocabulary.qualifications.items()}
    access = {code: one.pk for code, one in vocabulary.access.items()}
    asks = chances.ticks(book["asks"], qualifications, len(roles), rng)
    offers = chances.ticks(book["offers"], access, len(roles), rng)
    skills = [skill.pk for skill in vocabulary.skills.values()]
    welcome = chances.several(chances.popularity(len(skills), rng), 0, 2, len(roles), rng)
    copier.link(Role.qualifications.through, chances.pairs(roles, asks))
    copier.link(Role.access.through, chances.pairs(roles, offers))
    copier.link(Role.skills.through, chances.pairs(roles, [[skills[row] for row in rows] for rows in welcome]))


def _slots(
    copier: Copier, roles: range, patterns: list[dict[str, Any]], rng: np.random.Generator, today: dt.date
) -> None:
    copier.copy(
        Slot,
        ("role_id", "starts_at", "ends_at", "minutes", "capacity", "taken", "sequence"),
        (
            (role, start, end, pattern.get("minutes"), capacity, 0, 0)
            for role in roles
            for pattern, entry, capacity in [_plan(patterns, rng)]
            for start, end in hours.times(entry, today)
        ),
    )


def _plan(patterns: list[dict[str, Any]], rng: np.random.Generator) -> tuple[dict[str, Any], dict[str, Any], int]:
    """Return hours, the days they are on, and for how many: once, or every week on one or two days."""
    pattern = patterns[int(rng.integers(len(patterns)))]
    days = [day for day, numbers in hours.DAYS.items() if numbers[0] in hours.GROUPS[pattern["days"]]]
    chosen = rng.permutation(days)[: int(rng.integers(1, 3))]
    weeks = "0 1 2" if rng.random() < 0.5 else str(int(rng.integers(0, 3)))
    capacity = int(np.clip(rng.lognormal(1.2, 0.8), 1, 60))
    return pattern, {"days": " ".join(chosen.tolist()), "weeks": weeks, "at": pattern["at"]}, capacity
