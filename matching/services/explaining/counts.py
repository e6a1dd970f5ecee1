"""What a host may know about how many people a role reaches: never who, never how far, never few.

Every number is 0 or a multiple of five, and never more than there are. Before it is rounded down, 0 to 4 people are
left out; how many, follows from the role's conditions by a key that nobody outside knows. So the number at which
one person more tips the next five is not known, and is another one for a role that differs in one condition: that two
numbers differ does not say that their people do. Conditions that tell about the people and not about the role
(how far they live, what they avoid) are not counted out here at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac

from matching import explanations, reports
from matching.engine.reasons import Reason
from matching.models import Suggestion
from matching.services.running import runs
from organisations.models import Need, Role
from volunteers.models import Pledge

STEP = 5
_SAID = (
    Reason.TIME,
    Reason.TOO_YOUNG,
    Reason.TOO_OLD,
    Reason.GUARDIAN,
    Reason.QUALIFICATION,
    Reason.ACCESS,
    Reason.GROUP,
    Reason.CAPACITY,
)


@dataclass(frozen=True)
class HostCounts:
    """``shut_out``: name of a condition of the role → people who would come if only that one were otherwise."""

    could_come: int = 0
    told: int = 0
    shut_out: Mapping[str, int] = field(default_factory=dict)


def for_role(*, role: Role) -> HostCounts:
    """Return the counts of the newest run, each 0 or a multiple of five."""
    run = runs.latest()
    reach = reports.reaches(run=run, role_ids=[role.pk]).get(role.pk) if run else None
    told = Suggestion.objects.filter(role=role, sent_at__isnull=False).values("volunteer").distinct().count()
    told = coarse(told, role=role, of="told")
    if reach is None:
        return HostCounts(told=told)
    return HostCounts(
        could_come=coarse(reach.could_come, role=role, of="could_come"), told=told, shut_out=_shut_out(role, reach)
    )


def openings(roles: Iterable[Role]) -> dict[int, list[str]]:
    """Return role id → the conditions without which at least five people more could come, in words: for everybody.

    They are those whose number the host sees, rounded by the same key: a second look tells nobody more.
    """
    shown, run = list(roles), runs.latest()
    reaches = reports.reaches(run=run, role_ids=[role.pk for role in shown]) if run else {}
    return {role.pk: list(_shut_out(role, reaches[role.pk])) if role.pk in reaches else [] for role in shown}


def _shut_out(role: Role, reach: reports.Reach) -> dict[str, int]:
    found = {reason: coarse(reach.only_by[reason], role=role, of=f"{reason.name}") for reason in _SAID}
    return {explanations.condition(reason): count for reason, count in found.items() if count}


def coarse(count: int, *, role: Role, of: str) -> int:
    """Return a multiple of five, at most *count* and more than *count* − 9; 0 where that would be below it.

    Parameters
    ----------
    of : what is counted. The same of a role with the same conditions is always rounded in the same way, so that
        asking again says nothing new.
    """
    return rounded(count, of=f"{_conditions(role)} {of}")


def pledged(*, need: Need) -> int:
    """Return how many people would help with *need*: a multiple of five that never tells of one person more."""
    return rounded(Pledge.objects.alive().filter(need=need).count(), of=f"need {need.pk}")


def rounded(count: int, *, of: str) -> int:
    """Return the same for whatever *of* names: always rounded in the same way, so that asking again says nothing."""
    left_out = int(salted_hmac("matching.counts", of).hexdigest(), 16) % STEP
    return max(count - left_out, 0) // STEP * STEP


def _conditions(role: Role) -> str:
    """Return all that decides who could come to a role, but not which role it is: a copy of it is no second look."""
    slots = role.slots.filter(cancelled_at=None).order_by("starts_at", "ends_at", "minutes", "capacity")
    said: list[object] = [role.organisation_id, role.venue_id, role.is_online, role.takes_groups]
    said += [role.min_age, role.max_age, role.guardian_under]
    said += [sorted(terms.values_list("pk", flat=True)) for terms in (role.qualifications, role.access)]
    said += [sorted(role.activities.values_list("pk", flat=True))]
    return repr([*said, *slots.values_list("starts_at", "ends_at", "minutes", "capacity")])
