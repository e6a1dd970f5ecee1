"""A private address by which somebody's own calendar follows their places. Who has the address can read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from accounts.services import audit
from notifications.models import ActionLink
from notifications.services import links
from organisations.publicity import ical
from volunteers.models import Placement, Volunteer
from volunteers.services.taking_part import placements

ACTION = "calendar"
LASTS_DAYS = 730
PAST_DAYS = 60


@transaction.atomic
def begin(*, volunteer: Volunteer, now: dt.datetime) -> str:
    """Return the token of a new address; the one before ends. It is in no table, and can be had only now."""
    person = placements.lock_person(volunteer)
    links.end(user=person.user, action=ACTION)
    token = links.issue(user=person.user, action=ACTION, target_id=person.pk, now=now, days=LASTS_DAYS)
    audit.record(actor=person.user, action="calendar_feed.begin", target=person, now=now)
    return token


@transaction.atomic
def stop(*, volunteer: Volunteer, now: dt.datetime) -> None:
    """End the address; where there is none, nothing happens."""
    if links.end(user=volunteer.user, action=ACTION):
        audit.record(actor=volunteer.user, action="calendar_feed.stop", target=volunteer, now=now)


def current(volunteer: Volunteer, *, now: dt.datetime) -> ActionLink | None:
    """Return since when there is an address and until when, not what it is."""
    return links.current(user=volunteer.user, action=ACTION, now=now)


def read(*, token: str, now: dt.datetime) -> bytes:
    """Return the calendar file of whose address this is, in their language.

    Raises
    ------
    LinkUnknown whatever is wrong with it: never made, ended, run out, or of somebody who left.
    """
    link = links.find(token=token, now=now)
    volunteer = Volunteer.objects.filter(user=link.user).first()
    if link.action != ACTION or volunteer is None:
        raise links.LinkUnknown
    with override(link.user.language):
        return ical.calendar(entries(volunteer, now=now), stamp=now, name=gettext("やりたいの予定"))


def entries(volunteer: Volunteer, *, now: dt.datetime) -> list[ical.Entry]:
    """Return each slot once, with what everybody may know of it; what was called off says so for two months.

    Who gives a place back and takes it again gets the same entry with a higher number each time.
    """
    rows = Placement.objects.filter(volunteer=volunteer, slot__ends_at__gt=now - dt.timedelta(days=PAST_DAYS))
    by_slot: dict[int, list[Placement]] = {}
    for row in rows.select_related("slot__role__organisation", "slot__role__venue__town").order_by("agreed_at", "pk"):
        by_slot.setdefault(row.slot_id, []).append(row)
    return [_entry(placed) for placed in by_slot.values()]


def _entry(placed: list[Placement]) -> ical.Entry:
    slot = placed[-1].slot
    ended = sum(row.cancelled_at is not None for row in placed)
    is_cancelled = ended == len(placed) or slot.cancelled_at is not None
    entry = ical.of_slot(slot, url=f"{settings.SITE_URL}/roles/{slot.role_id}/")
    # Ended and begun again are two steps; of the last end, the file itself makes a step.
    steps = 2 * (ended - 1) if ended == len(placed) else 2 * ended
    return replace(entry, sequence=slot.sequence + steps, is_cancelled=is_cancelled)
