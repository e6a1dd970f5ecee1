"""The volunteers of a generated city: what they wish, like and need, and when they are free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from volunteers.models import Availability, AvailabilityException, HeldQualification, Volunteer
from volunteers.models.volunteer import LONGEST_TRAVEL_KM
from volunteers.sample import chances, hours, residents
from volunteers.sample.copying import Copier
from volunteers.sample.geography import Ground
from volunteers.sample.residents import People
from volunteers.sample.terms import Vocabulary, in_short

ONLINE, HOME_ONLY, PAUSED, CONFIRMED = 0.65, 0.05, 0.04, 0.85
GROUPS, KEEPS_DAY, SHORT, AVOIDS = 0.02, 0.85, 0.5, 0.08
MINUTES = [30, 60, 90, 120, 180]
DAYS_OFF = 4

Rows = npt.NDArray[np.intp]


def write(
    copier: Copier,
    count: int,
    *,
    book: dict[str, Any],
    texts: dict[str, str],
    ground: Ground,
    vocabulary: Vocabulary,
    rng: np.random.Generator,
    now: dt.datetime,
) -> None:
    """Write *count* people with everything that belongs to them."""
    people = residents.draw(copier, count, book["lives"], rng)
    residents.write(copier, people, book, texts, rng, now)
    interests = list(_interests(vocabulary, count, rng))
    _profiles(copier, people, book, ground, interests, vocabulary, rng, now)
    _free(copier, people, book["lives"], rng, timezone.localdate(now))
    _ticks(copier, people, book, vocabulary, interests, rng, now)


def _interests(vocabulary: Vocabulary, count: int, rng: np.random.Generator) -> Iterator[list[int]]:
    things = [activity.pk for activity in vocabulary.activities.values() if activity.parent_id]
    for rows in chances.several(chances.popularity(len(things), rng), 1, 5, count, rng):
        yield [things[row] for row in rows]


def _profiles(
    copier: Copier,
    people: People,
    book: dict[str, Any],
    ground: Ground,
    interests: list[list[int]],
    vocabulary: Vocabulary,
    rng: np.random.Generator,
    now: dt.datetime,
) -> None:
    count, today = len(people), timezone.localdate(now)
    days_old = people.age * 365.2425 + rng.integers(1, 365, count)
    born = [today - dt.timedelta(days=int(days)) for days in days_old]
    towns = ground.ids[ground.draw(rng, count)].tolist()
    km = np.array([one["km"] for one in book["lives"]])[people.life] * rng.lognormal(0.0, 0.5, count)
    home_only = rng.random(count) < HOME_ONLY
    online = home_only | (rng.random(count) < ONLINE)
    party = np.where(rng.random(count) < GROUPS, rng.integers(2, 15, count), 1)
    minutes = [value or None for value in np.where(rng.random(count) < SHORT, rng.choice(MINUTES, count), 0).tolist()]
    pause = np.where(rng.random(count) < PAUSED, rng.integers(1, 90, count), 0).tolist()
    paused = [today + dt.timedelta(days=days) if days else None for days in pause]
    wishes = _wishes(interests, book, vocabulary, rng)
    columns = ("id", "user_id", "born_on", "town_id", "travel_limit_km", "takes_online", "is_home_only", "party_size")
    rows = zip(
        people.ids,
        people.users,
        born,
        towns,
        km.clip(0.3, LONGEST_TRAVEL_KM).round(1).tolist(),
        online.tolist(),
        home_only.tolist(),
        party.tolist(),
        minutes,
        paused,
        wishes,
        strict=True,
    )
    copier.copy(
        Volunteer,
        (*columns, "minutes_at_most", "paused_until", "wish", "created_at", "changed_at"),
        ((*row, now, now) for row in rows),
    )


def _wishes(
    interests: list[list[int]], book: dict[str, Any], vocabulary: Vocabulary, rng: np.random.Generator
) -> Iterator[str]:
    short = {one.pk: in_short(one) for one in vocabulary.activities.values()}
    synonyms = {one.pk: one.synonyms or [short[one.pk]] for one in vocabulary.activities.values()}
    parents = {one.pk: one.parent_id or one.pk for one in vocabulary.activities.values()}
    sentence = rng.integers(len(book["wishes"]), size=len(interests)).tolist()
    beside = rng.integers(len(book["besides"]), size=len(interests)).tolist()
    synonym = rng.integers(12, size=len(interests)).tolist()
    for liked, which, more, other in zip(interests, sentence, beside, synonym, strict=True):
        first, last = liked[0], liked[-1] if len(liked) > 1 else parents[liked[0]]
        yield book["wishes"][which].format(
            what=short[first],
            first=synonyms[first][other % len(synonyms[first])],
            other=short[last],
            beside=book["besides"][more],
        )


def _free(
    copier: Copier, people: People, lives: list[dict[str, Any]], rng: np.random.Generator, today: dt.date
) -> None:
    weeks = [[hours.week(free) for free in one["weeks"]] for one in lives]
    which = rng.integers(1 << 30, size=len(people))
    kept = rng.random((len(people), 7)) < KEEPS_DAY
    usual = (weeks[life][number % len(weeks[life])] for life, number in zip(people.life, which, strict=True))
    copier.copy(
        Availability,
        ("volunteer_id", "weekly"),
        (
            (volunteer, [mask if stays else 0 for mask, stays in zip(week, keeps, strict=True)])
            for volunteer, week, keeps in zip(people.ids, usual, kept.tolist(), strict=True)
        ),
    )
    shifts = [number for number, one in enumerate(lives) if one["name"] == "shift"]
    workers = [volunteer for volunteer, life in zip(people.ids, people.life, strict=True) if life in shifts]
    days = (rng.permutation(27)[:DAYS_OFF].tolist() for _ in workers)
    masks = [0, hours.half_hours("9:00-17:00"), hours.half_hours("13:00-21:00")]
    copier.copy(
        AvailabilityException,
        ("volunteer_id", "on", "free"),
        (
            (volunteer, today + dt.timedelta(days=day + 1), masks[day % len(masks)])
            for volunteer, chosen in zip(workers, days, strict=True)
            for day in chosen
        ),
    )


def _ticks(
    copier: Copier,
    people: People,
    book: dict[str, Any],
    vocabulary: Vocabulary,
    interests: list[list[int]],
    rng: np.random.Generator,
    now: dt.datetime,
) -> None:
    count = len(people)
    copier.link(Volunteer.interests.through, chances.pairs(people.ids, interests))
    fields = [activity.pk for activity in vocabulary.activities.values() if not activity.parent_id]
    avoided = np.where(rng.random(count) < AVOIDS, rng.integers(len(fields), size=count), -1).tolist()
    parents = {activity.pk: activity.parent_id for activity in vocabulary.activities.values()}
    copier.link(
        Volunteer.avoids.through,
        (
            (volunteer, fields[field])
            for volunteer, field, liked in zip(people.ids, avoided, interests, strict=True)
            if field >= 0 and fields[field] not in {parents[one] for one in liked}
        ),
    )
    skills = [skill.pk for skill in vocabulary.skills.values()]
    chosen = chances.several(chances.popularity(len(skills), rng), 0, 3, count, rng)
    copier.link(Volunteer.skills.through, chances.pairs(people.ids, [[skills[row] for row in rows] for rows in chosen]))
    access = {code: feature.pk for code, feature in vocabulary.access.items()}
    needs = chances.ticks(book["needs"], access, count, rng)
    copier.link(Volunteer.access_needs.through, chances.pairs(people.ids, needs))
    held = chances.ticks(book["holds"], {code: one.pk for code, one in vocabulary.qualifications.items()}, count, rng)
    rows = list(chances.pairs(people.ids, held))
    confirmed = (rng.random(len(rows)) < CONFIRMED).tolist()
    copier.copy(
        HeldQualification,
        ("volunteer_id", "qualification_id", "confirmed_at"),
        ((*row, now if is_confirmed else None) for row, is_confirmed in zip(rows, confirmed, strict=True)),
    )
