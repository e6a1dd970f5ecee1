"""A host asks how many more people one change to a role could reach: before it is published, and while it is open.

What comes back is coarse (``matching.services.explaining.counts``), and may be asked only so often a day and not just
after the venue was moved: whoever shifts a pin over the map and asks again would else learn where people live.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from matching.dataset.changes import Idea
from matching.services.explaining import changes, counts
from organisations.models import Organisation, Role
from organisations.models.role import RoleStatus
from organisations.services import venues

A_DAY = 20
ASKED = "role.asked_reach"
ANSWERED = (RoleStatus.DRAFT, RoleStatus.WAITING, RoleStatus.OPEN, RoleStatus.FILLED)


class AskedTooOften(DomainError):
    code = "asked_too_often"
    message = _("今日はもう20回たずねました。明日、またたずねてください。")


class VenueJustMoved(DomainError):
    code = "venue_just_moved"
    message = _("会場の位置を今日変えたので、明日からたずねられます。")


class CannotCount(DomainError):
    code = "cannot_count"
    message = _("団体が承認され、日時と場所が決まってから、たずねられます。")


def can_ask(*, role: Role, now: dt.datetime) -> bool:
    """Say whether there is something to count: of an approved organisation, not over, with times and a place."""
    is_one = role.organisation.is_approved and role.status in ANSWERED
    has_place = role.is_online or role.venue_id is not None
    return is_one and has_place and role.slots.filter(cancelled_at=None, ends_at__gt=now).exists()


@transaction.atomic
def ask(*, role: Role, now: dt.datetime, actor: User) -> dict[Idea, int]:
    """Return what would reach more people, and how many more, each at least five. Every question is written down.

    Raises
    ------
    CannotCount, VenueJustMoved, AskedTooOften
    """
    if not can_ask(role=role, now=now):
        raise CannotCount
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if role.venue is not None and venues.was_moved(role.venue, since=midnight):
        raise VenueJustMoved
    # One question of an organisation at a time, so that two at once do not both count as the last.
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=role.organisation_id)
    asked = audit.trail(target=organisation).filter(action=ASKED, at__gte=midnight)
    if asked.count() >= A_DAY:
        raise AskedTooOften
    audit.record(actor=actor, action=ASKED, target=organisation, now=now, role=role.pk)
    more = changes.tried(role=role, now=now)
    coarse = {idea: counts.coarse(count, role=role, of=f"{idea}") for idea, count in more.items()}
    return {idea: count for idea, count in coarse.items() if count > 0}
