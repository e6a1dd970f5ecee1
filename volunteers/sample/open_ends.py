"""What is still open in the sample ward, so that there is something to decide about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from organisations.models import DeskMembership, Organisation, Role, Slot, SupportDesk, Venue
from organisations.services.coordinating import desks
from organisations.services.hosts import organisations
from organisations.services.reviewing import reviews
from volunteers.models import Application, Volunteer
from volunteers.sample import asking
from volunteers.sample.asking import Asking
from volunteers.sample.signing_in import person

# After so many days an organisation is asked once more, and then the coordinator hears of it.
REMINDED, ESCALATED = dt.timedelta(days=3), dt.timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Written:
    """What the ward holds already, by the keys of its files; *venues* by the key of their organisation."""

    organisations: Mapping[str, Organisation]
    venues: Mapping[str, Mapping[str, Mapping[str, Any]]]
    roles: Mapping[str, Role]
    people: Mapping[str, Volunteer]

    def venues_of(self, owner: str) -> dict[str, Venue]:
        """Return the venues of an organisation by the keys of its file."""
        of = self.organisations[owner].venues
        return {key: of.get(name=venue["name"]) for key, venue in self.venues[owner].items()}


def leave(entry: dict[str, Any], written: Written, asked: Asking) -> None:
    """Write what is missing of the file's open ends; the second time, nothing."""
    second = entry["coordinator"]
    desk = SupportDesk.objects.get(organisation__name=second["desk"])
    DeskMembership.objects.get_or_create(user=person(second, now=asked.now), desk=desk)
    _waiting_organisation(entry["organisation"], asked)
    for role in entry["roles"]:
        _waiting_role(role, written, asked)
    for application in entry["asked"]:
        _application(application, written, asked.now)


def _waiting_organisation(entry: dict[str, Any], asked: Asking) -> None:
    if Organisation.objects.filter(name=entry["name"]).exists():
        return
    new = organisations.register(
        name=entry["name"],
        kana=entry["kana"],
        kind=entry["kind"],
        town=asked.towns[entry["town"]],
        about=entry["about"],
        now=asked.now,
        actor=asked.actor,
        is_sample=True,
    )
    organisations.add_member(
        organisation=new, user=person(entry["host"], now=asked.now), now=asked.now, actor=asked.actor
    )


def _waiting_role(entry: dict[str, Any], written: Written, asked: Asking) -> None:
    owner = written.organisations[entry["owner"]]
    if Role.objects.filter(organisation=owner, title=entry["title"]).exists():
        return
    role = asking.hand_in(entry, owner, written.venues_of(entry["owner"]), asked)
    if "looked_by" in entry:
        first = User.objects.get(email=entry["looked_by"])
        reviews.approve_role(role=role, by_desk=desks.of_coordinator(first, role.towns), now=asked.now, actor=first)


def _application(entry: dict[str, Any], written: Written, now: dt.datetime) -> None:
    """As a row, as if it had been asked then: whoever really asks is written to, and nobody of the ward is."""
    volunteer, role = written.people[entry["volunteer"]], written.roles[entry["role"]]
    slot = Slot.objects.free(now).filter(role=role).order_by("-starts_at").first()
    if slot is None or Application.objects.filter(volunteer=volunteer, slot__role=role).exists():
        return
    at = now - dt.timedelta(days=entry["days_ago"])
    is_late = entry.get("is_late", False)
    Application.objects.create(
        volunteer=volunteer,
        slot=slot,
        note=entry["note"],
        asked_at=at,
        released_at=at if is_late else None,
        reminded_at=at + REMINDED if is_late else None,
        escalated_at=at + ESCALATED if is_late else None,
    )
