"""A coordinator asks a host to try another day: the host finds a draft with that day in it, by one press.

Nobody writes for a host who has not been asked. The letter names a day and no number: what it would win is for the
coordinator, who presses the button, and is asked about a role so seldom that no host learns from it who lives nearby.
What was asked stands in the trail of the role.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, User
from accounts.services import audit
from accounts.services.errors import DomainError
from matching import explanations
from matching.dataset.asked import LEAD
from matching.dataset.changes import Idea, Kind
from matching.services.explaining import changes
from notifications.models import Notification
from notifications.services import letters
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.roles import copies
from organisations.services.roles.held import WrongStatus
from organisations.services.taking_up.from_needs import DAYS_AHEAD
from organisations.services.times import slots

ANOTHER_DAY = "another_day"
ASKED, BEGUN = "role.ask_another_day", "role.begin_another_day"
NOT_AGAIN = dt.timedelta(days=14)
WEEK = dt.timedelta(days=7)
_MOVES = {Kind.EARLIER: -1, Kind.LATER: 1, Kind.WEEKDAY: 0}


class NoBetterDay(DomainError):
    code = "no_better_day"
    message = _("日や時間を変えても、来られる方はふえないようです。場所や内容のことを、団体と話してみてください。")


class AskedLately(DomainError):
    code = "asked_lately"
    message = _("この募集の団体には、この2週間のあいだに、もう聞いています。お返事をお待ちください。")


class NothingAsked(DomainError):
    code = "nothing_asked"
    message = _("このご提案は、もう終わりました。同じ内容の募集は、いつでもご自分で作れます。")


@dataclass(frozen=True, slots=True)
class Day:
    """Another time for one of a role's slots, and how many more people could come then: for coordinators alone."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    minutes: int | None
    slot_id: int
    more: int = 0


def proposed(*, role: Role, now: dt.datetime) -> Day | None:
    """Return the day or hour that would win most people for the next slot, none where no such thing wins anybody."""
    slot = next((one for one in role.slots.free(now + LEAD).order_by("starts_at", "pk") if _is_of_one_day(one)), None)
    more = changes.tried(role=role, now=now) if slot is not None else {}
    times = {idea: count for idea, count in more.items() if idea.kind in _MOVES and count > 0}
    if slot is None or not times:
        return None
    best = max(times, key=lambda idea: times[idea])
    starts_at, ends_at = _moved(slot, best, timezone.localdate(now))
    return Day(starts_at, ends_at, slot.minutes, slot.pk, times[best])


@transaction.atomic
def ask(*, role: Role, now: dt.datetime, actor: User) -> Day:
    """Tell those who act for the role's organisation of the day that would win most people.

    Raises
    ------
    WrongStatus, AskedLately, NoBetterDay
    """
    locked = _lock(role)
    if locked.status != RoleStatus.OPEN or not locked.organisation.is_approved:
        raise WrongStatus
    last = _last(locked)
    if last is not None and last.at > now - NOT_AGAIN:
        raise AskedLately
    day = proposed(role=locked, now=now)
    if day is None:
        raise NoBetterDay
    said = {"starts_at": day.starts_at, "ends_at": day.ends_at, "minutes": day.minutes, "slot": day.slot_id}
    audit.record(actor=actor, action=ASKED, target=locked, now=now, **said)
    members = User.objects.filter(memberships__organisation=locked.organisation, is_active=True).order_by("pk")
    path = f"/organisation/roles/{locked.pk}/another-day/"
    letters.write(LETTER, members, locked, now, path=path, about=f"{now:%Y%m%d%H%M}")
    return day


def asked(*, role: Role, now: dt.datetime) -> Day | None:
    """Return the day that the host was asked about last, weeks later where it is over; none once there is a draft."""
    last = _last(role)
    return _day(last, now) if last is not None and _begun(role, last) is None else None


def lately(roles: Iterable[Role], *, now: dt.datetime) -> dict[int, dt.datetime]:
    """Return role id → when its host was asked, for those that may not be asked again yet: one query."""
    ids = [str(role.pk) for role in roles]
    lines = AuditEntry.objects.filter(
        target=Role._meta.label_lower, target_id__in=ids, action=ASKED, at__gt=now - NOT_AGAIN
    )
    return {int(id_): at for id_, at in lines.values_list("target_id", "at")}


@transaction.atomic
def begin(*, role: Role, now: dt.datetime, actor: User) -> Role:
    """Return a draft that says what *role* says, on the day that was asked about: the same one, asked for again.

    Raises
    ------
    NothingAsked, and what ``copies.copy`` and ``slots.add`` raise
    """
    locked = _lock(role)
    last = _last(locked)
    if last is None:
        raise NothingAsked
    begun = _begun(locked, last)
    if begun is not None:
        return begun
    day = _day(last, now)
    slot = Slot.objects.filter(pk=day.slot_id, role=locked).first()
    if slot is None:
        raise NothingAsked
    made = copies.copy(role=locked, now=now, actor=actor)
    times = [(day.starts_at, day.ends_at)]
    slots.add_many(role=made, times=times, capacity=slot.capacity, minutes=day.minutes, now=now, actor=actor)
    audit.record(actor=actor, action=BEGUN, target=locked, now=now, draft=made.pk, asked=last.pk)
    return made


def in_words(day: Day) -> str:
    """Return when it would be, in the language that is switched on."""
    return explanations.when(Slot(starts_at=day.starts_at, ends_at=day.ends_at, minutes=day.minutes))


def _lock(role: Role) -> Role:
    rows = Role.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    return rows.get(pk=role.pk)


def _last(role: Role) -> AuditEntry | None:
    return audit.trail(target=role).filter(action=ASKED).first()


def _begun(role: Role, last: AuditEntry) -> Role | None:
    """Return the draft that came of the last question, if it is still there."""
    line = audit.trail(target=role).filter(action=BEGUN, detail__asked=last.pk).first()
    return Role.objects.filter(pk=line.detail["draft"]).first() if line is not None else None


def _day(line: AuditEntry, now: dt.datetime) -> Day:
    """Return the day of a question, moved on by weeks until there is time to look the draft through."""
    starts_at, ends_at = (dt.datetime.fromisoformat(line.detail[name]) for name in ("starts_at", "ends_at"))
    late = timezone.localdate(now) + dt.timedelta(DAYS_AHEAD) - timezone.localdate(starts_at)
    by = max(0, -(-late.days // WEEK.days)) * WEEK
    return Day(starts_at + by, ends_at + by, line.detail["minutes"], line.detail["slot"])


def _is_of_one_day(slot: Slot) -> bool:
    return timezone.localdate(slot.starts_at) == timezone.localdate(slot.ends_at)


def _moved(slot: Slot, idea: Idea, today: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the times on the first such day that leaves a coordinator time to look, and people time to hear of it."""
    begins, ends = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    weekday = idea.value if idea.kind == Kind.WEEKDAY else begins.weekday()
    first = today + dt.timedelta(days=DAYS_AHEAD)
    on = first + dt.timedelta(days=(weekday - first.weekday()) % WEEK.days)
    by = dt.timedelta(minutes=_MOVES[idea.kind] * idea.value)
    return tuple(dt.datetime.combine(on, at.time(), at.tzinfo) + by for at in (begins, ends))  # type: ignore[return-value]


def _names(role: Role) -> Mapping[str, str]:
    last = _last(role)
    assert last is not None  # noqa: S101
    return {"role": role.label, "organisation": role.organisation.name, "day": in_words(_day(last, last.at))}


def _still_asked(notification: Notification, now: dt.datetime) -> bool:
    role = Role.objects.open().filter(pk=notification.about["role"]).first()
    return role is not None and asked(role=role, now=now) is not None


LETTER = letters.Kind(
    "another_day",
    _("別の日はいかがですか:%(role)s"),
    _(
        "相談窓口から「%(organisation)s」へのご提案です。「%(role)s」を、%(day)sにもしてみませんか。"
        "来られる方が、ふえるかもしれません。ボタンを押すと、その日の入った下書きができます。"
        "いまの募集は、そのままです。むずかしいときは、何もしなくて大丈夫です。"
    ),
    _still_asked,
    words=_names,
    tap=letters.Tap(ANOTHER_DAY, _("この日の下書きを作る")),
)
STILL_RIGHT = letters.still_right(LETTER)
