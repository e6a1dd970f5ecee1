"""What ties people to roles, by name: the activity both like, the skill both have, what was done before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import IntegerField, Model, OuterRef, QuerySet, Value

from organisations.models import Activity, Role, RoleActivity, Skill
from volunteers.models import Placement, Volunteer


@dataclass(frozen=True)
class Ties:
    """The vocabulary and who ticked what, for some people and some roles, read once."""

    activities: Mapping[int, Activity]
    skills: Mapping[int, Skill]
    interests: Mapping[int, set[int]]
    abilities: Mapping[int, set[int]]
    about: Mapping[int, list[int]]
    wanted: Mapping[int, set[int]]
    wrote: frozenset[int]
    done: Mapping[int, list[Done]]

    def liked(self, volunteer_id: int, role_id: int) -> str:
        """Return the name of what the person ticked and the role is about, empty where there is no such thing."""
        interests = self.interests.get(volunteer_id, set())
        return next((self.activities[one].label for one in self.about.get(role_id, []) if one in interests), "")

    def near(self, volunteer_id: int, role_id: int) -> str:
        """Return the name of what the person ticked and the role is a relative of, empty where there is none."""
        interests, about = self.interests.get(volunteer_id, set()), self.about.get(role_id, [])
        related = [(self._apart(mine, theirs), place, mine) for place, theirs in enumerate(about) for mine in interests]
        near = [one for one in related if one[0]]
        return self.activities[min(near)[2]].label if near else ""

    def skill(self, volunteer_id: int, role_id: int) -> str:
        both = self.abilities.get(volunteer_id, set()) & self.wanted.get(role_id, set())
        return self.skills[min(both)].label if both else ""

    def has_begun(self, volunteer_id: int, at: dt.datetime) -> bool:
        """Say whether the person had taken part in anything by then."""
        return any(done.ended_at <= at for done in self.done.get(volunteer_id, []))

    def took_part(self, volunteer_id: int, role: Role, at: dt.datetime) -> str:
        """Return the name of what the person had done by then that is like the role: the latest of the same kind, else
        of the same organisation; empty where there is none."""
        before = [done for done in self.done.get(volunteer_id, []) if done.ended_at <= at]
        about = set(self.about.get(role.pk, []))
        of_kind = [done for done in before if about & set(self.about.get(done.role.pk, []))]
        of_host = [done for done in before if done.role.organisation_id == role.organisation_id]
        return next((done.role.label for done in (*of_kind, *of_host)), "")

    def _apart(self, mine: int, theirs: int) -> int:
        """Return how far two activities are apart in the tree, 0 where they are no family."""
        up, down = self._line(mine), self._line(theirs)
        shared = [activity for activity in up if activity in down]
        return up.index(shared[0]) + down.index(shared[0]) if shared else 0

    def _line(self, activity: int) -> list[int]:
        line: list[int] = []
        at: int | None = activity
        while at is not None and at not in line:
            line.append(at)
            at = self.activities[at].parent_id
        return line


@dataclass(frozen=True)
class Done:
    """What somebody took part in, and when it was over."""

    role: Role
    ended_at: dt.datetime


def between(*, volunteer_ids: Iterable[int], role_ids: Iterable[int]) -> Ties:
    """Read what ties these people and these roles."""
    people = {person.pk: person for person in _people(set(volunteer_ids))}
    before = {role for person in people.values() for role in person.done_roles}
    roles = {role.pk: role for role in _roles(before.union(role_ids))}
    activities, skills = _vocabulary()
    return Ties(
        activities=activities,
        skills=skills,
        interests={pk: set(person.liked) for pk, person in people.items()},
        abilities={pk: set(person.able) for pk, person in people.items()},
        about={pk: role.about for pk, role in roles.items()},
        wanted={pk: set(role.wanted) for pk, role in roles.items()},
        wrote=frozenset(pk for pk, person in people.items() if person.wish),
        done={
            pk: [Done(roles[role], at) for role, at in zip(person.done_roles, person.done_at, strict=True)]
            for pk, person in people.items()
        },
    )


def _people(volunteer_ids: set[int]) -> QuerySet[Any]:
    """Return people with what they ticked and took part in, the latest first.

    What lies ahead too, for whoever asks about a later day; not what they did not come to.
    """
    places = Placement.objects.active().filter(volunteer=OuterRef("pk"), slot__cancelled_at=None)
    done = places.exclude(attendance__came=False).order_by("-slot__ends_at", "pk")
    return Volunteer.objects.filter(pk__in=volunteer_ids).annotate(
        liked=_ticks(Volunteer.interests.through, "volunteer", "activity_id"),
        able=_ticks(Volunteer.skills.through, "volunteer", "skill_id"),
        done_roles=ArraySubquery(done.values("slot__role_id")),
        done_at=ArraySubquery(done.values("slot__ends_at")),
    )


def _roles(role_ids: set[int]) -> QuerySet[Any]:
    about = RoleActivity.objects.filter(role=OuterRef("pk")).order_by("position")
    return Role.objects.filter(pk__in=role_ids).annotate(
        about=ArraySubquery(about.values("activity_id")), wanted=_ticks(Role.skills.through, "role", "skill_id")
    )


def _ticks(through: type[Model], of: str, what: str) -> ArraySubquery:
    return ArraySubquery(through._default_manager.filter(**{of: OuterRef("pk")}).values(what))


def _vocabulary() -> tuple[dict[int, Activity], dict[int, Skill]]:
    """Return the names of activities and skills, read together."""
    names = ("pk", "ja", "en", "easy_ja")
    activities = Activity.objects.order_by().values_list(Value(True), *names, "parent_id")
    skills = Skill.objects.order_by().values_list(Value(False), *names, Value(None, IntegerField()))
    rows = list(activities.union(skills, all=True))
    return (
        {row[0]: Activity(**dict(zip(names, row, strict=True)), parent_id=up) for is_one, *row, up in rows if is_one},
        {row[0]: Skill(**dict(zip(names, row, strict=True))) for is_activity, *row, _up in rows if not is_activity},
    )
