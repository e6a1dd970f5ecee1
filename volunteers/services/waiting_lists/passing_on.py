"""What becomes free in a full slot is offered to who waits, one after the other; what nobody can wait for ends."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services.people import HasLeft
from notifications.models import Delivery, Notification
from organisations.models import Organisation, Slot
from organisations.models.role import RoleStatus
from organisations.services.times import filling, wording
from volunteers.models import Waiting
from volunteers.services.conditions import check_allowed
from volunteers.services.refusals import AlreadyJoined, Clash, NotAllowed
from volunteers.services.taking_part import joining, placements, queues
from volunteers.services.telling import letters

# What a link in a letter can do.
ANSWER = "waiting"


def pass_on(*, now: dt.datetime) -> int:
    """Offer what is free to who waits for it; says in how many steps, 0 where there was nothing to do.

    Every step is a transaction of its own, and looks at the rows again: it may be taken by several at once.
    """
    steps = sum(_end_all(slot, now) for slot in _closed(now))
    steps += sum(_end_unanswered(waiting, now) for waiting in _unanswered(now))
    for slot in _with_place(now):
        while _offer_next(slot, now):
            steps += 1
    return steps


def _waited_for() -> QuerySet[Slot]:
    return Slot.objects.filter(waiting__in=Waiting.objects.alive()).distinct().order_by("pk")


def _closed(now: dt.datetime) -> QuerySet[Slot]:
    """Return the slots of which nobody can have a place any more."""
    over = Q(minutes=None, starts_at__lte=now) | Q(ends_at__lte=now) | Q(cancelled_at__isnull=False)
    over |= Q(role__status__in=[RoleStatus.CLOSED, RoleStatus.CANCELLED])
    return _waited_for().filter(over | ~Q(role__organisation__in=Organisation.objects.approved()))


def _unanswered(now: dt.datetime) -> QuerySet[Waiting]:
    return Waiting.objects.alive().filter(offered_until__lte=now).select_related("volunteer", "slot").order_by("pk")


def _with_place(now: dt.datetime) -> QuerySet[Slot]:
    open_ = _waited_for().filter(role__status__in=[RoleStatus.OPEN, RoleStatus.FILLED])
    return open_.filter(taken__lt=F("capacity"), ends_at__gt=now, cancelled_at=None)


@transaction.atomic
def _end_all(slot: Slot, now: dt.datetime) -> int:
    return queues.send_home(joining.lock_slot(slot), now)


@transaction.atomic
def _end_unanswered(waiting: Waiting, now: dt.datetime) -> int:
    try:
        placements.lock_person(waiting.volunteer)
    except HasLeft:
        return 0
    slot = joining.lock_slot(waiting.slot)
    current = (
        Waiting.objects.alive().filter(pk=waiting.pk, offered_until__lte=now).select_related(*queues.WHOLE).first()
    )
    if current is None:
        return 0
    queues.end(current, slot, now)
    letters.write(UNANSWERED, [current.volunteer.user], current, now, path="/my/places/")
    return 1


@transaction.atomic
def _offer_next(slot: Slot, now: dt.datetime) -> bool:
    """Offer one place; says whether it is worth looking again."""
    slot.refresh_from_db(fields=["taken"])
    candidate = queues.first(slot, now)
    if candidate is None:
        return False
    try:
        person = placements.lock_person(candidate.volunteer)
    except HasLeft:
        return True
    current = joining.lock_slot(slot)
    waiting = queues.first(current, now)
    if waiting != candidate:
        return waiting is not None
    try:
        check_allowed(volunteer=person, role=current.role, on=timezone.localdate(now))
        placements.check_is_free(person, current)
    except (NotAllowed, AlreadyJoined, Clash):
        queues.end(waiting, current, now)
        letters.write(queues.OVER, [person.user], waiting, now, path="/roles/")
        return True
    _offer(waiting, current, now)
    return True


def _offer(waiting: Waiting, slot: Slot, now: dt.datetime) -> None:
    waiting.held = waiting.volunteer.party_size
    waiting.offered_at, waiting.offered_until = now, queues.offered_until(slot, now)
    filling.take(slot=slot, places=waiting.held, now=now)
    _ask(OFFERED, waiting, now)


def ask_anew(*, slot: Slot, now: dt.datetime) -> None:
    """Ask those for whom a place is held whether the new time of *slot*, which the caller has moved, is theirs too.

    Where too little time is left to answer, their waiting ends.
    """
    until = queues.offered_until(slot, now)
    for waiting in Waiting.objects.ahead_of(slot).filter(held__gt=0).select_related("volunteer__user"):
        waiting.slot = slot
        if until is None:
            queues.end(waiting, slot, now)
            letters.write(queues.OVER, [waiting.volunteer.user], waiting, now, path="/roles/")
        else:
            waiting.offered_at, waiting.offered_until = now, until
            _ask(OFFERED_ANEW, waiting, now)


def _ask(kind: letters.Kind, waiting: Waiting, now: dt.datetime) -> None:
    waiting.save(update_fields=["held", "offered_at", "offered_until"])
    letters.write(kind, [waiting.volunteer.user], waiting, now, path="/my/places/", about=_which(now))


def _which(offered_at: dt.datetime) -> str:
    """Return what tells one offer from the next to the same person."""
    return f"{offered_at.timestamp():.0f}"


def _is_offered(notification: Notification, now: dt.datetime) -> bool:
    offered = Waiting.objects.alive().filter(pk=notification.about["waiting"], held__gt=0, offered_until__gt=now)
    return any(row.offered_at and _which(row.offered_at) == notification.about["about"] for row in offered)


def _until(waiting: Waiting) -> dict[str, str]:
    return {"until": wording.until(waiting.offered_until) if waiting.offered_until is not None else ""}


OFFERED = letters.Kind(
    "waiting_offered",
    _("空きが出ました:%(role)s"),
    _(
        "お待ちいただいた日時に、空きが出ました。%(until)sまで、あなたのためにとってあります。"
        "参加するかどうかを、お知らせください。断っても大丈夫です。"
    ),
    _is_offered,
    words=_until,
    tap=letters.Tap(ANSWER, _("参加するか、返事をする")),
)
OFFERED_ANEW = letters.Kind(
    "waiting_offered_anew",
    _("日時が変わりました。参加しますか:%(role)s"),
    _(
        "空きをとってある活動の日時が、下のように変わりました。%(until)sまで、あなたのためにとってあります。"
        "新しい日時で参加するかどうかを、お知らせください。断っても大丈夫です。"
    ),
    _is_offered,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
    words=_until,
    tap=letters.Tap(ANSWER, _("参加するか、返事をする")),
)
UNANSWERED = letters.Kind(
    "waiting_unanswered",
    _("とっておいた空きを、つぎの方へまわしました:%(role)s"),
    _("お返事がなかったので、空きをつぎの方へまわしました。気になさらないでください。もう一度待つこともできます。"),
)

STILL_RIGHT = letters.still_right(OFFERED, OFFERED_ANEW, queues.OVER)
