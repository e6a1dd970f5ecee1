"""Times that come round: made some weeks ahead, and again as the weeks go by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Repeat, Role
from organisations.models.role import BEFORE_THE_END
from organisations.services.times import limits, slots
from organisations.services.times.weekly import Weekly
from organisations.services.times.working_days import is_day_off

AHEAD = dt.timedelta(weeks=8)


class RepeatIsThere(DomainError):
    code = "repeat_is_there"
    message = _("この募集には、同じくり返しがもうあります。")


class NoTimesCome(DomainError):
    code = "no_times_come"
    message = _("この決め方では、日時が1つもできません。曜日、はじめの日、休みの日を確かめてください。")


class RepeatIsOver(DomainError):
    code = "repeat_is_over"
    message = _("このくり返しは、もう終わっています。")


@transaction.atomic
def begin(
    *,
    role: Role,
    weekly: Weekly,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    capacity: int,
    now: dt.datetime,
    actor: User | None,
    skips_holidays: bool = False,
) -> Repeat:
    """Begin a rule with its first time on or after *starts_at*, and add its times of eight weeks.

    Raises
    ------
    BadRule, RepeatIsThere, NoTimesCome, and what ``slots.add_many`` raises
    """
    weekly.check()
    first_on = timezone.localdate(starts_at)
    by = weekly.first(first_on) - first_on
    first, last = timezone.localtime(starts_at) + by, timezone.localtime(ends_at) + by
    limits.check_times(starts_at=first, ends_at=last, minutes=None, now=now)
    limits.check_capacity(capacity, taken=0)
    locked = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    if locked.repeats.filter(rule=weekly.rule, first_starts_at=first, ended_at=None).exists():
        raise RepeatIsThere
    repeat = Repeat.objects.create(
        role=locked,
        rule=weekly.rule,
        first_starts_at=first,
        first_ends_at=last,
        capacity=capacity,
        skips_holidays=skips_holidays,
        filled_until=first.date() - dt.timedelta(days=1),
    )
    audit.record(actor=actor, action="repeat.begin", target=repeat, now=now, rule=repeat.rule)
    if not _fill(repeat, _far_enough(first, now), now=now, actor=actor):
        raise NoTimesCome
    return repeat


def extend(*, now: dt.datetime) -> int:
    """Add the times that have come within eight weeks; says how many. A rule that has run out is over."""
    due = Repeat.objects.filter(
        ended_at=None, role__status__in=BEFORE_THE_END, filled_until__lt=timezone.localdate(now + AHEAD)
    )
    return sum(_extend(pk, role_id, now) for pk, role_id in due.order_by("pk").values_list("pk", "role_id"))


@transaction.atomic
def end(*, repeat: Repeat, now: dt.datetime, actor: User | None) -> Repeat:
    """Let no more times come; those there are stay. ``changing.repeat_ends`` of `volunteers` calls the empty ones off.

    Raises
    ------
    RepeatIsOver
    """
    current = _lock(repeat.pk, repeat.role_id)
    if current is None:
        raise RepeatIsOver
    current.ended_at = now
    current.save(update_fields=["ended_at"])
    audit.record(actor=actor, action="repeat.end", target=current, now=now)
    return current


def in_words(repeat: Repeat) -> str:
    """Return 「毎週 土曜日 9:00〜11:00、祝日と年末年始は休み」 in the active language."""
    first, last = timezone.localtime(repeat.first_starts_at), timezone.localtime(repeat.first_ends_at)
    return _weekly(repeat).in_words(first, last, skips_days_off=repeat.skips_holidays)


def _lock(repeat_id: int, role_id: int) -> Repeat | None:
    """Return the row, held until the transaction ends, unless it is over; a role is locked before its rules."""
    Role.objects.select_for_update(no_key=True).get(pk=role_id)
    return Repeat.objects.select_for_update(no_key=True).filter(pk=repeat_id, ended_at=None).first()


@transaction.atomic
def _extend(repeat_id: int, role_id: int, now: dt.datetime) -> int:
    repeat = _lock(repeat_id, role_id)
    if repeat is None or repeat.role.status not in BEFORE_THE_END:
        return 0
    added = _fill(repeat, _far_enough(repeat.first_starts_at, now), now=now, actor=None)
    if not added and _is_run_out(repeat, now):
        repeat.ended_at = now
        repeat.save(update_fields=["ended_at"])
    return added


def _fill(repeat: Repeat, until_on: dt.date, *, now: dt.datetime, actor: User | None) -> int:
    """Add the times after those that were made, to *until_on*; a day called off or moved since is not made again."""
    times = [
        (begin, end) for begin, end in _times(repeat, until_on) if begin.date() > repeat.filled_until and begin > now
    ]
    if times:
        slots.add_many(
            role=repeat.role,
            times=times,
            capacity=repeat.capacity,
            minutes=repeat.minutes,
            repeat=repeat,
            now=now,
            actor=actor,
        )
    repeat.filled_until = max(repeat.filled_until, until_on)
    repeat.save(update_fields=["filled_until"])
    return len(times)


def _times(repeat: Repeat, until_on: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield begin and end, at the same hours of the clock on each day."""
    first, last = timezone.localtime(repeat.first_starts_at), timezone.localtime(repeat.first_ends_at)
    for day in _weekly(repeat).days(first_on=first.date(), until_on=until_on):
        if not (repeat.skips_holidays and is_day_off(day)):
            by = day - first.date()
            yield first + by, last + by


def _is_run_out(repeat: Repeat, now: dt.datetime) -> bool:
    """Say whether the rule names no day any more that could still be made."""
    ahead = timezone.localdate(now) + limits.FURTHEST_AHEAD
    return all(begin <= now for begin, _end in _times(repeat, ahead))


def _far_enough(first_starts_at: dt.datetime, now: dt.datetime) -> dt.date:
    """Until when times are made: eight weeks from today, or from the first one where that is later."""
    return timezone.localdate(max(first_starts_at, now) + AHEAD)


def _weekly(repeat: Repeat) -> Weekly:
    return Weekly.read(repeat.rule, first_on=timezone.localdate(repeat.first_starts_at))
