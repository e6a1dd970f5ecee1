"""A guardian is asked, through a link of their own, whether a young person may take part."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, User
from accounts.services import audit, people
from accounts.services.errors import DomainError
from organisations.services import words
from volunteers.models import GuardianRequest, Volunteer
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.guardians import letters
from volunteers.services.guardians.until import NotNeeded
from volunteers.services.taking_part import placements

MOST_IN_A_WEEK = 3
WEEK = dt.timedelta(days=7)
LONGEST_RELATION = 20


class OwnAddress(DomainError):
    code = "guardian_own_address"
    message = _("あなたのメールアドレスです。保護者の方のメールアドレスを入れてください。")


class AskedTooOften(DomainError):
    code = "guardian_asked_too_often"
    message = _("今週は、もう3回お願いしました。届かないときは、相談窓口へお電話ください。")


class NameMissing(DomainError):
    code = "guardian_name_missing"
    message = _("保護者の方のお名前を入れてください。")


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
    may_agree = can_agree(guardian, timezone.localdate(now))
    (letters.question if may_agree else letters.cannot_agree)(request, now)
    return request


def can_agree(guardian: User, today: dt.date) -> bool:
    profile = Volunteer.objects.filter(user=guardian).first()
    return profile is None or profile.age(today) >= ADULT_AGE


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
