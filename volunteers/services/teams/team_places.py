"""The places of a company's team: held for it, and taken by its people one by one."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.services import audit, consents
from accounts.services.errors import DomainError
from organisations.models import Hold, Slot, Team
from organisations.models.role import RoleStatus
from organisations.services.teams import gathering, holds
from organisations.services.times import slots
from organisations.services.times.filling import SlotFull
from volunteers.models import Application, Placement, Volunteer, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.conditions import check_allowed
from volunteers.services.refusals import NotAllowed, RoleNotOpen, SlotOver
from volunteers.services.taking_part import joining, placements, queues
from volunteers.services.telling import letters

# What was promised while a role was open is still good when it takes nobody else.
STANDING = (RoleStatus.OPEN, RoleStatus.FILLED, RoleStatus.RESTING, RoleStatus.CLOSED)


class NotForTeams(DomainError):
    code = "not_for_teams"
    message = _(
        "この活動では、チームの場所を先にとっておけません。団体が一人ずつにお返事をするか、お一人での参加をお願いしています。"
    )


class TeamPlacesGone(DomainError):
    code = "team_places_gone"
    message = _("チームのためにとってある場所は、もうありません。会社の担当の方にお聞きください。")


class AdultsOnly(NotAllowed):
    code = "team_adults_only"
    message = _("チームでの参加は18歳からです。お一人で参加できる活動をご覧ください。")


@transaction.atomic
def hold(*, team: Team, slot: Slot, places: int, until: dt.datetime, now: dt.datetime, actor: User | None) -> Hold:
    """Hold *places* for a team. Who waits for the slot comes first: to a team it is full then.

    Raises
    ------
    TeamIsClosed, TeamNotApproved, NotForTeams, SlotFull, SlotOver, RoleNotOpen, and what ``holds.take`` raises
    """
    current_team = gathering.lock(team)
    if current_team.closed_at is not None:
        raise gathering.TeamIsClosed
    if not current_team.organisation.is_approved:
        raise gathering.TeamNotApproved
    current = joining.lock_slot(slot)
    joining.check_open(current, now)
    placements.check_stands(slot, current)
    if current.minutes is not None or current.role.asks_first or (places > 1 and not current.role.takes_groups):
        raise NotForTeams
    if queues.first(current, now) is not None:
        raise SlotFull
    return holds.take(team=current_team, slot=current, places=places, until=until, now=now, actor=actor)


@transaction.atomic
def join(
    *, volunteer: Volunteer, hold: Hold, is_named: bool, text: str, now: dt.datetime, actor: User | None
) -> Placement:
    """Take one of the places that are held for the team, on the conditions on which anybody joins.

    Parameters
    ----------
    is_named, text
        Whether the company may be told the person's name, and the words in which they were asked; what they agree to
        goes into the log of consents.

    Raises
    ------
    TeamPlacesGone, AdultsOnly, SlotOver, RoleNotOpen, AlreadyJoined, Clash, NotAllowed, TextMissing
    """
    person = placements.lock_person(volunteer)
    slot = joining.lock_slot(hold.slot)
    on = timezone.localdate(now)
    _check_stands(slot, now)
    if person.age(on) < ADULT_AGE:
        raise AdultsOnly
    check_allowed(volunteer=person, role=slot.role, on=on)
    if hold.team.closed_at is not None or not holds.take_one(hold):
        raise TeamPlacesGone
    placement = _insert(person, slot, hold, is_named, now)
    if is_named:
        consents.give(user=person.user, kind=ConsentKind.TEAM_NAME, text=text, now=now, actor=actor)
    _end_other_ways(person, slot, now)
    audit.record(actor=actor, action="placement.join_team", target=placement, now=now, slot=slot.pk, hold=hold.pk)
    letters.to_volunteer(letters.PLACED, placement, now)
    return placement


@transaction.atomic
def name(*, placement: Placement, is_named: bool, text: str, now: dt.datetime, actor: User | None) -> Placement:
    """Agree later that the company may be told one's name, or take it back.

    Raises
    ------
    TextMissing
    """
    person = placements.lock_person(placement.volunteer)
    current = Placement.objects.select_for_update(no_key=True).get(pk=placement.pk)
    if current.hold_id is not None and current.is_named != is_named:
        current.is_named = is_named
        current.save(update_fields=["is_named"])
        if is_named:
            consents.give(user=person.user, kind=ConsentKind.TEAM_NAME, text=text, now=now, actor=actor)
        elif not Placement.objects.filter(volunteer=person, is_named=True).exists():
            consents.withdraw(user=person.user, kind=ConsentKind.TEAM_NAME, now=now, actor=actor)
        audit.record(actor=actor, action="placement.name", target=current, now=now, is_named=is_named)
    return current


def _check_stands(slot: Slot, now: dt.datetime) -> None:
    if slot.cancelled_at is not None or slots.is_over(slot, now):
        raise SlotOver
    if slot.role.status not in STANDING or not slot.role.organisation.is_approved:
        raise RoleNotOpen


def _insert(person: Volunteer, slot: Slot, hold: Hold, is_named: bool, now: dt.datetime) -> Placement:
    values = {"volunteer": person, "slot": slot, "hold": hold, "is_named": is_named, "agreed_at": now}
    try:
        with transaction.atomic():
            return Placement.objects.create(busy=placements.busy(slot), **values)
    except IntegrityError:
        placements.check_is_free(person, slot)  # says by name which promise of the schema was about to be broken
        raise


def _end_other_ways(person: Volunteer, slot: Slot, now: dt.datetime) -> None:
    """Whoever asked for this very time, or waited for it, has a place now."""
    asked = Application.objects.filter(volunteer=person, slot=slot, status=ApplicationStatus.ASKED)
    asked.update(status=ApplicationStatus.ACCEPTED, answered_at=now)
    for waiting in Waiting.objects.alive().filter(volunteer=person, slot=slot):
        queues.end(waiting, slot, now)
