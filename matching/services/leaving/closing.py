"""Somebody closes their account: what is ahead is called off, what is known of them goes, a number stays.

Kept are the consents, as a proof until their time of retention is over, and the audit trail, which holds numbers and no
words. Locks are taken as everywhere, person, slot, role; the people come before the account, because whoever writes
about a person holds that row first and refers to the account after that.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.services import audit, consents, sessions
from accounts.services.errors import DomainError
from matching.services import personal_data
from matching.services.leaving import handing_back
from organisations.models import DeskMembership, Slot
from volunteers.models import Application, GuardianRequest, Placement, Volunteer, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.services.guardians import consenting
from volunteers.services.taking_part import applications, placements
from volunteers.services.telling import letters
from volunteers.services.waiting_lists import waiting


class WorksHere(DomainError):
    code = "closed_by_the_operator"
    message = _(
        "窓口や運営のお仕事をしている方は、ここでは退会できません。お仕事を引きつぐため、運営の担当者にお伝えください。"
    )


TAKEN_BACK = letters.Kind(
    "application_taken_back",
    _("申し込みの取り下げがありました:%(role)s"),
    _("お返事を待っていた方が、ご都合により申し込みを取り下げました。お返事は、もういりません。"),
)


def may_close(user: User) -> bool:
    """Say whether *user* can close their account by themselves: whom others depend on at work cannot."""
    return not user.is_staff and not DeskMembership.objects.filter(user=user).exists()


@transaction.atomic
def close(*, user: User, now: dt.datetime, actor: User | None) -> bool:
    """Close the account of *user*; say whether it was still open. Doing so twice changes nothing.

    Raises
    ------
    WorksHere
    """
    going_on = sessions.of(user=user, now=now)
    people = _lock_people(user)
    account = User.objects.select_for_update().get(pk=user.pk)
    if account.closed_at is not None:
        return False
    if not may_close(account):
        raise WorksHere
    _lock_slots(people, now)
    for person in people:
        if person.user_id == account.pk:
            _step_back(person, now, actor)
        else:
            consenting.withdraw(volunteer=person, now=now, actor=actor)
    handing_back.leave_all(user=account, now=now, actor=actor)
    for kind in ConsentKind.values:
        consents.withdraw(user=account, kind=kind, now=now, actor=actor)
    personal_data.erase(account, now)
    audit.record(actor=actor, action="user.close", target=account, now=now)
    sessions.end(going_on)
    return True


def _lock_people(user: User) -> list[Volunteer]:
    """Hold the profile of *user*, and of the young whom they gave a consent that is in force."""
    given = GuardianRequest.objects.filter(guardian=user, is_given=True, consent__withdrawn_at=None)
    people = Volunteer.objects.select_for_update(of=("self",)).select_related("user", "town")
    return list(people.filter(Q(user=user) | Q(pk__in=given.values("volunteer"))).order_by("pk"))


def _lock_slots(people: list[Volunteer], now: dt.datetime) -> None:
    """Hold all slots at once: a join holds its slot while it waits for the role, which the first of ours may share."""
    placed = Placement.objects.active().filter(volunteer__in=people, slot__ends_at__gt=now)
    waits = Waiting.objects.alive().filter(volunteer__in=people)
    slots = Slot.objects.select_for_update(no_key=True)
    held = slots.filter(Q(pk__in=placed.values("slot")) | Q(pk__in=waits.values("slot")))
    list(held.order_by("pk").values_list("pk"))


def _step_back(person: Volunteer, now: dt.datetime, actor: User | None) -> None:
    own = {"volunteer": person}
    for row in Waiting.objects.alive().filter(**own).select_related("volunteer", "slot").order_by("slot_id"):
        waiting.leave(waiting=row, now=now, actor=actor)
    placed = Placement.objects.active().filter(**own, slot__ends_at__gt=now)
    for placement in placed.select_related("volunteer").order_by("slot_id"):
        placements.cancel(placement=placement, now=now, actor=actor)
    asked = Application.objects.filter(**own, status=ApplicationStatus.ASKED)
    for application in asked.select_related("volunteer").order_by("slot_id"):
        ended = applications.withdraw(application=application, now=now, actor=actor)
        if ended.released_at is not None and ended.slot.ends_at > now:
            letters.to_organisation(TAKEN_BACK, ended, now)
