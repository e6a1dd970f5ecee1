"""A coordinator reads what a public role says otherwise than when it was found good.

What is with children says so only once two different people have read it, as when it was published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.services import audit
from organisations.models import Rewording, Role, Town, Venue
from organisations.models.role import PUBLISHED
from organisations.services import search
from organisations.services.reviewing import reviews
from organisations.services.roles import complete, rewordings, writing
from organisations.services.roles.held import StaleForm, WrongStatus


@transaction.atomic
def read(*, role: Role, seen: dt.datetime | None, now: dt.datetime, actor: User) -> Rewording:
    """Write down that *actor* has read how *role* was changed at *seen*; with children, the second lets it say so.

    Raises
    ------
    StaleForm where there is nothing to read any more, or something else; SamePerson; WrongStatus; what
    ``complete.check`` raises
    """
    unread = held(role, seen)
    locked = unread.role
    if locked.is_with_children and not _is_second(unread, actor):
        unread.first_read_by = actor
        unread.save(update_fields=["first_read_by"])
        audit.record(actor=actor, action="role.first_rereading", target=locked, now=now)
        return unread
    if locked.is_with_children:
        let_say(locked, unread.after, now)
    unread.read_by, unread.read_at = actor, now
    unread.save(update_fields=["read_by", "read_at"])
    audit.record(actor=actor, action="role.rereading", target=locked, now=now, fields=sorted(unread.after))
    return unread


def to_read(user: User) -> QuerySet[Rewording]:
    """Return what *user* has not read in their area, and in their ward what waits for a second person."""
    here = Q(role__in=Role.objects.in_area_of(user).values("pk"))
    wards = Town.objects.filter(support_desks__memberships__user=user).values("ward_code")
    in_ward = Q(role__organisation__town__ward_code__in=wards) | Q(role__venue__town__ward_code__in=wards)
    second = in_ward & Q(role__is_with_children=True, first_read_by__isnull=False)
    unread = Rewording.objects.unread().filter(role__status__in=PUBLISHED).filter(here | second)
    return unread.exclude(first_read_by=user)


def in_reach_of(user: User) -> QuerySet[Role]:
    """Return the roles that *user* may look through: those of ``reviews.in_reach_of``, and those to read again."""
    own = reviews.in_reach_of(user).values("pk")
    return Role.objects.filter(Q(pk__in=own) | Q(pk__in=second_looks(user).values("pk")))


def second_looks(user: User) -> QuerySet[Role]:
    """Return the roles that wait for *user*, as a whole or for what they say otherwise."""
    looks = Q(pk__in=reviews.to_look_at(user).values("pk"))
    return Role.objects.filter(looks | Q(pk__in=to_read(user).values("role")))


def held(role: Role, seen: dt.datetime | None) -> Rewording:
    """Hold a public role, and what was changed in it at *seen* and nobody has read.

    Raises
    ------
    WrongStatus, StaleForm
    """
    locked = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    if locked.status not in PUBLISHED:
        raise WrongStatus
    unread = Rewording.objects.unread().select_for_update(no_key=True).filter(role=locked).first()
    if unread is None or unread.at != seen:
        raise StaleForm
    unread.role = locked
    return unread


def let_say(role: Role, said: Mapping[str, Any], now: dt.datetime) -> None:
    """Let *role*, which is held and as it is kept, say *said*.

    Raises
    ------
    StaleForm where it would take place at a venue that is gone; what ``complete.check`` raises
    """
    venue_id, before = said.get("venue_id"), role.venue_id
    if venue_id is not None and not Venue.objects.filter(pk=venue_id).exists():
        raise StaleForm
    rewordings.say(role, said)
    complete.check(role)
    writing.note_venue(role, before, now)
    role.changed_at = now
    role.save()
    search.index(roles=Role.objects.filter(pk=role.pk))


def _is_second(unread: Rewording, actor: User) -> bool:
    if unread.first_read_by_id == actor.pk:
        raise reviews.SamePerson
    return unread.first_read_by_id is not None
