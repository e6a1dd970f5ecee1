"""Roles with their times out of a table, and a table of roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Organisation, Role, RoleActivity, Slot, Town, Venue
from organisations.models.role import BEFORE_THE_END, PUBLISHED, RoleStatus
from organisations.services import search, venues, words
from organisations.services.bringing_in.columns import Entry, Fault, Plan, entries
from organisations.services.bringing_in.role_columns import LISTS, TIMES, WHERE, columns, told
from organisations.services.roles import complete
from organisations.services.times import limits, slots
from organisations.spreadsheets.read import Table
from organisations.spreadsheets.write import Cell

__all__ = ["columns", "plan", "rows", "write"]

AT_ONCE = 1000
SAID = ("summary", "activities")
HANDED_IN = (RoleStatus.WAITING, *PUBLISHED)


@dataclass(slots=True)
class Group:
    """The lines of one role: one that is there already, or a new one."""

    lines: list[Entry]
    role: Role | None

    @property
    def first(self) -> dict[str, Any]:
        return self.lines[0].values


def plan(*, table: Table, user: User, now: dt.datetime) -> Plan:
    """Say what of *table* would be written, what is there already, and what is wrong."""
    named = columns(user)
    read, faults = entries(table, named)
    found = Plan(faults=faults)
    by_field = {column.field: column.name for column in named}
    for group in _groups(read):
        wrong = [Fault(row, by_field.get(field, ""), said) for row, field, said in _wrong(group, now)]
        found.faults += wrong
        if not wrong:
            known = _times_of(group.role)
            for line in group.lines:
                (found.known if _when(line) in known else found.fine).append(line)
    found.faults.sort()
    return found


def write(*, fine: list[Entry], now: dt.datetime, actor: User) -> None:
    """Write all of *fine*; new roles wait for a coordinator's look."""
    groups = _groups(fine)
    new = [group for group in groups if group.role is None]
    there = [(group.role, line) for group in groups if group.role is not None for line in group.lines]
    _write_roles(new, now, actor)
    lines = [(group.role, line) for group in new for line in group.lines]
    Slot.objects.bulk_create([Slot(role=role, **_slot(line)) for role, line in lines], AT_ONCE)
    search.index(roles=Role.objects.filter(pk__in=[group.role.pk for group in new if group.role]))
    for role, line in there:
        slots.add(role=role, now=now, actor=actor, **_slot(line))


def rows(user: User, now: dt.datetime) -> Iterable[list[Cell]]:
    """The coming times of the roles in the area that *user* coordinates, by the same columns.

    Drafts stay with who writes them: nobody else sees those yet, and half-written they could not be brought in.
    """
    fields = [column.field for column in columns(user)]
    activities = Prefetch("role_activities", RoleActivity.objects.select_related("activity").order_by("position", "pk"))
    coming = Prefetch("slots", Slot.objects.filter(cancelled_at=None, ends_at__gt=now).order_by("starts_at", "pk"))
    found = (
        Role.objects.filter(organisation__in=Organisation.objects.in_area_of(user), status__in=HANDED_IN)
        .select_related("organisation", "venue__town")
        .prefetch_related(activities, coming, "skills", "qualifications", "access")
        .order_by("organisation__kana", "organisation__name", "pk")
    )
    for role in found:
        for slot in role.slots.all():
            said = told(role, slot)
            yield [said[field] for field in fields]


def _groups(lines: Iterable[Entry]) -> list[Group]:
    by_key: dict[tuple[int, str], list[Entry]] = {}
    for line in lines:
        by_key.setdefault((line.values["organisation"].pk, words.fold(line.values["title"])), []).append(line)
    there = Role.objects.filter(organisation__in={key[0] for key in by_key}, status__in=BEFORE_THE_END)
    known = {(role.organisation_id, words.fold(role.title)): role for role in there.prefetch_related("slots")}
    return [Group(lines, known.get(key)) for key, lines in by_key.items()]


def _times_of(role: Role | None) -> set[tuple[dt.datetime, dt.datetime]]:
    return {(one.starts_at, one.ends_at) for one in role.slots.all() if one.cancelled_at is None} if role else set()


def _when(line: Entry) -> tuple[dt.datetime, dt.datetime]:
    values = line.values
    first, last = values["on"], values["until"] or values["on"]
    return (
        timezone.make_aware(dt.datetime.combine(first, values["starts"])),
        timezone.make_aware(dt.datetime.combine(last, values["ends"])),
    )


def _slot(line: Entry) -> dict[str, Any]:
    starts_at, ends_at = _when(line)
    values = line.values
    return {"starts_at": starts_at, "ends_at": ends_at, "minutes": values["minutes"], "capacity": values["capacity"]}


def _wrong(group: Group, now: dt.datetime) -> Iterable[tuple[int, str, str]]:
    """Yield line, field and what is wrong there."""
    known, seen = _times_of(group.role), dict[tuple[dt.datetime, dt.datetime], int]()
    if group.role is None:
        yield from _wrong_role(group, now)
    for line in group.lines:
        when = _when(line)
        if when in seen:
            yield (
                line.number,
                "on",
                str(_("%(row)s行目と同じ日時です。どちらかを消してください。") % {"row": seen[when]}),
            )
        seen.setdefault(when, line.number)
        if when not in known:
            try:
                limits.check_times(starts_at=when[0], ends_at=when[1], minutes=line.values["minutes"], now=now)
                limits.check_capacity(line.values["capacity"], taken=0)
            except DomainError as refused:
                yield line.number, "starts", str(refused)


def _wrong_role(group: Group, now: dt.datetime) -> Iterable[tuple[int, str, str]]:
    number, first = group.lines[0].number, group.first
    for field in SAID:
        if not first[field]:
            yield number, field, str(_("この募集のはじめの行です。書いてください。"))
    if first["venue"] and _venue(first) is None and first["venue_town"] is None:
        yield number, "venue_town", str(_("はじめて使う会場です。町を書いてください。"))
    try:
        complete.check(_role(first, now=now, venue=Venue(pk=0) if first["venue"] else None))
    except DomainError as refused:
        yield number, "", str(refused)
    for line in group.lines[1:]:
        for field, value in line.values.items():
            if field not in (*TIMES, "title") and value is not None and value != first[field]:
                yield (
                    line.number,
                    field,
                    str(_("%(row)s行目とちがいます。同じにするか、空けてください。") % {"row": number}),
                )


def _venue(first: dict[str, Any]) -> Venue | None:
    name = words.fold(first["venue"])
    return next((one for one in first["organisation"].venues.all() if words.fold(one.name) == name), None)


def _role(first: dict[str, Any], *, now: dt.datetime, venue: Venue | None) -> Role:
    beside = {"organisation", *LISTS, *WHERE, *TIMES}
    said = {field: value for field, value in first.items() if field not in beside and value is not None}
    return Role(
        organisation=first["organisation"],
        venue=venue,
        status=RoleStatus.WAITING,
        created_at=now,
        changed_at=now,
        submitted_at=now,
        **words.checked(Role, said),
    )


def _write_roles(new: list[Group], now: dt.datetime, actor: User) -> None:
    known: dict[tuple[int, str], Venue] = {}
    for group in new:
        group.role = _role(group.first, now=now, venue=_place(group.first, known, now, actor))
    written = Role.objects.bulk_create([group.role for group in new if group.role], AT_ONCE)
    pairs = list(zip(written, [group.first for group in new], strict=True))
    RoleActivity.objects.bulk_create(
        [
            RoleActivity(role=role, activity=one, position=position)
            for role, first in pairs
            for position, one in enumerate(first["activities"] or [])
        ],
        AT_ONCE,
    )
    for name in ("skills", "qualifications", "access"):
        through = getattr(Role, name).through
        other = Role._meta.get_field(name).m2m_reverse_field_name()  # type: ignore[union-attr]
        links = [
            through(role_id=role.pk, **{f"{other}_id": term.pk}) for role, first in pairs for term in first[name] or []
        ]
        through.objects.bulk_create(links, AT_ONCE)
    audit.record_all(actor=actor, action="role.bring_in", targets=written, now=now)


def _place(first: dict[str, Any], known: dict[tuple[int, str], Venue], now: dt.datetime, actor: User) -> Venue | None:
    if not first["venue"]:
        return None
    key = (first["organisation"].pk, words.fold(first["venue"]))
    if key not in known:
        town: Town = first["venue_town"]
        known[key] = _venue(first) or venues.add(
            organisation=first["organisation"],
            name=first["venue"],
            town=town,
            address=first["venue_address"] or "",
            now=now,
            actor=actor,
        )
    return known[key]
