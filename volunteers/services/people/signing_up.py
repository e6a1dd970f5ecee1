"""Becoming a volunteer at one go: who somebody is, their week and what they agreed to, or none of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import consents, people
from volunteers.models import Volunteer
from volunteers.services.people import availability, profiles


@dataclass(frozen=True)
class Answers:
    """What somebody said before they had an account.

    Attributes
    ----------
    name : what they are called.
    weekly : seven times 48 half hours as bits, Monday first.
    profile : fields of the profile, as ``profiles.create`` takes them.
    """

    name: str
    weekly: list[int]
    profile: Mapping[str, Any]


@transaction.atomic
def finish(*, user: User, answers: Answers, consents_given: Mapping[str, str], now: dt.datetime) -> Volunteer:
    """Make the profile of *user*; where there is one already, nothing happens.

    Parameters
    ----------
    consents_given
        The very words that were shown and agreed to, by kind of consent.

    Notes
    -----
    Whoever is under 16 gets a profile as everybody does. Nothing comes of it: as long as no guardian has agreed, no
    role is suggested to them and none can be joined.

    Raises
    ------
    What ``profiles.create``, ``availability.set_weekly``, ``people.change`` and ``consents.give`` raise
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    there = Volunteer.objects.select_related("user", "town").filter(user=user).first()
    if there is not None:
        return there
    volunteer = profiles.create(user=user, now=now, actor=user, **answers.profile)
    availability.set_weekly(volunteer=volunteer, weekly=answers.weekly, now=now, actor=user)
    people.change(user=user, name=answers.name, language=user.language, now=now)
    for kind, text in consents_given.items():
        consents.give(user=user, kind=kind, text=text, now=now)
    return volunteer
