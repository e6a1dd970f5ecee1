"""What ties people to roles, by name: the activity both like, the skill both have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from organisations.models import Activity, Role, RoleActivity, Skill
from volunteers.models import Volunteer


@dataclass(frozen=True)
class Ties:
    """The vocabulary and who ticked what, for some people and some roles, read once."""

    activities: Mapping[int, Activity]
    skills: Mapping[int, Skill]
    interests: Mapping[int, set[int]]
    abilities: Mapping[int, set[int]]
    about: Mapping[int, list[int]]
    wanted: Mapping[int, set[int]]

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


def between(*, volunteer_ids: Iterable[int], role_ids: Iterable[int]) -> Ties:
    """Read what ties these people and these roles."""
    people, roles = list(set(volunteer_ids)), list(set(role_ids))
    about: defaultdict[int, list[int]] = defaultdict(list)
    ordered = RoleActivity.objects.filter(role__in=roles).order_by("role", "position")
    for role, activity in ordered.values_list("role_id", "activity_id"):
        about[role].append(activity)
    return Ties(
        activities=Activity.objects.in_bulk(),
        skills=Skill.objects.in_bulk(),
        interests=_sets(Volunteer.interests.through.objects, "volunteer_id", "activity_id", people),
        abilities=_sets(Volunteer.skills.through.objects, "volunteer_id", "skill_id", people),
        about=about,
        wanted=_sets(Role.skills.through.objects, "role_id", "skill_id", roles),
    )


def _sets(manager: object, of: str, what: str, ids: list[int]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row, term in manager.filter(**{f"{of}__in": ids}).values_list(of, what):  # type: ignore[attr-defined]
        found[row].add(term)
    return found
