"""Who lives in a generated city: accounts, how they are reached, what they agreed to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind, GuardianScope
from notifications.models import Channel, ContactPoint, Preference
from volunteers.models import Volunteer
from volunteers.models.volunteer import ADULT_AGE
from volunteers.sample.copying import Copier

CONTACT, GUARDIAN, IN_ENGLISH = 0.93, 0.85, 0.02

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class People:
    """What everything else about somebody follows from; one row each."""

    ids: range
    users: range
    life: Rows
    age: npt.NDArray[np.int64]
    has_phone_only: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


def draw(copier: Copier, count: int, lives: list[dict[str, Any]], rng: np.random.Generator) -> People:
    """Return *count* people with lives, ages and free ids; nothing is written yet."""
    life = rng.choice(len(lives), count, p=[one["share"] for one in lives])
    youngest, oldest = np.array([one["ages"] for one in lives])[life].T
    return People(
        ids=copier.ids(Volunteer, count),
        users=copier.ids(User, count),
        life=life,
        age=rng.integers(youngest, oldest + 1),
        has_phone_only=rng.random(count) < np.array([one["phone"] for one in lives])[life],
    )


def write(
    copier: Copier,
    people: People,
    book: dict[str, Any],
    texts: dict[str, str],
    rng: np.random.Generator,
    now: dt.datetime,
) -> None:
    """Write the accounts of *people*."""
    count = len(people)
    family, given = rng.integers(len(book["families"]), size=count), rng.integers(len(book["givens"]), size=count)
    names = [f"{book['families'][a]} {book['givens'][b]}" for a, b in zip(family, given, strict=True)]
    phone_only = people.has_phone_only.tolist()
    emails = [
        None if has else f"city{user}@yaritai.example" for user, has in zip(people.users, phone_only, strict=True)
    ]
    languages = np.where(rng.random(count) < IN_ENGLISH, "en", "ja").tolist()
    copier.copy(
        User,
        ("id", "password", "is_superuser", "email", "name", "language", "is_active", "is_staff", "joined_at"),
        (
            (user, "!", False, email, name, language, True, False, now)
            for user, email, name, language in zip(people.users, emails, names, languages, strict=True)
        ),
    )
    copier.copy(
        ContactPoint,
        ("user_id", "channel", "address", "verified_at"),
        (
            (user, Channel.EMAIL, email, now) if email else (user, Channel.CALL_LIST, _phone(user), now)
            for user, email in zip(people.users, emails, strict=True)
        ),
    )
    by_phone = [user for user, has in zip(people.users, phone_only, strict=True) if has]
    copier.copy(
        Preference,
        ("user_id", "channel", "digest", "asks_per_month"),
        ((user, Channel.CALL_LIST, "monthly", 4) for user in by_phone),
    )
    copier.copy(
        Consent,
        ("user_id", "kind", "text", "given_at", "guardian_name", "scope"),
        _consents(people, texts, rng, now),
    )


def _phone(number: int) -> str:
    return f"045-000-{number % 10_000:04d}"


def _consents(
    people: People, texts: dict[str, str], rng: np.random.Generator, now: dt.datetime
) -> Iterator[tuple[int, str, str, dt.datetime, str, list[str]]]:
    contact = rng.random(len(people)) < CONTACT
    guardian = (people.age < ADULT_AGE) & (rng.random(len(people)) < GUARDIAN)
    for user, may_contact, has_guardian in zip(people.users, contact.tolist(), guardian.tolist(), strict=True):
        yield user, ConsentKind.TERMS, texts["terms"], now, "", []
        if may_contact:
            yield user, ConsentKind.CONTACT, texts["contact"], now, "", []
        if has_guardian:
            yield user, ConsentKind.GUARDIAN, texts["guardian"], now, "保護者 (見本)", [GuardianScope.TAKE_PART]
