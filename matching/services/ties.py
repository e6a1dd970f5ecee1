"""What ties people to roles, by name: the activity both like, the skill both have, what was done before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg

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
    people, roles = list(set(volunteer_ids)), list(set(role_ids))
    done = _done(people)
    ticks = (ArrayAgg("interests", distinct=True), ArrayAgg("skills", distinct=True))
    said = Volunteer.objects.filter(pk__in=people).values_list("pk", "wish", *ticks)
    before = {one.role.pk for some in done.values() for one in some}
    about: defaultdict[int, list[int]] = defaultdict(list)
    ordered = RoleActivity.objects.filter(role__in=before.union(roles)).order_by("role", "position")
    for role, activity in ordered.values_list("role_id", "activity_id"):
        about[role].append(activity)
    return Ties(
        activities=Activity.objects.in_bulk(),
        skills=Skill.objects.in_bulk(),
        interests={pk: set(ticked) - {None} for pk, _wish, ticked, _skills in said},
        abilities={pk: set(skills) - {None} for pk, _wish, _ticked, skills in said},
        about=about,
        wanted=_sets(Role.skills.through.objects, "role_id", "skill_id", roles),
        wrote=frozenset(pk for pk, wish, *_ticks in said if wish),
        done=done,
    )


def _done(people: list[int]) -> dict[int, list[Done]]:
    """Return what each took part in, the latest first; what lies ahead too, for whoever asks about a later day."""
    places = Placement.objects.active().filter(volunteer__in=people, slot__cancelled_at=None)
    found: defaultdict[int, list[Done]] = defaultdict(list)
    for place in places.select_related("slot__role").order_by("-slot__ends_at", "pk"):
        found[place.volunteer_id].append(Done(place.slot.role, place.slot.ends_at))
    return found


def _sets(manager: object, of: str, what: str, ids: list[int]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row, term in manager.filter(**{f"{of}__in": ids}).values_list(of, what):  # type: ignore[attr-defined]
        found[row].add(term)
    return found
