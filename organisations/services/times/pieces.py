"""A long job becomes many short ones, which people come to more easily."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.errors import DomainError
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.times import slots
from organisations.services.times.limits import EndsBeforeStart

SHORTEST_MIN, LONGEST_MIN = 30, 90
LONGEST_BREAK_MIN = 60

Piece = tuple[dt.datetime, dt.datetime]


class BadPiece(DomainError):
    code = "bad_piece"
    message = _("1回の長さは30分から90分まで、あいだの休みは60分までで入れてください。")


class TooShortToSplit(DomainError):
    code = "too_short_to_split"
    message = _("はじまりからおわりまでが短くて、分けられません。時刻か、1回の長さを変えてください。")


def pieces(starts_at: dt.datetime, ends_at: dt.datetime, piece_min: int, break_min: int = 0) -> list[Piece]:
    """Return begin and end of each piece, in their order; what is left over at the end belongs to none.

    Parameters
    ----------
    piece_min : minutes of each piece, 30 to 90; break_min : minutes between two of them, 0 to 60.

    Raises
    ------
    BadPiece, EndsBeforeStart
    TooShortToSplit where fewer than two pieces fit

    >>> pieces(at_9, at_12, 30)  # six pieces
    [(at_9, at_9_30), (at_9_30, at_10), ...]
    """
    if not (SHORTEST_MIN <= piece_min <= LONGEST_MIN and 0 <= break_min <= LONGEST_BREAK_MIN):
        raise BadPiece
    if ends_at <= starts_at:
        raise EndsBeforeStart
    piece, step = dt.timedelta(minutes=piece_min), dt.timedelta(minutes=piece_min + break_min)
    count = (ends_at - starts_at - piece) // step + 1
    if count <= 1:
        raise TooShortToSplit
    begins = [starts_at + number * step for number in range(count)]
    return [(begin, begin + piece) for begin in begins]


@transaction.atomic
def add(*, role: Role, job: Piece, cut: list[Piece], capacity: int, now: dt.datetime, actor: User | None) -> list[Slot]:
    """Add the pieces *cut* of a *job*; in a draft they take the place of the long time, of which nobody knows yet.

    Raises
    ------
    What ``slots.add_many`` and ``slots.remove`` raise
    """
    made = slots.add_many(role=role, times=cut, capacity=capacity, now=now, actor=actor)
    if role.status == RoleStatus.DRAFT:
        for long in in_one_piece(role, job):
            slots.remove(slot=long, now=now, actor=actor)
    return made


def in_one_piece(role: Role, job: Piece) -> QuerySet[Slot]:
    """Return the times of *role* that are the whole *job*."""
    return Slot.objects.filter(role=role, starts_at=job[0], ends_at=job[1], minutes=None, cancelled_at=None)
