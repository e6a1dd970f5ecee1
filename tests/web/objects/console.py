from __future__ import annotations

from matching.models import RoleReport, Run
from organisations.models import Role
from organisations.models.offer import OfferStatus
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ApplicationFactory,
    CallLineFactory,
    JuniorFactory,
    OfferFactory,
    OrganisationFactory,
    QualificationFactory,
    RewordingFactory,
    RoleFactory,
    SlotFactory,
    VolunteerFactory,
)
from tests.web.objects import people
from tests.web.objects.on_the_day import more_days
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side


def _waiting(side: Side) -> Target:
    slot = SlotFactory(
        role__organisation=side.posted.organisation,
        role__venue=side.posted.role.venue,
        role__status=RoleStatus.WAITING,
        role__is_with_children=True,
    )
    return by_pk(slot.role)


def _reworded(side: Side) -> Target:
    role = side.posted.role
    if not role.rewordings.unread().exists():
        RewordingFactory(role=role)
    return by_pk(role)


def _line(side: Side) -> Target:
    suggestion = side.taking.suggestion
    return by_pk(CallLineFactory(user=suggestion.volunteer.user, about={"suggestions": [suggestion.pk]}))


def _run(_side: Side) -> Target:
    return by_pk(Run.objects.create(status="done", as_of=NOW, requested_at=NOW, started_at=NOW, finished_at=NOW))


OBJECTS: dict[str, Which] = {
    **dict.fromkeys(
        ("console:role", "console:approve_role", "console:reread_role", "console:send_back_role"), _waiting
    ),
    **dict.fromkeys(
        ("console:organisation", "console:approve_organisation", "console:send_back_organisation"),
        lambda side: by_pk(side.posted.organisation),
    ),
    "console:send_back_rewording": _reworded,
    "console:greet": lambda side: by_pk(side.taking.volunteer),
    "console:application": lambda side: Target({"public_id": side.unreleased.public_id}, side.unreleased),
    "console:call": _line,
    "console:answer_on_call": _line,
    "console:run": _run,
    **people.OBJECTS,
}


def more_of_everything(side: Side, count: int) -> None:
    town = side.posted.organisation.town
    OrganisationFactory.create_batch(count, town=town, approval=Approval.WAITING, approved_at=None)
    here = {"organisation": side.posted.organisation, "venue": side.posted.role.venue}
    RoleFactory.create_batch(count, status=RoleStatus.WAITING, **here)
    OfferFactory.create_batch(count, status=OfferStatus.WAITING, organisation=side.posted.organisation)
    for _ in range(count):
        RewordingFactory(role=RoleFactory(**here))
        late = SlotFactory(role=RoleFactory(organisation=OrganisationFactory(town=town)))
        ApplicationFactory(slot=late, released_at=NOW, escalated_at=NOW)
        ApplicationFactory(slot=late, volunteer=JuniorFactory(town=town))
        CallLineFactory(user=VolunteerFactory(town=town).user)
    _more_unfilled(RoleFactory.create_batch(2 * count, **here))


def _more_unfilled(roles: list[Role]) -> None:
    words = [("qualification", QualificationFactory().pk), ("access", AccessFeatureFactory().pk)]
    best = {str(role.pk): [*words[number % 2], 3] for number, role in enumerate(roles)}
    trace = {"best": {"roles": best, "is_whole": True}}
    run = Run.objects.create(status="done", as_of=NOW, requested_at=NOW, finished_at=NOW, trace=trace)
    RoleReport.objects.bulk_create(
        RoleReport(run=run, role=role, could_come=0, listed=0, shut_out_only_by={"time": 2}) for role in roles
    )


def more_lines(side: Side, count: int) -> None:
    CallLineFactory.create_batch(count, user=side.taking.volunteer.user)


def more_runs(side: Side, count: int) -> None:
    for _ in range(count):
        _run(side)


LISTS: dict[str, tuple[str, Grow]] = {
    "console:today": ("coordinator", more_of_everything),
    "console:calls": ("coordinator", more_lines),
    "console:runs": ("coordinator", more_runs),
    "console:days": ("coordinator", more_days),
    **people.LISTS,
}
