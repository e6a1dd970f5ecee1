"""A guardian says yes or no, to taking part or to one activity; what was said last holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from volunteers.models import Application, GuardianRequest
from volunteers.models.application import ApplicationStatus
from volunteers.services.conditions import asks_each_time
from volunteers.services.guardians import consenting, letters
from volunteers.services.guardians.asking import can_agree
from volunteers.services.guardians.until import ends_on
from volunteers.services.taking_part import applications, placements
from volunteers.services.telling import guardian_letters


class GuardianTooYoung(DomainError):
    code = "guardian_too_young"
    message = _("18歳未満の方として登録されているので、保護者としての同意はできません。相談窓口へお電話ください。")


class NotAsked(DomainError):
    code = "guardian_not_asked"
    message = _("このお願いは、取り下げられました。")


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
    if not can_agree(current.guardian, timezone.localdate(now)):
        raise GuardianTooYoung
    person = current.volunteer
    until = ends_on(person, until, now)
    if _is_said_already(current, scope, until):
        return current
    current.consent = consenting.record(
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
    letters.thanks(current, now)
    _ask_about_open_ones(current, now)
    return current


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
        consenting.withdraw(volunteer=request.volunteer, now=now, actor=request.guardian)
    elif request.is_given is None:
        audit.record(actor=request.guardian, action="guardian.refuse", target=request.volunteer, now=now)
        letters.tell(letters.REFUSED, request.volunteer, now)
    request.answered_at, request.is_given = now, False
    request.save(update_fields=["answered_at", "is_given"])
