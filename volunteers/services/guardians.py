"""A guardian is asked, through a link of their own, whether a young person may take part; they can take it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, Consent, User
from accounts.models.consent import ConsentKind
from accounts.services import audit, consents, people
from accounts.services.errors import DomainError
from organisations.services import words
from volunteers.models import Application, GuardianRequest, Placement, Volunteer, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services import guardian_letters
from volunteers.services.conditions import COORDINATOR_UNDER, asks_each_time, is_for_guardians
from volunteers.services.taking_part import applications, placements
from volunteers.services.waiting_lists import waiting

MOST_IN_A_WEEK = 3
BEFORE_THE_END = dt.timedelta(days=30)
WEEK = dt.timedelta(days=7)
LONGEST_RELATION = 20
_WITH_ROLE = ("slot__role", "volunteer__user")


class NotNeeded(DomainError):
    code = "guardian_not_needed"
    message = _("18歳以上の方には、保護者の方の同意はいりません。")


class OwnAddress(DomainError):
    code = "guardian_own_address"
    message = _("あなたのメールアドレスです。保護者の方のメールアドレスを入れてください。")


class GuardianTooYoung(DomainError):
    code = "guardian_too_young"
    message = _("18歳未満の方として登録されているので、保護者としての同意はできません。相談窓口へお電話ください。")


class AskedTooOften(DomainError):
    code = "guardian_asked_too_often"
    message = _("今週は、もう3回お願いしました。届かないときは、相談窓口へお電話ください。")


class NameMissing(DomainError):
    code = "guardian_name_missing"
    message = _("保護者の方のお名前を入れてください。")


class NotAsked(DomainError):
    code = "guardian_not_asked"
    message = _("このお願いは、取り下げられました。")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead of a young person and needs a guardian's consent."""

    placements: list[Placement]
    applications: list[Application]
    waiting: list[Waiting]

    @classmethod
    def of(cls, person: Volunteer, now: dt.datetime) -> Ahead:
        today, ahead = timezone.localdate(now), {"volunteer": person, "slot__ends_at__gt": now}
        placed = Placement.objects.active().filter(**ahead).select_related(*_WITH_ROLE).order_by("slot_id")
        asked = Application.objects.filter(status=ApplicationStatus.ASKED, **ahead).select_related(*_WITH_ROLE)
        waits = Waiting.objects.alive().filter(**ahead).select_related(*_WITH_ROLE).order_by("slot_id")
        return cls(
            [one for one in placed if _needs_it(one, today)],
            [one for one in asked.order_by("pk") if _needs_it(one, today)],
            [one for one in waits if _needs_it(one, today)],
        )

    @property
    def is_something(self) -> bool:
        return bool(self.placements or self.applications or self.waiting)


def _needs_it(row: Placement | Application | Waiting, today: dt.date) -> bool:
    return is_for_guardians(volunteer=row.volunteer, role=row.slot.role, on=today)


def are_asked(volunteer: Volunteer) -> bool:
    """Whether a guardian has the question and has not answered yet."""
    return GuardianRequest.objects.filter(volunteer=volunteer, answered_at=None).exists()


@transaction.atomic
def ask(
    *, volunteer: Volunteer, name: str, email: str, relation: str, now: dt.datetime, actor: User | None
) -> GuardianRequest:
    """Write to a guardian, who gets a link of their own; an earlier question that waits is taken back.

    Whose address it is changes nothing here, so that nobody learns by it who is registered: where it belongs to
    somebody who cannot agree for others, the letter says so, and has no link.

    Raises
    ------
    NotNeeded, NameMissing, OwnAddress, AskedTooOften, EmailNotUsable, NameTooLong, TextTooLong, UnreadableText
    """
    person = placements.lock_person(volunteer)
    if person.age(timezone.localdate(now)) >= ADULT_AGE:
        raise NotNeeded
    _check_how_often(person, now)
    guardian = _guardian(person, name, email, now, actor)
    relation = words.readable(relation, at_most=LONGEST_RELATION, field=_("つづきがら"))
    GuardianRequest.objects.filter(volunteer=person, answered_at=None).delete()
    request = GuardianRequest.objects.create(volunteer=person, guardian=guardian, relation=relation, asked_at=now)
    audit.record(actor=actor, action="guardian.ask", target=person, now=now)
    may_agree = _may_agree(guardian, timezone.localdate(now))
    (guardian_letters.question if may_agree else guardian_letters.cannot_agree)(request, now)
    return request


@transaction.atomic
def answer(
    *,
    request: GuardianRequest,
    is_given: bool,
    text: str,
    now: dt.datetime,
    scope: Collection[str] = (),
    until: dt.date | None = None,
) -> GuardianRequest:
    """The guardian says yes or no; said twice it stays said, and what was said last holds.

    Parameters
    ----------
    text
        The exact words that the guardian was shown.
    until
        The last day it holds; without one, or later than that, `last_day`.

    Raises
    ------
    NotAsked, GuardianTooYoung, and what ``consents.give`` raises
    """
    placements.lock_person(request.volunteer)
    whole = GuardianRequest.objects.select_related("guardian", "volunteer__user", "volunteer__town")
    current = whole.select_for_update(no_key=True, of=("self",)).filter(pk=request.pk).first()
    if current is None:
        raise NotAsked
    if not is_given:
        _refuse(current, now)
        return current
    if not _may_agree(current.guardian, timezone.localdate(now)):
        raise GuardianTooYoung
    person = current.volunteer
    until = _until(person, until, now)
    if _is_said_already(current, scope, until):
        return current
    current.consent = record(
        volunteer=person,
        guardian_name=current.guardian.name,
        scope=scope,
        until=until,
        text=text,
        now=now,
        actor=current.guardian,
    )
    current.answered_at, current.is_given = now, True
    current.save(update_fields=["answered_at", "is_given", "consent"])
    guardian_letters.thanks(current, now)
    _ask_about_open_ones(current, now)
    return current


@transaction.atomic
def record(
    *,
    volunteer: Volunteer,
    guardian_name: str,
    scope: Collection[str],
    until: dt.date | None,
    text: str,
    now: dt.datetime,
    actor: User | None,
) -> Consent:
    """Write down what a guardian agreed to, by link or on paper, and let the young person know.

    Raises
    ------
    NotNeeded, and what ``consents.give`` raises
    """
    consent = consents.give(
        user=volunteer.user,
        kind=ConsentKind.GUARDIAN,
        text=text,
        now=now,
        actor=actor,
        expires_on=_until(volunteer, until, now),
        guardian_name=guardian_name,
        scope=scope,
    )
    _changed(volunteer, now)
    guardian_letters.tell(guardian_letters.GIVEN, volunteer, now)
    return consent


@transaction.atomic
def withdraw(*, volunteer: Volunteer, now: dt.datetime, actor: User | None) -> None:
    """Take the consent back: what is ahead is called off; organisations hear only that somebody does not come."""
    consents.withdraw(user=volunteer.user, kind=ConsentKind.GUARDIAN, now=now, actor=actor)
    _changed(volunteer, now)
    stop(volunteer=volunteer, now=now, actor=actor)
    guardian_letters.tell(guardian_letters.WITHDRAWN, volunteer, now)


@transaction.atomic
def stop(*, volunteer: Volunteer, now: dt.datetime, actor: User | None) -> None:
    """Give back all places ahead that need a guardian, take back what was asked, and wait for nothing any more."""
    person = placements.lock_person(volunteer)
    ahead = Ahead.of(person, now)
    for row in ahead.waiting:
        waiting.leave(waiting=row, now=now, actor=actor)
    for placement in ahead.placements:
        placements.cancel(placement=placement, now=now, actor=actor)
    for application in ahead.applications:
        applications.withdraw(application=application, now=now, actor=actor)


@transaction.atomic
def answer_each(*, application: Application, is_given: bool, now: dt.datetime, actor: User) -> Application:
    """The guardian says yes or no to one activity; a no takes the question back.

    Raises
    ------
    AlreadyAnswered
    """
    if not is_given:
        return applications.withdraw(application=application, now=now, actor=actor)
    return applications.agree(application=application, now=now, actor=actor)


@transaction.atomic
def end_over(*, now: dt.datetime) -> int:
    """Call off what is ahead of the young whose consent ran out; say how many people that were."""
    today = timezone.localdate(now)
    # Who had one that ran out, and has none in force.
    ended = Consent.objects.filter(kind=ConsentKind.GUARDIAN, withdrawn_at=None, expires_on__lt=today)
    found = 0
    for person in Volunteer.objects.filter(user__in=ended.values("user")).select_related("user").order_by("pk"):
        if person.age(today) < ADULT_AGE and not _has_consent(person, today) and Ahead.of(person, now).is_something:
            stop(volunteer=person, now=now, actor=None)
            guardian_letters.tell(guardian_letters.OVER, person, now)
            found += 1
    return found


@transaction.atomic
def remind(*, now: dt.datetime) -> int:
    """Ask guardians again whose consent runs out within a month, each once; say how many."""
    today = timezone.localdate(now)
    soon = GuardianRequest.objects.filter(
        consent__withdrawn_at=None,
        consent__expires_on__range=(today, today + BEFORE_THE_END),
        guardian__is_active=True,
    ).select_related("guardian", "volunteer__user", "consent")
    asked = [one for one in soon if one.volunteer.age(today + BEFORE_THE_END) < ADULT_AGE]
    for request in asked:
        guardian_letters.expiring(request, now)
    return len(asked)


def last_day(volunteer: Volunteer, today: dt.date) -> dt.date:
    """Return until when a consent can hold: a year, and never past the day before one turns 16, or then 18.

    Raises
    ------
    NotNeeded
    """
    age = volunteer.age(today)
    if age >= ADULT_AGE:
        raise NotNeeded
    turns = COORDINATOR_UNDER if age < COORDINATOR_UNDER else ADULT_AGE
    return min(_same_day(today, today.year + 1), _same_day(volunteer.born_on, volunteer.born_on.year + turns)) - (
        dt.timedelta(days=1)
    )


def _same_day(day: dt.date, year: int) -> dt.date:
    """The 29 February is the 1 March in other years."""
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)


def _check_how_often(person: Volunteer, now: dt.datetime) -> None:
    asked = AuditEntry.objects.filter(
        action="guardian.ask", target=person._meta.label_lower, target_id=str(person.pk), at__gt=now - WEEK
    )
    if asked.count() >= MOST_IN_A_WEEK:
        raise AskedTooOften


def _guardian(person: Volunteer, name: str, email: str, now: dt.datetime, actor: User | None) -> User:
    if not name.strip():
        raise NameMissing
    address = people.made(email=email, name=name, now=now).email
    if address is None:
        raise people.EmailNotUsable
    if address == person.user.email:
        raise OwnAddress
    found = User.objects.filter(email=address).first()
    return found or people.register(email=address, name=name, now=now, actor=actor)


def _may_agree(guardian: User, today: dt.date) -> bool:
    profile = Volunteer.objects.filter(user=guardian).first()
    return profile is None or profile.age(today) >= ADULT_AGE


def _has_consent(person: Volunteer, today: dt.date) -> bool:
    return consents.holds(user=person.user, kind=ConsentKind.GUARDIAN, on=today)


def _until(volunteer: Volunteer, until: dt.date | None, now: dt.datetime) -> dt.date:
    last = last_day(volunteer, timezone.localdate(now))
    return min(until or last, last)


def _is_said_already(request: GuardianRequest, scope: Collection[str], until: dt.date) -> bool:
    """A nervous finger says it twice; who allows something else or for longer says something new."""
    given = request.consent
    if not request.is_given or given is None or given.withdrawn_at is not None:
        return False
    return set(given.scope) == set(scope) and given.expires_on == until


def _ask_about_open_ones(request: GuardianRequest, now: dt.datetime) -> None:
    """Who wants to be asked each time is asked about what the young person asked for before, too."""
    if asks_each_time(volunteer=request.volunteer, on=timezone.localdate(now)):
        asked = Application.objects.filter(
            volunteer=request.volunteer, status=ApplicationStatus.ASKED, released_at=None, guardian_agreed_at=None
        )
        for application in asked.select_related("slot__role__venue").order_by("pk"):
            guardian_letters.each_time(request, application, now)


def _refuse(request: GuardianRequest, now: dt.datetime) -> None:
    if request.is_given:
        withdraw(volunteer=request.volunteer, now=now, actor=request.guardian)
    elif request.is_given is None:
        audit.record(actor=request.guardian, action="guardian.refuse", target=request.volunteer, now=now)
        guardian_letters.tell(guardian_letters.REFUSED, request.volunteer, now)
    request.answered_at, request.is_given = now, False
    request.save(update_fields=["answered_at", "is_given"])


def _changed(volunteer: Volunteer, now: dt.datetime) -> None:
    """Who may take part, or not any more, gets a new list of suggestions."""
    Volunteer.objects.filter(pk=volunteer.pk).update(changed_at=now)
