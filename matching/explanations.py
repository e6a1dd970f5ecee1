"""Why this suggestion, how far, when, and why not: in words, in the language that is switched on."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from matching.engine.reasons import Reason
from matching.models import Suggestion
from organisations.models import Role, Slot

# 80 m of road a minute: 不動産の表示に関する公正競争規約施行規則, where Japan's housing advertisements take it from.
WALK_M_PER_MIN = 80
# A leisurely bicycle, 15 km an hour.
CYCLE_M_PER_MIN = 250
# Roads are longer than the straight line from a town's point to the venue.
DETOUR = 1.3
WALK_BANDS_MIN = (5, 10, 15, 20, 30)
CYCLE_BANDS_MIN = (15, 20, 30)
MOST_REASONS = 4
HOUR = 60
SLOTS_KEPT = 4096

# From this hour on, what is said of it.
_PARTS_OF_DAY: list[tuple[int, Promise]] = [
    (18, gettext_lazy("夜")),
    (16, gettext_lazy("夕方")),
    (13, gettext_lazy("午後")),
    (12, gettext_lazy("昼")),
    (10, gettext_lazy("午前")),
    (5, gettext_lazy("朝")),
    (0, gettext_lazy("夜中")),
]

_WHY_NOT: dict[Reason, Promise] = {
    Reason.NOT_OPEN: gettext_lazy("いまは受け付けていません。"),
    Reason.NO_CONSENT: gettext_lazy("おすすめを受け取らないことになっているか、お休み中です。"),
    Reason.TOO_YOUNG: gettext_lazy("%(min_age)d歳からの活動です。"),
    Reason.TOO_OLD: gettext_lazy("%(max_age)d歳までの活動です。"),
    Reason.GUARDIAN: gettext_lazy("%(guardian_under)d歳になるまでは、保護者の方の同意が必要です。"),
    Reason.QUALIFICATION: gettext_lazy("資格のいる活動です。お持ちの方は、相談窓口で確認できます。"),
    Reason.ACCESS: gettext_lazy("参加に必要なことがそろっているか、まだわかっていません。"),
    Reason.ONLINE_NOT_WANTED: gettext_lazy("行って参加する活動だけを希望されています。"),
    Reason.HOME_ONLY: gettext_lazy("家からできる活動だけを希望されています。"),
    Reason.DISTANCE: gettext_lazy("「行ける距離」より遠いところにあります。"),
    Reason.CAPACITY: gettext_lazy("人数分の空きがありません。"),
    Reason.TIME: gettext_lazy("空いている時間に合う日時がありません。"),
    Reason.GROUP: gettext_lazy("グループでの参加は受け付けていません。"),
    Reason.AVOIDED: gettext_lazy("おすすめしてほしくない活動に入っています。"),
    Reason.CLOSED: gettext_lazy("すでに申し込んだか、お返事をいただいた活動です。"),
}

_CONDITIONS: dict[Reason, Promise] = {
    Reason.NOT_OPEN: gettext_lazy("受け付けていない"),
    Reason.NO_CONSENT: gettext_lazy("おすすめを受け取らない・お休み中"),
    Reason.TOO_YOUNG: gettext_lazy("年齢の下限"),
    Reason.TOO_OLD: gettext_lazy("年齢の上限"),
    Reason.GUARDIAN: gettext_lazy("保護者の同意"),
    Reason.QUALIFICATION: gettext_lazy("資格"),
    Reason.ACCESS: gettext_lazy("参加のしやすさ(わかっていないことがある)"),
    Reason.ONLINE_NOT_WANTED: gettext_lazy("家からの活動を希望しない"),
    Reason.HOME_ONLY: gettext_lazy("家からの活動だけを希望"),
    Reason.DISTANCE: gettext_lazy("距離"),
    Reason.CAPACITY: gettext_lazy("空いている人数"),
    Reason.TIME: gettext_lazy("時間"),
    Reason.GROUP: gettext_lazy("グループを受け付けない"),
    Reason.AVOIDED: gettext_lazy("してほしくない活動"),
    Reason.CLOSED: gettext_lazy("すでに申し込みや返事がある"),
}


@dataclass(frozen=True)
class Shown:
    """One suggestion, ready to be read."""

    suggestion: Suggestion
    role: Role
    slot: Slot
    reasons: list[str]
    band: str
    when: str


def when(slot: Slot) -> str:
    """Return 「11月30日(日) 朝9時」, or for "any N minutes" the window and the minutes."""
    return _when(slot.starts_at, slot.ends_at, slot.minutes, get_language())


@lru_cache(maxsize=SLOTS_KEPT)  # a digest for everybody names the same slots again and again
def _when(starts_at: dt.datetime, ends_at: dt.datetime, minutes: int | None, _language: str | None) -> str:
    start, end = localtime(starts_at), localtime(ends_at)
    if minutes is None:
        return moment(start)
    last = end - dt.timedelta(microseconds=1)
    if start.date() == last.date():
        words = {"day": day(start), "start": _clock(start), "end": _clock(end), "length": length(minutes)}
        return _("%(day)s %(start)sから%(end)sのあいだの%(length)s") % words
    return _("%(day)sから%(until)sのあいだの%(length)s") % {
        "day": day(start),
        "until": day(last),
        "length": length(minutes),
    }


def length(minutes: int) -> str:
    """Return 「1時間30分」."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return _("%(minutes)d分") % {"minutes": rest}
    if not rest:
        return ngettext("%(hours)d時間", "%(hours)d時間", hours) % {"hours": hours}
    words = {"hours": hours, "minutes": rest}
    return ngettext("%(hours)d時間%(minutes)d分", "%(hours)d時間%(minutes)d分", hours) % words


def lasts(slot: Slot) -> str:
    """Return how long a slot is; nothing for a window, whose minutes `when` has said already."""
    if slot.minutes is not None:
        return ""
    return length(int((slot.ends_at - slot.starts_at).total_seconds() // 60))


def moment(at: dt.datetime) -> str:
    """Return 「11月30日(日) 朝9時」."""
    local = localtime(at)
    return f"{day(local)} {_clock(local)}"


def day(on: dt.date) -> str:
    """Return 「11月30日(日)」."""
    return date_format(on, _("n月j日(D)"))  # in Django's letters for dates: "D j M" in English


def day_of_year(on: dt.date) -> str:
    """Return 「2026年11月30日」, for a day that may lie far from today."""
    return date_format(on, _("Y年n月j日"))


def _clock(at: dt.datetime) -> str:
    clock = date_format(at, _("g時i分") if at.minute else _("g時"))  # "G:i" in English, which needs no part of the day
    return _("%(part)s%(clock)s") % {"part": _part_ofday(at), "clock": clock}


def _part_ofday(at: dt.datetime) -> str:
    return next(str(word) for hour, word in _PARTS_OF_DAY if at.hour >= hour)


def band(km: float | None) -> str:
    """Return how far it is, as coarse as a person says it; None and NaN are done from home."""
    if km is None or math.isnan(km):
        return _("家から")
    metres = km * 1000 * DETOUR
    for minutes in WALK_BANDS_MIN:
        if metres <= minutes * WALK_M_PER_MIN:
            return _("歩いて%(minutes)d分くらい") % {"minutes": minutes}
    for minutes in CYCLE_BANDS_MIN:
        if metres <= minutes * CYCLE_M_PER_MIN:
            return _("自転車やバスで%(minutes)d分くらい") % {"minutes": minutes}
    return _("バスや電車で行くところ")


@dataclass(frozen=True)
class Speaks:
    """What speaks for a role.

    Parameters
    ----------
    liked, near, skill : names of the activity that the person ticked, of one that is a relative of the role's, and of
        the skill that both have; empty where there is none.
    is_wished : the role is close to what the person wrote in their own words.
    is_like_before : it is like what they said yes to; took_part : the name of what they did, where it was done.
    is_easy : it is easy to begin with, and they have not taken part in anything yet.
    is_pressing : it is soon, and hardly anybody has joined.
    """

    liked: str = ""
    near: str = ""
    skill: str = ""
    is_wished: bool = False
    is_like_before: bool = False
    took_part: str = ""
    is_easy: bool = False
    is_pressing: bool = False


def reasons(speaks: Speaks, *, km: float | None, slot: Slot) -> list[str]:
    """Return what speaks for a role: 花が好き, 歩いて15分くらい, 土曜の朝.

    Four at most. What is said beside the reasons anyway, when it is, gives way first, then the skill.
    """
    said = {
        "wanted": _wanted(speaks),
        "before": _before(speaks),
        "skill": _("得意な「%(skill)s」が生きる") % {"skill": speaks.skill} if speaks.skill else "",
        "way": band(km),
        "time": _free_time(slot.starts_at, slot.minutes, get_language()),
        "now": _now(speaks, slot),
    }
    kept = [name for name in ("wanted", "before", "way", "now", "skill", "time") if said[name]][:MOST_REASONS]
    return [words for name, words in said.items() if name in kept]


def _wanted(speaks: Speaks) -> str:
    if speaks.liked:
        return _("「%(activity)s」が好き") % {"activity": speaks.liked}
    if speaks.is_wished:
        return _("「やりたいこと」に書いたことに近い")
    return _("「%(activity)s」に近い") % {"activity": speaks.near} if speaks.near else ""


def _before(speaks: Speaks) -> str:
    if not speaks.is_like_before:
        return ""
    if speaks.took_part:
        return _("前に参加した「%(role)s」に近い") % {"role": speaks.took_part}
    return _("前に行くと決めた活動に近い")


def _now(speaks: Speaks, slot: Slot) -> str:
    if speaks.is_easy:
        return _("はじめての方も参加しやすい")
    if not speaks.is_pressing:
        return ""
    left = slot.places_left
    return ngettext(
        "もうすぐの日で、あと%(left)d人さがしています", "もうすぐの日で、あと%(left)d人さがしています", left
    ) % {"left": left}


@lru_cache(maxsize=SLOTS_KEPT)
def _free_time(starts_at: dt.datetime, minutes: int | None, _language: str | None) -> str:
    if minutes is not None:
        return _("好きな時間に%(length)sだけ") % {"length": length(minutes)}
    start = localtime(starts_at)
    return _("%(weekday)sの%(part)s") % {"weekday": date_format(start, "l"), "part": _part_ofday(start)}


def why_not(reason: Reason, role: Role) -> str:
    """Return one condition as a sentence for the person it shuts out."""
    words = {"min_age": role.min_age, "max_age": role.max_age or 0, "guardian_under": role.guardian_under}
    return str(_WHY_NOT[reason]) % words


def condition(reason: Reason) -> str:
    """Return one condition as a word for hosts and coordinators."""
    return str(_CONDITIONS[reason])
