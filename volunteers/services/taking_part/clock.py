"""How long somebody waits for an organisation's answer, and what happens where none comes.

After two working days the organisation is reminded, after four the coordinator of its area hears of it, and after six
its roles take nobody new until everybody who waited that long has an answer. Both come sooner where the day itself is
near: who asked must know the day before. For the young the clock begins when a coordinator lets the organisation know
of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services import audit
from organisations.models import Organisation, Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.hosts import resting
from organisations.services.times import slots, working_days
from volunteers.models import Application
from volunteers.services.telling import letters
from volunteers.services.telling.letters import Kind

REMIND, TELL, REST = 2, 4, 6
# After a pause of the worker too, there is a day between one step and the next.
GRACE = 1
# On the day before at the latest, early enough for a coordinator to telephone.
DAY_BEFORE = dt.time(15)
# Somebody needs as long to answer; between a reminder and what follows from it too.
NOTICE = dt.timedelta(hours=3)
# No clock runs faster because of a slot that ends later than so.
NEAR = dt.timedelta(days=3)

REMINDER = Kind(
    "application_reminder",
    _("お返事を待っている方がいます:%(role)s"),
    _(
        "申し込んだ方が、お返事を待っています。お返事をお願いします。お断りのお返事でもかまいません。"
        "6日たってもお返事がないときは、新しい申し込みの受付をお休みします。"
    ),
    letters.is_asked,
)
SILENT = Kind(
    "application_unanswered",
    _("団体からの返事がまだありません:%(role)s"),
    _("申し込んだ方が返事を待っていますが、まだ返事がありません。団体に声をかけてください。"),
    letters.is_asked,
)
RESTS = Kind(
    "roles_resting",
    _("新しい申し込みの受付をお休みしています"),
    _(
        "6日(お休みの日をのぞく)たっても、お返事をしていない申し込みがあります。"
        "お返事がすむと、受付がまたはじまります。お困りのことがあれば、相談窓口へお電話ください。"
    ),
    letters.is_asked,
)
STILL_RIGHT = letters.still_right(REMINDER, SILENT, RESTS)


@dataclass(frozen=True)
class Clock:
    """Until when an answer is hoped for, when the organisation is reminded, the coordinator hears, the roles rest.

    ``until`` is the midnight that ends a day, or an hour of the day before somebody would come. It is None where that
    day is so near that nobody can wait for an answer: then it is asked for by telephone.
    """

    until: dt.datetime | None
    remind_at: dt.datetime
    tell_at: dt.datetime
    rest_at: dt.datetime


def since(released_at: dt.datetime, slot: Slot) -> Clock:
    """Return the clock of a question that reached its organisation then."""
    remind, tell, rest = (working_days.after(released_at, days) for days in (REMIND, TELL, REST))
    last, soonest = _day_before(slot), released_at + NOTICE
    if last < soonest:
        return Clock(None, soonest, soonest + NOTICE, rest)
    return Clock(min(_midnight_after(remind), last), min(remind, max(last - NOTICE, soonest)), min(tell, last), rest)


def _midnight_after(moment: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(moment.date() + dt.timedelta(days=1), dt.time(), moment.tzinfo)


def _day_before(slot: Slot) -> dt.datetime:
    begins = timezone.localtime(slots.last_begin(slot))
    return dt.datetime.combine(begins.date() - dt.timedelta(days=1), DAY_BEFORE, begins.tzinfo)


def tick(*, now: dt.datetime) -> int:
    """Take every step that is due; says how many. Each is taken once however often or at once this runs."""
    may_be_due = Q(released_at__lte=now - dt.timedelta(days=REMIND)) | Q(slot__ends_at__lte=now + NEAR)
    due = _unanswered().filter(may_be_due, slot__ends_at__gt=now, released_at__lte=now - NOTICE)
    steps = sum(step(application_id=pk, now=now) for pk in due.order_by("pk").values_list("pk", flat=True))
    return steps + sum(_settle(pk, now) for pk in _to_settle(now))


@transaction.atomic
def step(*, application_id: int, now: dt.datetime) -> bool:
    """Remind the organisation, or tell the coordinator, where that is due and has not been done; say whether."""
    # Who answers holds the row; then there is nothing to remind of.
    free = Application.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    whole = free.select_related("slot__role__organisation__town", "slot__role__venue__town", "volunteer")
    application = whole.asked().filter(pk=application_id).first()
    if application is None or application.released_at is None:
        return False
    clock, reminded = since(application.released_at, application.slot), application.reminded_at
    if reminded is None:
        return clock.remind_at <= now and _remind(application, now)
    is_due = application.escalated_at is None and clock.tell_at <= now
    pause_ends = min(working_days.after(reminded, GRACE), max(reminded + NOTICE, _day_before(application.slot)))
    return is_due and pause_ends <= now and _tell(application, now)


@transaction.atomic
def open_again(*, organisation: Organisation, now: dt.datetime) -> bool:
    """Take new people again where nobody who waited too long is left without an answer."""
    if not Role.objects.filter(organisation=organisation, status=RoleStatus.RESTING).exists():
        return False
    return not late(organisation, now) and resting.resume(organisation=organisation, now=now) > 0


def late(organisation: Organisation, now: dt.datetime) -> list[Application]:
    """Return the questions because of which an organisation rests, the oldest first.

    One whose day has passed meanwhile still wants an answer; one whose day passed before it was late does not count.
    """
    told = _unanswered().filter(slot__role__organisation=organisation, escalated_at__isnull=False)
    rows = told.select_related("slot__role__venue").order_by("released_at", "pk")
    return [row for row in rows if _is_late(row, now)]


def _is_late(application: Application, now: dt.datetime) -> bool:
    released, told = application.released_at, application.escalated_at
    if released is None or told is None:
        return False
    rests_at = since(released, application.slot).rest_at
    return rests_at <= min(now, application.slot.ends_at) and working_days.after(told, GRACE) <= now


def _unanswered() -> QuerySet[Application]:
    """Return what reached an organisation and waits; what was called off needs no answer."""
    return Application.objects.asked().known_to_hosts().filter(slot__cancelled_at=None)


def _remind(application: Application, now: dt.datetime) -> bool:
    application.reminded_at = now
    application.save(update_fields=["reminded_at"])
    audit.record(actor=None, action="application.remind", target=application, now=now)
    letters.to_organisation(REMINDER, application, now)
    return True


def _tell(application: Application, now: dt.datetime) -> bool:
    application.escalated_at = now
    application.save(update_fields=["escalated_at"])
    audit.record(actor=None, action="application.tell_coordinator", target=application, now=now)
    letters.to_coordinators(SILENT, application, now, town=application.slot.role.organisation.town)
    return True


def _to_settle(now: dt.datetime) -> QuerySet[Organisation, int]:
    """Return the organisations that rest, or may have to."""
    told = _unanswered().filter(escalated_at__isnull=False, released_at__lte=now - dt.timedelta(days=REST))
    active = Role.objects.filter(status__in=resting.ACTIVE).values("organisation")
    silent = Q(pk__in=told.values("slot__role__organisation"), id__in=active)
    rests = Q(pk__in=Role.objects.filter(status=RoleStatus.RESTING).values("organisation"))
    return Organisation.objects.filter(silent | rests).order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def _settle(organisation_id: int, now: dt.datetime) -> bool:
    """Let an organisation's roles rest or go on, as its answers stand now; say whether anything changed."""
    organisation = resting.lock(organisation_id)
    waiting = late(organisation, now)
    if not waiting:
        return resting.resume(organisation=organisation, now=now) > 0
    if not resting.rest(organisation=organisation, now=now):
        return False
    letters.to_organisation(RESTS, waiting[0], now)
    return True
