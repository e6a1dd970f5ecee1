"""What a host may know about how many people a role reaches: never who, never how far, never few.

Every number is rounded down to a multiple of five, so 1 to 4 people are 0, one person more or less is not seen in
any number, and neither sums nor differences of the numbers say more. Conditions that tell about the people and not
about the role (how far they live, what they avoid) are not counted out here at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from matching import explanations, reports
from matching.engine.reasons import Reason
from matching.models import Suggestion
from matching.services import runs
from organisations.models import Role

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
    if reach is None:
        return HostCounts(told=_coarse(told))
    shut_out = {explanations.condition(reason): _coarse(reach.only_by[reason]) for reason in _SAID}
    return HostCounts(
        could_come=_coarse(reach.could_come),
        told=_coarse(told),
        shut_out={name: count for name, count in shut_out.items() if count},
    )


def _coarse(count: int) -> int:
    return count // STEP * STEP
