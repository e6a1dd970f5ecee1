"""One small world: two neighbourhoods with one of everything, and nine kinds of people who look at it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F

from accounts.models import User
from accounts.services import tokens
from matching.models import Suggestion, SuggestionStatus
from notifications.models import Channel, Notification
from notifications.models.notification import Status
from notifications.services import links
from organisations.models import Organisation, Role, Slot, Town
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ApplicationFactory,
    DeskMembershipFactory,
    JuniorFactory,
    MembershipFactory,
    OrganisationFactory,
    PlacementFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    VolunteerFactory,
    WaitingFactory,
    at,
)
from volunteers.models import Application, Placement, Volunteer, Waiting

KINDS = (
    "stranger",
    "newcomer",
    "volunteer",
    "junior_waiting",
    "junior_allowed",
    "host",
    "host_waiting",
    "coordinator",
    "staff",
)


class Whose(models.TextChoices):
    OWN = "own"
    OTHERS = "others"


@dataclass(frozen=True)
class Posted:
    """What an organisation has: ``role`` is open, or a draft where the organisation is not approved yet."""

    organisation: Organisation
    role: Role
    slot: Slot
    placed_slot: Slot
    asked_slot: Slot


@dataclass(frozen=True)
class Taking:
    """What a volunteer has."""

    volunteer: Volunteer
    suggestion: Suggestion
    placement: Placement
    application: Application
    waiting: Waiting


@dataclass(frozen=True)
class Side:
    """All that is somebody's own, or all that is others'.

    ``posted`` is the organisation's, ``open`` what everybody can see and ask for, ``unreleased`` what a young person
    of the neighbourhood asked and a coordinator has not looked at, ``account`` whose letters and tokens these are.
    """

    posted: Posted
    open: Posted
    taking: Taking
    unreleased: Application
    account: User
    notice: Notification
    token: Any
    link: str


@dataclass(frozen=True)
class World:
    people: dict[str, User | AnonymousUser]
    _own: dict[str, Side]
    _others: Side

    def side(self, kind: str, whose: Whose) -> Side:
        return self._own[kind] if whose == Whose.OWN else self._others


def build() -> World:
    here, there = _neighbourhood(), _neighbourhood()
    waiting = _posted(here.town, approval=Approval.WAITING, status=RoleStatus.DRAFT)
    people: dict[str, User] = {
        "newcomer": UserFactory(),
        "volunteer": VolunteerFactory(town=here.town).user,
        "junior_waiting": JuniorFactory(town=here.town, guardian=None).user,
        "junior_allowed": JuniorFactory(town=here.town).user,
        "host": MembershipFactory(organisation=here.posted.organisation).user,
        "host_waiting": MembershipFactory(organisation=waiting.organisation).user,
        "coordinator": here.coordinator,
        "staff": UserFactory(is_staff=True, is_superuser=True),
    }
    takings = {
        kind: _taking(user.volunteer, here.posted) for kind, user in people.items() if hasattr(user, "volunteer")
    }
    own = {
        kind: _side(
            user, here, waiting if kind == "host_waiting" else here.posted, takings.get(kind, takings["volunteer"])
        )
        for kind, user in people.items()
    }
    other = VolunteerFactory(town=there.town)
    MembershipFactory(organisation=there.posted.organisation)
    others = _side(other.user, there, there.posted, _taking(other, there.posted))
    return World({"stranger": AnonymousUser(), **people}, {"stranger": own["newcomer"], **own}, others)


@dataclass(frozen=True)
class _Neighbourhood:
    town: Town
    coordinator: User
    posted: Posted
    unreleased: Application


def _neighbourhood() -> _Neighbourhood:
    town = TownFactory()
    posted = _posted(town)
    unreleased = ApplicationFactory(volunteer=JuniorFactory(town=town), slot=posted.asked_slot)
    desk = SupportDeskFactory(organisation__town=town, towns=[town])
    return _Neighbourhood(town, DeskMembershipFactory(desk=desk).user, posted, unreleased)


def _posted(town: Town, *, approval: str = Approval.APPROVED, status: str = RoleStatus.OPEN) -> Posted:
    is_approved = approval == Approval.APPROVED
    organisation = OrganisationFactory(town=town, approval=approval, approved_at=NOW if is_approved else None)
    role = RoleFactory(
        organisation=organisation,
        venue=VenueFactory(organisation=organisation, town=town),
        status=status,
        published_at=NOW if status == RoleStatus.OPEN else None,
    )
    slots = [SlotFactory(role=role, starts_at=at(day, 9), capacity=9) for day in (5, 6, 7)]
    return Posted(organisation, role, *slots)


def _taking(volunteer: Volunteer, posted: Posted) -> Taking:
    Slot.objects.filter(pk=posted.placed_slot.pk).update(taken=F("taken") + 1)
    sent = {"status": SuggestionStatus.SENT, "rank": 1, "score": 0.8, "planned_at": NOW}
    return Taking(
        volunteer,
        Suggestion.objects.create(volunteer=volunteer, role=posted.role, slot=posted.slot, **sent),
        PlacementFactory(volunteer=volunteer, slot=posted.placed_slot),
        ApplicationFactory(volunteer=volunteer, slot=posted.asked_slot, released_at=NOW),
        WaitingFactory(
            volunteer=volunteer, slot=SlotFactory(role=posted.role, starts_at=at(9, 9), capacity=1, taken=1)
        ),
    )


def _side(account: User, place: _Neighbourhood, posted: Posted, taking: Taking) -> Side:
    return Side(
        posted=posted,
        open=place.posted,
        taking=taking,
        unreleased=place.unreleased,
        account=account,
        notice=Notification.objects.create(
            user=account,
            channel=Channel.INBOX,
            kind="placement_confirmed",
            dedupe_key=f"world:{account.pk}",
            title="お知らせ",
            body="参加が決まりました。",
            status=Status.SENT,
            created_at=NOW,
            due_at=NOW,
            sent_at=NOW,
        ),
        token=tokens.issue(user=account, now=NOW, lasts=dt.timedelta(days=1))[0],
        link=links.issue(user=account, action="unsubscribe", target_id="", now=NOW),
    )
