"""What the times of a slot, and the number of its places, may be."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError

MOST_PLACES = 1000
SHORTEST_MIN, LONGEST_MIN = 5, 1440
FURTHEST_AHEAD = dt.timedelta(days=730)
LONGEST_WINDOW = dt.timedelta(days=92)


class SlotInPast(DomainError):
    code = "slot_in_past"
    message = _("もう過ぎた日時です。これからの日時を入れてください。")


class SlotTooFarAhead(DomainError):
    code = "slot_too_far_ahead"
    message = _("2年より先の日時は入れられません。日付を確かめてください。")


class EndsBeforeStart(DomainError):
    code = "ends_before_start"
    message = _("おわりの時刻が、はじまりより前になっています。時刻を確かめてください。")


class SlotAcrossMidnight(DomainError):
    code = "slot_across_midnight"
    message = _("日をまたぐ枠は作れません。日ごとに分けるか、「このうち何分」を入れてください。")


class WindowTooLong(DomainError):
    code = "window_too_long"
    message = _("期間が長すぎます。3か月までに分けてください。")


class MinutesDoNotFit(DomainError):
    code = "minutes_do_not_fit"
    message = _("「このうち何分」は5分から24時間までで、枠の長さより短くしてください。")


class BadCapacity(DomainError):
    code = "bad_capacity"
    message = _("人数は1人から1000人までで入れてください。もう参加が決まった方の数より、少なくはできません。")


def check_times(*, starts_at: dt.datetime, ends_at: dt.datetime, minutes: int | None, now: dt.datetime) -> None:
    """Refuse times that nobody could come to, or that were surely meant otherwise."""
    if ends_at <= starts_at:
        raise EndsBeforeStart
    if (ends_at if minutes else starts_at) <= now:
        raise SlotInPast
    if ends_at > now + FURTHEST_AHEAD:
        raise SlotTooFarAhead
    if minutes is None:
        # Until midnight is still the same day.
        last = timezone.localtime(ends_at - dt.timedelta(microseconds=1))
        if last.date() != timezone.localtime(starts_at).date():
            raise SlotAcrossMidnight
        return
    if ends_at - starts_at > LONGEST_WINDOW:
        raise WindowTooLong
    fits = dt.timedelta(minutes=minutes) <= ends_at - max(starts_at, now)
    if not (SHORTEST_MIN <= minutes <= LONGEST_MIN and fits):
        raise MinutesDoNotFit


def check_capacity(capacity: int, *, taken: int) -> None:
    if not max(1, taken) <= capacity <= MOST_PLACES:
        raise BadCapacity
