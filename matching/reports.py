"""For coordinators: which roles hardly anybody could come to, and which condition shuts the others out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from matching import explanations
from matching.engine.reasons import Reason
from matching.models import RoleReport, Run
from organisations.models import Role

# Roles to which fewer people than this could come are looked after first.
FEW = 5
# Nothing that a role could be changed about: these bind only where nothing else does.
_ABOUT_THE_PERSON = Reason.NOT_OPEN | Reason.NO_CONSENT | Reason.AVOIDED | Reason.CLOSED


@dataclass
class Reach:
    """A role's report of a whole run: how many could come, and whom each condition shuts out (alone or not)."""

    could_come: int = 0
    listed: int = 0
    shut_out: Counter[Reason] = field(default_factory=Counter)
    only_by: Counter[Reason] = field(default_factory=Counter)

    def binding(self) -> tuple[Reason | None, int]:
        """Return the condition to think about first, and how many would come without it.

        Where nobody is shut out by one condition alone, it is the one that shuts out most people.
        """
        for counts in (self.only_by, self.shut_out):
            changeable = Counter({reason: n for reason, n in counts.items() if not reason & _ABOUT_THE_PERSON})
            for some in (changeable, counts):
                if some:
                    # Among equals the first in the list of reasons, so that the answer is always the same.
                    worst = min(some, key=lambda reason: (-some[reason], reason))
                    return worst, some[worst]
        return None, 0


@dataclass(frozen=True)
class UnderServed:
    """A role with too few people; *others* are shut out by *binding* alone, or most of all."""

    role: Role
    could_come: int
    binding: str
    others: int


def reaches(*, run: Run, role_ids: Iterable[int] | None = None) -> dict[int, Reach]:
    """Return role id → what the run found."""
    reports = RoleReport.objects.filter(run=run).order_by("role")
    if role_ids is not None:
        reports = reports.filter(role__in=list(role_ids))
    return {report.role_id: _reach(report) for report in reports}


def _reach(report: RoleReport) -> Reach:
    return Reach(report.could_come, report.listed, _reasons(report.shut_out), _reasons(report.shut_out_only_by))


def scarce(*, fewer_than: int = FEW) -> QuerySet[RoleReport]:
    """Return the reports, of every run, of roles to which fewer people could come, those with fewest first."""
    few = RoleReport.objects.filter(could_come__lt=fewer_than)
    return few.select_related("role__organisation").order_by("could_come", "role_id")


def under_served(*, run: Run, fewer_than: int = FEW) -> list[UnderServed]:
    """Return the roles to which fewer people could come, those with fewest first. Not for pages outside the console."""
    return [of_report(report) for report in scarce(fewer_than=fewer_than).filter(run=run)]


def of_report(report: RoleReport) -> UnderServed:
    return of_role(report.role, _reach(report))


def of_role(role: Role, reach: Reach) -> UnderServed:
    reason, others = reach.binding()
    return UnderServed(role, reach.could_come, explanations.condition(reason) if reason else "", others)


def _reasons(counts: Mapping[str, int]) -> Counter[Reason]:
    return Counter({Reason[name.upper()]: count for name, count in counts.items()})
