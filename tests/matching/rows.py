"""A small ward for the tests of suggestions: people who like an activity, and roles about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import Consent
from matching.models import Shortlist, Suggestion
from matching.services.running import runs
from organisations.models import Activity, Role, Slot, Town
from tests.factories import (
    NOW,
    ActivityFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    VolunteerFactory,
    at,
)
from volunteers.models import Volunteer


def gardening() -> Activity:
    return ActivityFactory(ja="花だんの手入れ", en="Flower beds", synonyms=["水やり", "園芸"])


def reading() -> Activity:
    return ActivityFactory(ja="本の読み聞かせ", en="Reading aloud")


def person(likes: Activity | None = None, *, town: Town | None = None, **fields: Any) -> Volunteer:
    """An adult with all the time in the world; ``name``, ``email``, ``language`` go to the account."""
    account = {key: fields.pop(key) for key in ("name", "email", "language") if key in fields}
    volunteer = VolunteerFactory(user=UserFactory(**account), town=town or a_town(), **fields)
    if likes is not None:
        volunteer.interests.add(likes)
    return volunteer


def a_town() -> Town:
    return Town.objects.first() or TownFactory()


def role(
    about: Activity | None = None,
    *,
    besides: Activity | None = None,
    capacity: int = 3,
    starts_at: dt.datetime | None = None,
    **fields: Any,
) -> Role:
    """A role in the same town, with one slot on Saturday morning."""
    if "venue" not in fields:
        host = fields.get("organisation") or OrganisationFactory(town=a_town())
        fields |= {"organisation": host, "venue": VenueFactory(organisation=host, town=a_town())}
    made = RoleFactory(activities=[one for one in (about, besides) if one], **fields)
    SlotFactory(role=made, capacity=capacity, starts_at=starts_at or at(5, 9))
    return made


def run_once(now: dt.datetime = NOW) -> None:
    """Ask for a run and carry it out here."""
    runs.request(now=now)
    runs.carry_out(now=now)


def listed(volunteer: Volunteer) -> list[int]:
    return list(Shortlist.objects.get(pk=volunteer.pk).roles)


def suggestion(volunteer: Volunteer, about: Role, **fields: Any) -> Suggestion:
    """One that was put before the person on their page."""
    defaults: dict[str, Any] = {"rank": 1, "score": 0.5, "km": 0.4, "status": "seen", "planned_at": NOW, "seen_at": NOW}
    slot = Slot.objects.filter(role=about)[0]
    return Suggestion.objects.create(volunteer=volunteer, role=about, slot=slot, **{**defaults, **fields})


def date_back(now: dt.datetime) -> None:
    """Say that everything was written before *now*, for tests that look at the real clock."""
    Volunteer.objects.update(created_at=now, changed_at=now)
    Consent.objects.update(given_at=now)
    Role.objects.update(created_at=now, changed_at=now, published_at=now)
