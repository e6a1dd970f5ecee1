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
from volunteers.models import Application, Placement, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services import letters, placements
from volunteers.services.conditions import check_guardian
from volunteers.services.refusals import (
    AlreadyAnswered,
    AlreadyJoined,
    CannotComeNow,
    Clash,
    NeedsGuardian,
    NotReleased,
)

LONGEST_NOTE = 500


@transaction.atomic
def ask(
    *, volunteer: Volunteer, slot: Slot, now: dt.datetime, actor: User | None, note: str = "", is_released: bool
) -> Application:
    """Write down that somebody would like to come; not released: a coordinator looks first.

    Raises
    ------
    AlreadyJoined, Clash, TextTooLong, UnreadableText
    """
    note = words.readable(note, at_most=LONGEST_NOTE, field=_("ひとこと"))
    person = placements.lock_person(volunteer)
    placements.check_is_free(person, slot)
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
    return application


@transaction.atomic
def accept(*, application: Application, now: dt.datetime, actor: User | None) -> Placement:
    """Say yes: the place is theirs.

    Raises
    ------
    AlreadyAnswered, NotReleased, SlotFull, SlotOver, RoleNotOpen, CannotComeNow
    """
    current = _lock(application)
    if current.released_at is None:
        raise NotReleased
    _check_can_come(current, now)
    placement = placements.place(
        volunteer=current.volunteer, slot=current.slot, now=now, actor=actor, may_be_closed=True
    )
    _answer(current, ApplicationStatus.ACCEPTED, now)
    audit.record(actor=actor, action="application.accept", target=current, now=now, placement=placement.pk)
    return placement


@transaction.atomic
def decline(*, application: Application, now: dt.datetime, actor: User | None) -> Application:
    """Say no, kindly.

    Raises
    ------
    AlreadyAnswered
    """
    current = _answer(_lock(application), ApplicationStatus.DECLINED, now)
    audit.record(actor=actor, action="application.decline", target=current, now=now)
    letters.to_volunteer(letters.DECLINED, current, now)
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
    AlreadyAnswered
    """
    current = _lock(application)
    if current.released_at is not None:
        return current
    current.released_at = now
    current.save(update_fields=["released_at"])
    audit.record(actor=actor, action="application.release", target=current, now=now)
    letters.to_organisation(letters.WAITS, current, now)
    return current


def _check_can_come(application: Application, now: dt.datetime) -> None:
    """Much can have changed since they asked; where they are instead is nothing that an organisation learns."""
    person, slot = application.volunteer, application.slot
    try:
        check_guardian(volunteer=person, role=slot.role, on=timezone.localdate(now))
        placements.check_is_free(person, slot)
    except (NeedsGuardian, AlreadyJoined, Clash) as why:
        raise CannotComeNow from why


def _lock(application: Application) -> Application:
    placements.lock_person(application.volunteer)
    whole = Application.objects.select_related("volunteer__user", "volunteer__town", "slot__role__venue")
    current = whole.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    if current.status != ApplicationStatus.ASKED:
        raise AlreadyAnswered
    return current


def _answer(application: Application, status: ApplicationStatus, now: dt.datetime) -> Application:
    application.status, application.answered_at = status, now
    application.save(update_fields=["status", "answered_at"])
    return application
