"""Who helps: people with what they agreed to, how they are reached, what they like and when they are free."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.models.consent import ConsentKind, GuardianScope
from accounts.services import consents, people
from notifications.models import Channel, ContactPoint
from notifications.services import preferences
from organisations.models import SupportDesk, Town
from organisations.models.vocabulary import Proof
from volunteers.models import Volunteer
from volunteers.sample import hours
from volunteers.sample.signing_in import person
from volunteers.sample.terms import Vocabulary
from volunteers.services.coordinating import greeting
from volunteers.services.people import availability, profiles

# The file's word and the field it fills, where they differ; words of the vocabulary come as codes.
PLAIN = {
    "km": "travel_limit_km",
    "wish": "wish",
    "online": "takes_online",
    "home_only": "is_home_only",
    "party": "party_size",
    "minutes": "minutes_at_most",
}
LISTS = {
    "interests": ("interests", "activities"),
    "avoids": ("avoids", "activities"),
    "skills": ("skills", "skills"),
    "qualifications": ("qualifications", "qualifications"),
    "needs": ("access_needs", "access"),
}


@dataclass(frozen=True, slots=True)
class Helping:
    """What the file is read with; *texts* are the words agreed to, by kind of consent."""

    vocabulary: Vocabulary
    towns: dict[str, Town]
    texts: dict[str, str]
    now: dt.datetime
    actor: User


def volunteer(entry: dict[str, Any], number: int, helping: Helping) -> Volunteer:
    """Return the volunteer of *entry*, the *number*-th of the file, written with everything where they are new."""
    known = _known(entry)
    if known is not None:
        return known
    registrar = _registrar(entry)
    then = dataclasses.replace(helping, now=helping.now - dt.timedelta(days=entry.get("here_days", 0)))
    user = _account(entry, registrar, then)
    _agree(entry, user, registrar, then)
    _reach(entry, user, registrar, then)
    new = profiles.create(
        user=user,
        now=then.now,
        actor=registrar or user,
        born_on=birthday(entry["age"], number, timezone.localdate(helping.now)),
        town=helping.towns[entry["town"]],
        **_profile(entry, helping.vocabulary),
    )
    _confirm(new, helping)
    _free(entry, new, registrar or user, helping.now)
    if not entry.get("new"):
        greeting.greet(volunteer=new, now=helping.now, actor=registrar or helping.actor)
    if "paused_days" in entry:
        until = timezone.localdate(helping.now) + dt.timedelta(days=entry["paused_days"])
        profiles.pause(volunteer=new, until=until, now=helping.now, actor=user)
    return new


def birthday(age: int, number: int, today: dt.date) -> dt.date:
    """Return a birthday, another one for each *number*, of somebody who is *age* years old *today*."""
    month, day = number * 7 % 12 + 1, number * 11 % 28 + 1
    return dt.date(today.year - age - ((month, day) > (today.month, today.day)), month, day)


def _known(entry: dict[str, Any]) -> Volunteer | None:
    if "email" in entry:
        return Volunteer.objects.filter(user__email=entry["email"]).first()
    reached = {"channel": Channel.CALL_LIST, "address": entry["phone"]}
    points = ContactPoint.objects.filter(user__name=entry["name"], **reached)
    return Volunteer.objects.filter(user__in=points.values("user")).first()


def _registrar(entry: dict[str, Any]) -> User | None:
    """The coordinator who wrote somebody down that came to the desk."""
    if "registered_by" not in entry:
        return None
    return SupportDesk.objects.get(organisation__name=entry["registered_by"]).memberships.earliest("pk").user


def _account(entry: dict[str, Any], registrar: User | None, helping: Helping) -> User:
    if "email" in entry:
        return person(entry, now=helping.now)
    return people.register(email=None, name=entry["name"], now=helping.now, actor=registrar)


def _agree(entry: dict[str, Any], user: User, registrar: User | None, helping: Helping) -> None:
    kinds = [ConsentKind.TERMS]
    kinds += [ConsentKind.CONTACT] if entry.get("contact", True) else []
    kinds += [ConsentKind.GUARDIAN] if "guardian" in entry else []
    for kind in kinds:
        consents.give(
            user=user,
            kind=kind,
            text=helping.texts[kind],
            now=helping.now,
            actor=registrar,
            guardian_name=entry["guardian"]["name"] if kind == ConsentKind.GUARDIAN else "",
            scope=[GuardianScope.TAKE_PART] if kind == ConsentKind.GUARDIAN else [],
        )


def _reach(entry: dict[str, Any], user: User, registrar: User | None, helping: Helping) -> None:
    for channel, address in ((Channel.EMAIL, entry.get("email")), (Channel.CALL_LIST, entry.get("phone"))):
        if address:
            ContactPoint.objects.create(user=user, channel=channel, address=address, verified_at=helping.now)
    if "channel" in entry:
        preferences.change(user=user, now=helping.now, actor=registrar, channel=entry["channel"])


def _profile(entry: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    plain = {field: entry[word] for word, field in PLAIN.items() if word in entry}
    lists = {
        field: [getattr(vocabulary, kind)[code] for code in entry[word]]
        for word, (field, kind) in LISTS.items()
        if word in entry
    }
    return plain | lists


def _confirm(new: Volunteer, helping: Helping) -> None:
    for qualification in new.qualifications.exclude(proof=Proof.SELF):
        profiles.confirm_qualification(volunteer=new, qualification=qualification, now=helping.now, actor=helping.actor)


def _free(entry: dict[str, Any], new: Volunteer, actor: User, now: dt.datetime) -> None:
    availability.set_weekly(volunteer=new, weekly=hours.week(entry["free"]), now=now, actor=actor)
    for other in entry.get("except", []):
        on = hours.coming(timezone.localdate(now), hours.DAYS[other["day"]][0], other["week"])
        availability.set_day(volunteer=new, on=on, free=hours.half_hours(other["free"]), now=now, actor=actor)
