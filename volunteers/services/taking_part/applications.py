"""Somebody asked to take part: the organisation answers, for the young after a coordinator looked."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from organisations.models import Slot
from organisations.services import words
from organisations.services.hosts import resting
from organisations.services.times import filling
from volunteers.models import Application, GuardianRequest, Placement, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services.conditions import asks_each_time, check_guardian
from volunteers.services.refusals import (
    AlreadyAnswered,
    AlreadyJoined,
    CannotComeNow,
    Clash,
    GuardianNotAsked,
    NeedsGuardian,
    NotReleased,
)
from volunteers.services.taking_part import clock, placements, regrets
from volunteers.services.telling import guardian_letters, letters

LONGEST_NOTE = 500
LONGEST_REASON = 300


@transaction.atomic
def ask(
    *, volunteer: Volunteer, slot: Slot, now: dt.datetime, actor: User | None, note: str = "", is_released: bool
) -> Application:
    """Write down that somebody would like to come; not released: a coordinator looks first.

    Raises
    ------
    AlreadyJoined, Clash, SlotOver, SlotMoved, TextTooLong, UnreadableText
    """
    note = words.readable(note, at_most=LONGEST_NOTE, field=_("ひとこと"))
    person = placements.lock_person(volunteer)
    placements.check_is_free(person, slot)
    placements.check_stands(slot, filling.lock(slot.pk))
    try:
        with transaction.atomic():
            application = Application.objects.create(
                volunteer=person, slot=slot, note=note, asked_at=now, released_at=now if is_released else None
            )
    except IntegrityError as error:
        raise AlreadyJoined from error
    audit.record(actor=actor, action="application.ask", target=application, now=now, slot=slot.pk)
    letters.to_volunteer(letters.ASKED, application, now)
    if is_released:
        letters.to_organisation(letters.WAITS, application, now)
    else:
        path = f"/console/applications/{application.public_id}/"
        letters.to_coordinators(letters.TO_CHECK, application, now, path=path)
        _ask_guardian(application, now)
    return application


@transaction.atomic
def accept(*, application: Application, now: dt.datetime, actor: User | None) -> Placement:
    """Say yes: the place is theirs.

    Raises
    ------
    AlreadyAnswered, NotReleased, SlotFull, SlotOver, RoleNotOpen, CannotComeNow
    """
    current = _lock_to_answer(application)
    if current.released_at is None:
        raise NotReleased
    _check_can_come(current, now)
    placement = placements.place(
        volunteer=current.volunteer, slot=current.slot, now=now, actor=actor, may_be_closed=True
    )
    _answer(current, ApplicationStatus.ACCEPTED, now)
    audit.record(actor=actor, action="application.accept", target=current, now=now, placement=placement.pk)
    clock.open_again(organisation=current.slot.role.organisation, now=now)
    return placement


@transaction.atomic
def decline(
    *,
    application: Application,
    now: dt.datetime,
    actor: User | None,
    ready: str = "",
    reason: str = "",
) -> Application:
    """Say no, kindly: with one of the ready texts (its code), in one's own words, or with neither.

    Raises
    ------
    AlreadyAnswered, ReadyTextUnknown, TextTooLong, UnreadableText
    """
    text = regrets.text(ready) if ready else words.readable(reason, at_most=LONGEST_REASON, field=_("ことば"))
    current = _answer(_lock_to_answer(application), ApplicationStatus.DECLINED, now)
    audit.record(actor=actor, action="application.decline", target=current, now=now, ready=ready)
    letters.to_volunteer(letters.DECLINED, current, now, quoted=text)
    clock.open_again(organisation=current.slot.role.organisation, now=now)
    return current


@transaction.atomic
def withdraw(*, application: Application, now: dt.datetime, actor: User | None) -> Application:
    """Take the question back, before it was answered.

    Raises
    ------
    AlreadyAnswered
    """
    current = _answer(_lock(application), ApplicationStatus.WITHDRAWN, now)
    audit.record(actor=actor, action="application.withdraw", target=current, now=now)
    return current


@transaction.atomic
def release(*, application: Application, now: dt.datetime, actor: User | None) -> Application:
    """A coordinator has looked: the organisation may know of it now. Doing so twice changes nothing.

    Raises
    ------
    AlreadyAnswered, GuardianNotAsked
    """
    current = _lock(application)
    if current.released_at is not None:
        return current
    if current.guardian_agreed_at is None and _is_asked_each_time(current, now):
        raise GuardianNotAsked
    current.released_at = now
    current.save(update_fields=["released_at"])
    audit.record(actor=actor, action="application.release", target=current, now=now)
    letters.to_organisation(letters.WAITS, current, now)
    return current


@transaction.atomic
def agree(*, application: Application, now: dt.datetime, actor: User | None) -> Application:
    """The guardian who is asked each time says yes to this one. Doing so twice changes nothing.

    Raises
    ------
    AlreadyAnswered
    """
    current = _lock(application)
    if current.guardian_agreed_at is None:
        current.guardian_agreed_at = now
        current.save(update_fields=["guardian_agreed_at"])
        audit.record(actor=actor, action="application.agree", target=current, now=now)
    return current


def _is_asked_each_time(application: Application, now: dt.datetime) -> bool:
    return asks_each_time(volunteer=application.volunteer, on=timezone.localdate(now))


def _ask_guardian(application: Application, now: dt.datetime) -> None:
    """Where a guardian wants to be asked each time; one who agreed on paper is asked by the coordinator."""
    if _is_asked_each_time(application, now):
        agreed = GuardianRequest.objects.filter(
            volunteer=application.volunteer, is_given=True, consent__withdrawn_at=None
        )
        request = agreed.select_related("guardian", "volunteer__user").order_by("-answered_at").first()
        if request is not None:
            guardian_letters.each_time(request, application, now)


def _check_can_come(application: Application, now: dt.datetime) -> None:
    """Much can have changed since they asked; where they are instead is nothing that an organisation learns."""
    person, slot = application.volunteer, application.slot
    try:
        check_guardian(volunteer=person, role=slot.role, on=timezone.localdate(now))
        placements.check_is_free(person, slot)
    except (NeedsGuardian, AlreadyJoined, Clash) as why:
        raise CannotComeNow from why


def _lock_to_answer(application: Application) -> Application:
    """Hold the organisation too, before the person: with the last answer that was due its roles go on."""
    resting.lock(application.slot.role.organisation_id)
    return _lock(application)


def _lock(application: Application) -> Application:
    placements.lock_person(application.volunteer)
    whole = Application.objects.select_related(
        "volunteer__user", "volunteer__town", "slot__role__venue", "slot__role__organisation"
    )
    current = whole.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    if current.status != ApplicationStatus.ASKED:
        raise AlreadyAnswered
    return current


def _answer(application: Application, status: ApplicationStatus, now: dt.datetime) -> Application:
    application.status, application.answered_at = status, now
    application.save(update_fields=["status", "answered_at"])
    return application
