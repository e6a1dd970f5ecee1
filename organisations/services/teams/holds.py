"""Places of a slot kept for a team for a while: taken like any other place, and given back at the latest on a day.

Locks are taken as everywhere: the team, the person, the slot, its hold, its role.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Hold, Slot, Team
from organisations.services.hosts import letters
from organisations.services.times import filling, wording

# Until then others must be able to hear of what is free again.
BEFORE_THE_START = dt.timedelta(hours=24)
LONGEST = dt.timedelta(days=42)
MOST_AT_ONCE = 5
_BY = ("slot__role", "team__organisation")


class BadPlaces(DomainError):
    code = "hold_places"
    message = _("とっておける人数は、1人からチームの人数までです。")


class HeldAlready(DomainError):
    code = "held_already"
    message = _("この日時の場所は、もうチームのためにとってあります。")


class TooManyHolds(DomainError):
    code = "too_many_holds"
    message = _("一度にとっておけるのは5つの日時までです。使わない日時を返してから、おえらびください。")


class BadEnd(DomainError):
    code = "hold_end"

    def __init__(self, latest: dt.datetime) -> None:
        super().__init__(latest)
        day = date_format(timezone.localtime(latest), gettext("n月j日(D)"))
        self.message = _("とっておけるのは、%(day)sまでです。今日から%(day)sまでの日をえらんでください。") % {
            "day": day
        }


class TooLateToHold(DomainError):
    code = "too_late_to_hold"
    message = _("はじまりまで1日ないので、場所をとっておけません。ほかの日時をおえらびください。")


class HoldIsOver(DomainError):
    code = "hold_is_over"
    message = _("この場所は、もう返されています。")


def latest(slot: Slot, since: dt.datetime) -> dt.datetime:
    """Return until when places of *slot* that are held *since* then may be kept."""
    return min(since + LONGEST, slot.starts_at - BEFORE_THE_START)


@transaction.atomic
def take(*, team: Team, slot: Slot, places: int, until: dt.datetime, now: dt.datetime, actor: User | None) -> Hold:
    """Hold *places*; the team and the slot are locked, and whoever waits was looked at.

    Raises
    ------
    BadPlaces, HeldAlready, TooManyHolds, BadEnd, TooLateToHold, SlotFull
    """
    alive = team.holds.alive()
    if not 1 <= places <= team.size:
        raise BadPlaces
    if alive.filter(slot=slot).exists():
        raise HeldAlready
    if alive.count() >= MOST_AT_ONCE:
        raise TooManyHolds
    _check_end(slot, until, since=now, now=now)
    filling.take(slot=slot, places=places, now=now)
    made = Hold.objects.create(team=team, slot=slot, asked=places, places=places, held_at=now, held_until=until)
    audit.record(actor=actor, action="hold.take", target=made, now=now, slot=slot.pk, places=places)
    return made


@transaction.atomic
def extend(*, hold: Hold, until: dt.datetime, now: dt.datetime, actor: User | None) -> Hold:
    """Keep the places until another day.

    Raises
    ------
    HoldIsOver, BadEnd, TooLateToHold
    """
    current = _lock(hold)
    if current.released_at is not None:
        raise HoldIsOver
    _check_end(current.slot, until, since=current.held_at, now=now)
    before, current.held_until = current.held_until, until
    current.save(update_fields=["held_until"])
    audit.record(actor=actor, action="hold.extend", target=current, now=now, before=before, after=until)
    return current


@transaction.atomic
def release(*, hold: Hold, now: dt.datetime, actor: User | None) -> Hold:
    """Give back what is still kept; the worker then offers it to who waits. Doing so twice changes nothing."""
    current = _lock(hold)
    if current.released_at is None:
        places = _empty(current, now)
        audit.record(actor=actor, action="hold.release", target=current, now=now, places=places)
    return current


def release_due(*, now: dt.datetime) -> int:
    """Give back what was kept long enough and tell the team's company; says how many that were."""
    due = Hold.objects.alive().filter(held_until__lte=now).order_by("slot_id", "pk")
    return sum(_release_due(hold, now) for hold in due)


def take_one(hold: Hold) -> bool:
    """Take one place out of those that are kept, for somebody of the team; says whether there was one."""
    return bool(Hold.objects.alive().filter(pk=hold.pk, places__gte=1).update(places=F("places") - 1))


def put_back(*, hold_id: int | None, places: int) -> bool:
    """Keep *places* for the team again whose person had them; False where nothing is kept for it any more."""
    if hold_id is None:
        return False
    return bool(Hold.objects.alive().filter(pk=hold_id).update(places=F("places") + places))


def send_home(slot: Slot, now: dt.datetime) -> None:
    """Give back all that is kept in a slot that is called off, and tell the companies; the slot is locked."""
    for hold in _of(slot):
        _empty(hold, now)
        _tell(hold, CALLED_OFF, now)


def follow(slot: Slot, now: dt.datetime) -> None:
    """Keep what is kept in a slot that was moved, as long as it may be, and tell the companies; the slot is locked."""
    for hold in _of(slot):
        hold.slot.starts_at, hold.slot.ends_at = slot.starts_at, slot.ends_at
        hold.held_until = min(hold.held_until, latest(slot, hold.held_at))
        hold.save(update_fields=["held_until"])
        _tell(hold, MOVED, now)


@transaction.atomic
def _release_due(hold: Hold, now: dt.datetime) -> int:
    current = _lock(hold)
    if current.released_at is not None or current.held_until > now:
        return 0
    places = _empty(current, now)
    audit.record(actor=None, action="hold.release", target=current, now=now, places=places)
    if places:
        _tell(current, ENDED, now)
    return 1


def _check_end(slot: Slot, until: dt.datetime, *, since: dt.datetime, now: dt.datetime) -> None:
    last = latest(slot, since)
    if last <= now:
        raise TooLateToHold
    if not now < until <= last:
        raise BadEnd(last)


def _lock(hold: Hold) -> Hold:
    """Return the row as it is now, its slot and itself held."""
    filling.lock(hold.slot_id)
    return Hold.objects.select_for_update(no_key=True, of=("self",)).select_related(*_BY).get(pk=hold.pk)


def _of(slot: Slot) -> list[Hold]:
    locked = Hold.objects.alive().select_for_update(no_key=True, of=("self",)).select_related(*_BY)
    return list(locked.filter(slot=slot).order_by("pk"))


def _empty(hold: Hold, now: dt.datetime) -> int:
    places, hold.places, hold.released_at = hold.places, 0, now
    hold.save(update_fields=["places", "released_at"])
    if places:
        filling.give_back(slot=hold.slot, places=places, now=now)
    return places


def _tell(hold: Hold, words: tuple[str, Promise, Promise], now: dt.datetime) -> None:
    kind, title, body = words
    letters.tell_members(
        organisation=hold.team.organisation,
        kind=kind,
        title=title,
        body=body,
        names={"role": lazy(lambda: hold.slot.role.label, str)(), "team": hold.team.name, "when": _when(hold.slot)},
        about={"hold": hold.pk},
        now=now,
        path=f"/organisation/teams/{hold.team_id}/",
    )


def _when(slot: Slot) -> str:
    """Return day and hours in the language of whoever reads it."""
    return lazy(lambda: wording.when(slot), str)()


ENDED = (
    "hold_ended",
    _("とっておいた場所をお返ししました:%(role)s"),
    _("「%(team)s」のためにとっておいた「%(role)s」(%(when)s)の、のこりの場所をお返ししました。期限になったためです。"),
)
CALLED_OFF = (
    "hold_called_off",
    _("中止のお知らせ:%(role)s"),
    _(
        "「%(team)s」のために場所をとっていた「%(role)s」(%(when)s)は、中止になりました。"
        "参加が決まっていた方には、お一人ずつお知らせしています。"
    ),
)
MOVED = (
    "hold_moved",
    _("日時が変わりました:%(role)s"),
    _(
        "「%(team)s」のために場所をとっている「%(role)s」の日時が、%(when)sに変わりました。"
        "ご都合がつかないときは、場所をお返しください。"
    ),
)
