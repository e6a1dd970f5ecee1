"""Who asks for help: organisations with their people, venues, desks, roles and times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from organisations.models import DeskMembership, Organisation, Review, Role, Slot, SupportDesk, Town, Venue
from organisations.models.review import ReviewOutcome
from organisations.models.role import RoleStatus
from organisations.services import venues
from organisations.services.hosts import organisations
from organisations.services.roles import approval, writing
from organisations.services.times import limits
from volunteers.sample import hours
from volunteers.sample.signing_in import person
from volunteers.sample.terms import Vocabulary

# The file's word where it is shorter than the field's name, and what holds where the file says nothing.
ROLE_FIELDS = {
    "title": "title",
    "title_easy": "title_easy",
    "title_en": "title_en",
    "summary": "summary",
    "summary_en": "summary_en",
    "online": "is_online",
    "min_age": "min_age",
    "max_age": "max_age",
    "guardian_under": "guardian_under",
    "groups": "takes_groups",
    "asks_first": "asks_first",
    "effort": "effort",
    "cost": "cost",
    "insurance": "insurance",
    "bring": "bring",
    "rain_rule": "rain_rule",
    "contact": "contact",
    "with_children": "is_with_children",
}


@dataclass(frozen=True, slots=True)
class Asking:
    """What the files are read with."""

    vocabulary: Vocabulary
    towns: dict[str, Town]
    now: dt.datetime
    actor: User


def organisation(entry: dict[str, Any], asking: Asking) -> Organisation:
    """Return the organisation of *entry*, written with its people and its desk where it is new."""
    known = Organisation.objects.filter(name=entry["name"]).first()
    if known is not None:
        return known
    now, actor = asking.now, asking.actor
    contact = {name: entry[name] for name in ("kana", "phone", "email") if name in entry}
    new = organisations.register(
        name=entry["name"],
        kind=entry["kind"],
        town=asking.towns[entry["town"]],
        about=entry["about"],
        now=now,
        actor=actor,
        is_sample=True,
        **contact,
    )
    new = organisations.approve(organisation=new, now=now, actor=actor)  # before it has people, who would be told
    organisations.add_member(organisation=new, user=person(entry["host"], now=now), now=now, actor=actor)
    if "desk" in entry:
        _desk(new, entry, asking)
    return new


def add_roles(entry: dict[str, Any], owner: Organisation, asking: Asking) -> dict[str, Role]:
    """Return the roles of *entry* by key; new ones are written, and those whose times are all over get new times."""
    found = {role.title: role for role in owner.roles.all()}
    at = {key: _venue(venue, owner, asking) for key, venue in entry["venues"].items()}
    return {
        one["key"]: _again(found[one["title"]], one, asking) if one["title"] in found else _role(one, owner, at, asking)
        for one in entry["roles"]
    }


def add_slots(role: Role, entries: list[dict[str, Any]], asking: Asking) -> None:
    """Add the times of *entries* on the coming days; all at once, as one by one would take seconds."""
    today = timezone.localdate(asking.now)
    new = [
        Slot(role=role, starts_at=start, ends_at=end, minutes=entry.get("minutes"), capacity=entry["capacity"])
        for entry in entries
        for start, end in hours.times(entry, today)
    ]
    for slot in new:
        limits.check_times(starts_at=slot.starts_at, ends_at=slot.ends_at, minutes=slot.minutes, now=asking.now)
    Slot.objects.bulk_create(new)


def _desk(owner: Organisation, entry: dict[str, Any], asking: Asking) -> None:
    desk = SupportDesk.objects.create(
        organisation=owner,
        hours=entry["desk"]["hours"],
        source=entry["desk"]["source"],
        as_of=timezone.localdate(asking.now),
    )
    desk.towns.set([asking.towns[name] for name in entry["desk"]["towns"]])
    DeskMembership.objects.create(user=person(entry["coordinator"], now=asking.now), desk=desk)


def _venue(entry: dict[str, Any], owner: Organisation, asking: Asking) -> Venue:
    return owner.venues.filter(name=entry["name"]).first() or venues.add(
        organisation=owner,
        name=entry["name"],
        town=asking.towns[entry["town"]],
        lat=entry["lat"],
        lng=entry["lng"],
        toilets=entry.get("toilets", ""),
        now=asking.now,
        actor=asking.actor,
    )


def hand_in(entry: dict[str, Any], owner: Organisation, at: Mapping[str, Venue], asking: Asking) -> Role:
    """Write the role of *entry* with its times, and leave it to a coordinator."""
    role = draft(entry, owner, at, asking)
    add_slots(role, entry["slots"], asking)
    return approval.submit(role=role, now=asking.now, actor=asking.actor)


def draft(entry: dict[str, Any], owner: Organisation, at: Mapping[str, Venue], asking: Asking) -> Role:
    """Write the role of *entry* without times; *at* are its venues by their keys in the file."""
    words = asking.vocabulary
    return writing.draft(
        organisation=owner,
        now=asking.now,
        actor=asking.actor,
        venue=at[entry["venue"]] if "venue" in entry else None,
        activities=[words.activities[code] for code in entry["activities"]],
        skills=[words.skills[code] for code in entry.get("skills", [])],
        qualifications=[words.qualifications[code] for code in entry.get("qualifications", [])],
        access=[words.access[code] for code in entry.get("access", [])],
        **{field: entry[name] for name, field in ROLE_FIELDS.items() if name in entry},
    )


def _role(entry: dict[str, Any], owner: Organisation, at: Mapping[str, Venue], asking: Asking) -> Role:
    role = hand_in(entry, owner, at, asking)
    if role.is_with_children:
        return _looked_through(role, asking.now)
    return approval.publish(role=role, now=asking.now, actor=asking.actor)


def _looked_through(role: Role, now: dt.datetime) -> Role:
    """Let a coordinator of each of the two desks look at it: as rows, for nobody of the ward is written to."""
    for desk in SupportDesk.objects.order_by("pk")[: approval.LOOKS_WITH_CHILDREN]:
        by = desk.memberships.earliest("pk").user
        Review.objects.create(role=role, by=by, desk=desk, outcome=ReviewOutcome.APPROVED, at=now)
    return approval.publish(role=role, now=now, actor=by)


def _again(role: Role, entry: dict[str, Any], asking: Asking) -> Role:
    is_over = not Slot.objects.filter(role=role, ends_at__gt=asking.now).exists()
    if is_over and role.status != RoleStatus.CANCELLED:
        # No organisation may do this; the sample may, so that it can be shown again months later.
        Role.objects.filter(pk=role.pk).update(status=RoleStatus.OPEN, changed_at=asking.now)
        add_slots(role, entry["slots"], asking)
        role.refresh_from_db()
    return role
