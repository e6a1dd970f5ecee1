"""Out of needs a role is made: one need or several become a draft, of their desk or of a group that takes them up.

The needs stay open until the role is published: ``ends.take_up``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Activity, Need, Organisation, Role, Skill, Town, Venue
from organisations.models.role import RoleStatus
from organisations.services import venues
from organisations.services.hosts import organisations
from organisations.services.needs import finding
from organisations.services.needs.finding import NeedOver
from organisations.services.places import need_spots, spots
from organisations.services.places.geocoding import apart_km
from organisations.services.roles import approval, complete, writing
from organisations.services.times import slots
from organisations.services.times.rough_times import next_days

LONGEST_TITLE = 80
MOST_TIMES = 4
# A coordinator looks the role through, and people must hear of it.
DAYS_AHEAD = 3
# A role that is over is no hindrance to another one.
OVER = (RoleStatus.CLOSED, RoleStatus.CANCELLED)
Times = Sequence[tuple[dt.datetime, dt.datetime]]


class AlreadyTurning(DomainError):
    code = "need_has_a_role"
    message = _("この地域ニーズからは、もう募集の下書きができています。画面を開きなおして確かめてください。")


@dataclass(frozen=True, slots=True)
class Time:
    """When, for how many, and how many minutes of it each."""

    times: Times
    capacity: int
    minutes: int | None = None


@transaction.atomic
def begin(
    *,
    needs: Sequence[Need],
    organisation: Organisation,
    now: dt.datetime,
    actor: User | None,
    time: Time | None = None,
    **said: Any,
) -> Role:
    """Draft a role of *organisation* for *needs*; what is not *said* they say themselves.

    Raises
    ------
    NeedOver, AlreadyTurning, and what ``writing.draft`` and ``slots.add`` raise
    """
    held = [lock(need, now) for need in sorted(needs, key=lambda need: need.pk)]
    fields = {**told(held), **said}
    role = writing.draft(organisation=organisation, now=now, actor=actor, **words_of(held), **fields)
    if time is not None and time.times:
        slots.add_many(role=role, times=time.times, capacity=time.capacity, minutes=time.minutes, now=now, actor=actor)
    for need in held:
        need.role, need.host, need.changed_at = role, organisation, now
        need.save(update_fields=["role", "host", "changed_at"])
    audit.record_all(actor=actor, action="need.begin_role", targets=held, now=now, role=role.pk)
    role.refresh_from_db()
    return role


@transaction.atomic
def begin_at_desk(*, needs: Sequence[Need], town: Town | None, now: dt.datetime, actor: User, **said: Any) -> Role:
    """Draft a role of the needs' desk, and hand it in where nothing is missing.

    *actor* acts for the desk's organisation from now on: whoever coordinates there answers those who ask to come.

    Parameters
    ----------
    town : where no venue is said, people meet somewhere in this town, and hear where once they are coming.

    Raises
    ------
    What ``begin`` and ``venues.add`` raise
    """
    organisation = needs[0].desk.organisation
    organisations.add_member(organisation=organisation, user=actor, now=now, actor=actor)
    if town is not None:
        said["venue"] = _somewhere_in(town, organisation, now, actor)
    role = begin(needs=needs, organisation=organisation, now=now, actor=actor, **said)
    return role if complete.missing(role=role, now=now) else approval.submit(role=role, now=now, actor=actor)


def told(needs: Sequence[Need]) -> dict[str, str]:
    """Return title and summary that say what *needs* say, in Japanese and, where they all have it, in English."""
    if len(needs) == 1:
        (need,) = needs
        return {name: getattr(need, name) for name in ("title", "title_en", "summary", "summary_en")}
    with override("ja"):
        title = gettext("%(place)sのあたりを、ひとまわり(%(count)sか所)") % {
            "place": needs[0].place,
            "count": len(needs),
        }
    return {"title": title[:LONGEST_TITLE], "summary": "\n\n".join(_stop(need) for need in needs)}


def words_of(needs: Sequence[Need]) -> dict[str, list[Any]]:
    """Return activities and skills of all *needs*, each once; those of the first need come first."""
    activities: dict[Activity, None] = {}
    skills: dict[Skill, None] = {}
    for need in needs:
        activities |= dict.fromkeys(need.activities.all())
        skills |= dict.fromkeys(need.skills.all())
    return {"activities": list(activities), "skills": list(skills)}


def time_of(need: Need, *, now: dt.datetime) -> Time:
    """Return the next days of the rough times of *need* within its last day; none where it names no time."""
    first = timezone.localdate(now) + dt.timedelta(DAYS_AHEAD)
    days = next_days(need.when, first=first, last=need.wanted_until)[:MOST_TIMES]
    zone = timezone.get_current_timezone()
    times = [tuple(dt.datetime.combine(on, hour, zone) for hour in when.hours) for on, when in days]
    return Time([(begins, ends) for begins, ends in times], need.people, need.minutes)


def venues_near(needs: Sequence[Need], organisation: Organisation) -> list[Venue]:
    """Return the venues of *organisation*, the nearest to the first need in front."""
    found = list(organisation.venues.select_related("town").order_by("name"))
    point = point_of(needs[0])
    if point is None:
        return found
    return sorted(found, key=lambda venue: (math.hypot(*apart_km(*point, venue.lat, venue.lng)), venue.name))


def towns_of(needs: Sequence[Need]) -> list[Town]:
    """Return the towns with a point where *needs* are, all those of a district."""
    towns = {need.town_id for need in needs if need.town_id is not None}
    districts = {need.district_id for need in needs if need.district_id is not None}
    return list(Town.objects.with_point().filter(Q(pk__in=towns) | Q(district__in=districts)))


def is_somewhere(venue: Venue) -> bool:
    """Say whether it stands for a whole town, and not for a place of its own."""
    return venue.name == _called(venue.town)


def _somewhere_in(town: Town, organisation: Organisation, now: dt.datetime, actor: User) -> Venue:
    name = _called(town)
    known = organisation.venues.filter(name=name, town=town).first()
    return known or venues.add(organisation=organisation, name=name, town=town, now=now, actor=actor)


def _called(town: Town) -> str:
    with override("ja"):
        return gettext("%(town)s(集まる場所は、参加する方に伝えます)") % {"town": town.name}


def point_of(need: Need) -> need_spots.Degrees | None:
    """Return the point of its town, or the middle of its district's towns, in degrees."""
    if need.town is not None:
        point = spots.of_town(need.town)
        return None if point is None else (point.lat, point.lng)
    return need_spots.middle_of({need.district_id or 0}).get(need.district_id or 0)


def _stop(need: Need) -> str:
    return "\n".join(filter(None, [f"・{need.title}({need.place})", need.summary]))


def lock(need: Need, now: dt.datetime) -> Need:
    """Return the need's row, held until the transaction ends, if a role can be made of it.

    Raises
    ------
    NeedOver, AlreadyTurning
    """
    rows = Need.objects.select_for_update(no_key=True, of=("self",)).select_related("town", "district", "role")
    locked = rows.get(pk=need.pk)
    if not finding.is_wanted(locked, timezone.localdate(now)):
        raise NeedOver
    if locked.role is not None and locked.role.status not in OVER:
        raise AlreadyTurning
    return locked
