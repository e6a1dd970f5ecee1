"""Who came, and for how long: the organisation writes it down from a list, or the person by a code at the venue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.core import signing
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Organisation, Slot
from organisations.services.times import wording
from volunteers.models import Attendance, Placement, Volunteer
from volunteers.services.conditions import needs_guardian

SHORTEST_MIN, LONGEST_MIN = 1, 1440
# Of each party all who meant to.
EVERYBODY: Mapping[int, int] = MappingProxyType({})
BEFORE, AFTER = dt.timedelta(hours=1), dt.timedelta(hours=3)
# A full stop, for a colon in an address is not everybody's taste.
_SIGNER = signing.Signer(sep=".", salt="attendance")


class TooEarly(DomainError):
    code = "attendance_too_early"

    def __init__(self, slot: Slot) -> None:
        super().__init__(slot)
        self.message = _("まだ記録できません。%(when)sの1時間前から、記録できます。") % {"when": wording.when(slot)}


class TooLate(DomainError):
    code = "attendance_too_late"
    message = _("このコードで記録できる時間は過ぎました。団体の方に「来ました」とお伝えください。")


class CodeUnknown(DomainError):
    code = "attendance_code_unknown"
    message = _("このコードは使えません。会場にあるコードを、もう一度読み取ってください。")


class NotComing(DomainError):
    code = "attendance_not_coming"
    message = _("この回の参加の予定が見つかりません。会場の方に声をかけてください。")


class BadMinutes(DomainError):
    code = "attendance_bad_minutes"
    message = _("時間は1分から1440分(24時間)までで入れてください。")


class BadPeople(DomainError):
    code = "attendance_bad_people"
    message = _("人数は、参加が決まっている人数までで入れてください。だれも来なかったときは「来ませんでした」です。")


@dataclass(frozen=True, slots=True)
class Total:
    """How many people came to a time, each member of a party counted, and how many minutes all of them gave."""

    people: int
    minutes: int


def code(slot: Slot) -> str:
    """Return what the code at the venue holds: which slot, signed, so that nobody makes one at home."""
    return _SIGNER.sign(str(slot.pk))


def read(text: str) -> Slot:
    """Return the slot of a code, its role at hand; whether it is the time for it says `check_is_time`.

    Raises
    ------
    CodeUnknown
    """
    try:
        pk = int(_SIGNER.unsign(text))
    except (signing.BadSignature, ValueError) as error:
        raise CodeUnknown from error
    slot = Slot.objects.select_related("role__organisation", "role__venue__town").filter(pk=pk).first()
    if slot is None:
        raise CodeUnknown
    return slot


def check_is_time(slot: Slot, now: dt.datetime) -> None:
    """Refuse a code before 1 h ahead of its slot and later than 3 h after it.

    Raises
    ------
    TooEarly, TooLate
    """
    if now < slot.starts_at - BEFORE:
        raise TooEarly(slot)
    if now > slot.ends_at + AFTER:
        raise TooLate


def minutes_of(slot: Slot) -> int:
    """Return how long somebody was there who was there all the time."""
    whole = int((slot.ends_at - slot.starts_at).total_seconds() // 60)
    return max(SHORTEST_MIN, min(whole if slot.minutes is None else slot.minutes, LONGEST_MIN))


def list_of(slot: Slot) -> QuerySet[Placement]:
    """Return who takes part in *slot*, in the order in which that was agreed, with what is written down of them."""
    coming = Placement.objects.active().filter(slot=slot).select_related("volunteer__user", "attendance")
    return coming.order_by("agreed_at", "pk")


def total(slot: Slot) -> Total:
    """Return what is written down of *slot* by now."""
    came = Attendance.objects.filter(placement__slot=slot, placement__cancelled_at=None, came=True)
    sums = came.aggregate(there=Sum("people", default=0), given=Sum(F("people") * F("minutes"), default=0))
    return Total(sums["there"], sums["given"])


def days_of(organisations: QuerySet[Organisation], *, until: dt.datetime) -> QuerySet[Slot]:
    """Return the slots of *organisations* that somebody takes part in and that begin before *until*, the latest first.

    Each says how many people that are, ``coming``, and of how many it is written down whether they came, ``recorded``.
    """
    active = Q(placements__cancelled_at=None, placements__isnull=False)
    written = Q(placements__cancelled_at=None, placements__attendance__isnull=False)
    counted = Slot.objects.annotate(
        coming=Count("placements", filter=active), recorded=Count("placements", filter=written)
    )
    own = counted.filter(role__organisation__in=organisations, starts_at__lt=until, coming__gt=0)
    return own.select_related("role__organisation").order_by("-starts_at", "-pk")


@transaction.atomic
def record(
    *,
    slot: Slot,
    came: Mapping[int, int | None],
    now: dt.datetime,
    actor: User | None,
    people: Mapping[int, int] = EVERYBODY,
) -> int:
    """Write down who came to *slot*; says of how many people. What was written down before gives way.

    Parameters
    ----------
    came
        By placement, how many minutes somebody was there; None for who stayed away. Who is not named stays as they are.
    people
        By placement, how many of a party came; all of it where it is not named.

    Raises
    ------
    TooEarly, BadMinutes, BadPeople
    """
    if now < slot.starts_at - BEFORE:
        raise TooEarly(slot)
    if any(minutes is not None and not SHORTEST_MIN <= minutes <= LONGEST_MIN for minutes in came.values()):
        raise BadMinutes
    rows = _locked().filter(slot=slot, pk__in=came)
    for placement in rows:
        number = people.get(placement.pk, placement.places)
        if not 1 <= number <= placement.places:
            raise BadPeople
        _write(placement, came[placement.pk], now, people=number, by=actor, by_code=False)
    there = sum(came[row.pk] is not None for row in rows)
    audit.record(actor=actor, action="attendance.record", target=slot, now=now, came=there, away=len(rows) - there)
    return len(rows)


@transaction.atomic
def check_in(*, volunteer: Volunteer, slot: Slot, now: dt.datetime) -> Attendance:
    """Write down that somebody stands at the venue; doing so again changes nothing.

    Raises
    ------
    TooEarly, TooLate, NotComing
    """
    check_is_time(slot, now)
    placement = _locked().filter(slot=slot, volunteer=volunteer).first()
    if placement is None or needs_guardian(volunteer=volunteer, on=timezone.localdate(now)):
        raise NotComing
    written = Attendance.objects.filter(placement=placement, came=True).first()
    if written is not None:
        return written
    attendance = _write(placement, minutes_of(slot), now, people=placement.places, by=volunteer.user, by_code=True)
    audit.record(actor=volunteer.user, action="attendance.check_in", target=placement, now=now, slot=slot.pk)
    return attendance


def _locked() -> QuerySet[Placement]:
    """List and code write one after the other."""
    return Placement.objects.active().select_for_update(no_key=True).order_by("pk")


def _write(
    placement: Placement, minutes: int | None, now: dt.datetime, *, people: int, by: User | None, by_code: bool
) -> Attendance:
    values = {
        "came": minutes is not None,
        "minutes": minutes or 0,
        "people": people,
        "recorded_at": now,
        "recorded_by": by,
        "by_code": by_code,
    }
    return Attendance.objects.update_or_create(placement=placement, defaults=values)[0]
