"""A time is moved: places move with it, and everybody hears of it, the guardians of the young too.

Whoever is elsewhere then loses the place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from notifications.models import Delivery, Notification
from organisations.models import Slot
from organisations.services.teams import holds
from organisations.services.times import filling, limits, slots, wording
from volunteers.models import Application, Placement, Volunteer, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.services.refusals import SlotOver
from volunteers.services.taking_part import placements
from volunteers.services.telling import guardian_letters, letters, reminders
from volunteers.services.telling.letters import Kind
from volunteers.services.waiting_lists import passing_on

# Somebody may join while we wait for their slot; then who has to be held first is somebody more.
TRIES = 5


class NotMoved(DomainError):
    code = "slot_not_moved"
    message = _("いまと同じ日時です。新しい日時を入れてください。")


class TooBusy(DomainError):
    code = "slot_too_busy"
    message = _("いま申し込みがつづいていて、日時を変えられませんでした。少し待って、もう一度お試しください。")


class _SomebodyCame(Exception):
    """Whoever comes now was not held before the slot."""


@dataclass(frozen=True)
class Moved:
    """The slot at its new time; how many people come to it, how many lost their place, how many asked.

    These are numbers for the organisation: somebody it has not heard of is told, but not counted.
    """

    slot: Slot
    come: int
    freed: int
    asked: int


def _is_so(notification: Notification, now: dt.datetime) -> bool:
    """Say what was moved while it is ahead, and not moved again."""
    slot = Slot.objects.filter(pk=notification.about["slot"], ends_at__gt=now, cancelled_at=None)
    return slot.filter(sequence=notification.about["about"]).exists()


def _comes(notification: Notification, now: dt.datetime) -> bool:
    placed = Placement.objects.active().filter(pk=notification.about["placement"])
    return placed.exists() and _is_so(notification, now)


_MOVED = _("日時が変わりました:%(role)s")
MOVED = Kind(
    "slot_moved",
    _MOVED,
    _(
        "参加が決まっている活動の日時が変わりました。新しい日時は下のとおりです。"
        "ご都合がつかないときは、「行けなくなった」でお知らせください。"
    ),
    _comes,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
    tap=letters.Tap(reminders.CANNOT_COME, _("行けなくなった")),
)
ASKED_MOVED = Kind(
    "slot_moved_asked",
    _MOVED,
    _(
        "申し込んだ活動、または空きを待っている活動の日時が変わりました。新しい日時は下のとおりです。"
        "ご都合がつかないときは、「予定」の画面で取り下げられます。"
    ),
    _is_so,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
)
LOST = Kind(
    "slot_moved_clash",
    _("日時が変わり、参加はとりやめになりました:%(role)s"),
    _(
        "申しわけありません。参加が決まっていた活動の日時が、下のように変わりました。"
        "同じ時間に別の予定が決まっているため、こちらの参加はとりやめになりました。"
    ),
    _is_so,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
)
GUARDIAN_MOVED = Kind(
    "slot_moved_guardian",
    _("%(name)sさんの活動の日時が変わりました:%(role)s"),
    _(
        "%(name)sさんが参加する活動の日時が変わりました。新しい日時は下のとおりです。"
        "%(name)sさんにもお知らせしています。ご都合がつかないときは、窓口へお電話ください。"
    ),
    _comes,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
    words=guardian_letters.child,
)
GUARDIAN_LOST = Kind(
    "slot_moved_clash_guardian",
    _("日時が変わり、%(name)sさんの参加はとりやめになりました:%(role)s"),
    _(
        "%(name)sさんが参加する予定だった活動の日時が、下のように変わりました。"
        "同じ時間に%(name)sさんの別の予定が決まっているため、こちらの参加はとりやめになりました。"
    ),
    _is_so,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
    words=guardian_letters.child,
)
STILL_RIGHT = letters.still_right(MOVED, ASKED_MOVED, LOST, GUARDIAN_MOVED, GUARDIAN_LOST)


def move_slot(
    *, slot: Slot, starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime, actor: User | None
) -> Moved:
    """Move a time and tell everybody who comes, asked to, or waits for a place; to whom one is offered, is asked anew.

    Raises
    ------
    NotMoved, TooBusy, SlotOver, SlotIsCancelled, and what ``limits.check_times`` raises
    """
    for _try in range(TRIES):
        try:
            return _move(slot, starts_at, ends_at, now, actor)
        except _SomebodyCame:
            continue
    raise TooBusy


@transaction.atomic
def _move(slot: Slot, starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime, actor: User | None) -> Moved:
    current, coming = _lock(slot)
    _check(current, starts_at, ends_at, now)
    before = {"starts_at": current.starts_at, "ends_at": current.ends_at}
    current.starts_at, current.ends_at = starts_at, ends_at
    current.sequence, current.moved_at = current.sequence + 1, now
    current.save(update_fields=["starts_at", "ends_at", "sequence", "moved_at"])
    lost = {row.pk: other for row in coming if (other := placements.clashing(row.volunteer, current).first())}
    _free(current, [row for row in coming if row.pk in lost], now)
    staying = [row for row in coming if row.pk not in lost]
    Placement.objects.filter(pk__in=[row.pk for row in staying]).update(busy=placements.busy(current))
    holds.follow(current, now)
    filling.touch(current.role_id, now)
    filling.settle(role_id=current.role_id, now=now)
    after = {"new_starts_at": starts_at, "new_ends_at": ends_at}
    audit.record(actor=actor, action="slot.move", target=current, now=now, freed=sorted(lost), **before, **after)
    asked = _tell(current, coming, lost, now)
    return Moved(current, len(staying), len(lost), asked)


def _lock(slot: Slot) -> tuple[Slot, list[Placement]]:
    """Hold everybody who comes, then the slot; return it, and their placements."""
    active = Placement.objects.active().filter(slot=slot)
    held = Volunteer.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    people = {person.pk for person in held.filter(pk__in=active.values("volunteer"))}
    current = filling.lock(slot.pk)
    coming = list(active.select_related("volunteer__user").order_by("agreed_at", "pk"))
    if any(row.volunteer_id not in people for row in coming):
        raise _SomebodyCame
    return current, coming


def _check(current: Slot, starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime) -> None:
    if current.cancelled_at is not None:
        raise slots.SlotIsCancelled
    if slots.is_over(current, now):
        raise SlotOver
    if (starts_at, ends_at) == (current.starts_at, current.ends_at):
        raise NotMoved
    limits.check_times(starts_at=starts_at, ends_at=ends_at, minutes=current.minutes, now=now)


def _free(slot: Slot, lost: list[Placement], now: dt.datetime) -> None:
    people = [row.volunteer_id for row in lost]
    Placement.objects.filter(pk__in=[row.pk for row in lost]).update(cancelled_at=now)
    accepted = Application.objects.filter(slot=slot, volunteer__in=people, status=ApplicationStatus.ACCEPTED)
    accepted.update(status=ApplicationStatus.WITHDRAWN)
    gone = [row for row in lost if not holds.put_back(hold_id=row.hold_id, places=row.places)]
    filling.give_back(slot=slot, places=sum(row.places for row in gone), now=now)


def _tell(slot: Slot, coming: list[Placement], lost: dict[int, Placement], now: dt.datetime) -> int:
    """Write to everybody; says how many asked of whom the organisation has heard."""
    about = str(slot.sequence)
    for row in coming:
        row.slot, other = slot, lost.get(row.pk)
        if other is None:
            letters.to_volunteer(MOVED, row, now, about=about)
        else:
            letters.to_volunteer(LOST, row, now, about=about, quoted=_instead(other.slot))
        guardian_letters.follow(GUARDIAN_MOVED if other is None else GUARDIAN_LOST, row, now, about=about)
    asking = list(Application.objects.asked().filter(slot=slot).select_related("volunteer__user"))
    waiting = list(Waiting.objects.alive().filter(slot=slot, held=0).select_related("volunteer__user"))
    wish: list[Application | Waiting] = [*asking, *waiting]
    for one in wish:
        one.slot = slot
        letters.to_volunteer(ASKED_MOVED, one, now, about=about)
    passing_on.ask_anew(slot=slot, now=now)
    return sum(one.released_at is not None for one in asking)


def _instead(slot: Slot) -> str:
    """Return where somebody is instead, in the language of whoever reads it."""

    def say() -> str:
        words = {"role": slot.role.label, "when": wording.when(slot)}
        return gettext("同じ時間に決まっている予定:「%(role)s」(%(when)s)") % words

    return lazy(say, str)()
