"""Events that an organisation keeps elsewhere become drafts of roles, for it to complete.

What was brought in before is known again by its number; only what changed is written anew, and only where nobody has
worked on the draft since.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services.errors import DomainError
from organisations.models import BroughtEvent, Organisation, Role, Slot, Venue
from organisations.models.role import RoleStatus
from organisations.publicity import event_list
from organisations.services import words
from organisations.services.bringing_in import cells
from organisations.services.bringing_in.columns import Column, Entry, Fault, entries
from organisations.services.roles import writing
from organisations.services.times import limits, slots
from organisations.spreadsheets import calendar_file, read
from organisations.spreadsheets.read import Row, Table

LONGEST_EVENT_DAYS = 31
WANTED = ("イベント名", "開始日")


class BadRepeat(DomainError):
    code = "bad_repeat"
    message = gettext_lazy("このくり返し方は読み取れません。1日ずつの予定にして、もう一度お出しください。")


@dataclass(slots=True)
class Brought:
    """One event: *said* goes into the role, *times* become its slots; *before* is what was brought in earlier.

    *last_on* is its last day, also where there are no times yet.
    """

    uid: str
    number: int
    said: dict[str, Any]
    times: list[tuple[dt.datetime, dt.datetime]]
    capacity: int
    digest: str
    last_on: dt.date
    before: BroughtEvent | None = None


@dataclass(slots=True)
class EventPlan:
    """*worked_on*: changed elsewhere, but somebody has written on the draft or handed it in; it stays as it is."""

    new: list[Brought] = field(default_factory=list)
    changed: list[Brought] = field(default_factory=list)
    same: list[Brought] = field(default_factory=list)
    past: list[Brought] = field(default_factory=list)
    worked_on: list[Brought] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def fine(self) -> list[Brought]:
        return [*self.new, *self.changed]


def table(content: bytes, *, now: dt.datetime) -> Table:
    """Return the events of a calendar file or of a table, under the names of the standard.

    Raises
    ------
    NotACalendar, CalendarTooLarge, TooLarge, NotATable, NoHeader
    """
    if calendar_file.is_calendar(content):
        return calendar_file.table(content, now=now)
    found = read.table(content, wanted=WANTED)
    return Table(tuple(Row(row.number, _by_our_names(row.cells)) for row in found.rows))


def columns() -> list[Column]:
    """Return the columns that are read; a table may have others."""
    return [
        Column("NO", "uid", cells.text_of(BroughtEvent, "uid"), gettext_lazy("予定の番号"), empty=""),
        Column("イベント名", "title", cells.text_of(Role, "title"), gettext_lazy("80文字まで"), is_required=True),
        Column("イベント名_英語", "title_en", cells.text_of(Role, "title_en"), "", empty=""),
        Column("開始日", "on", cells.day, gettext_lazy("2026/12/5、令和8年12月5日"), is_required=True),
        Column("終了日", "until", cells.day, ""),
        Column("開始時間", "starts", cells.time, gettext_lazy("空いていれば、あとで入れます")),
        Column("終了時間", "ends", cells.time, gettext_lazy("空いていれば、あとで入れます")),
        Column("説明", "summary", cells.text_of(Role, "summary"), gettext_lazy("2,000文字まで"), empty=""),
        Column("料金(詳細)", "cost", cells.text_of(Role, "cost"), gettext_lazy("120文字まで"), empty=""),
        Column("場所名称", "place", str, gettext_lazy("登録した会場の名前なら、その会場になります"), empty=""),
        Column("住所", "address", str, "", empty=""),
        Column("定員", "capacity", cells.whole, gettext_lazy("来てほしい人数。空いていれば1人"), empty=1),
        Column(calendar_file.REPEAT, "repeat", _refused, ""),
    ]


def plan(*, table: Table, organisation: Organisation, now: dt.datetime) -> EventPlan:
    """Say what of *table* would become a draft, what changed, what stays, and what is wrong."""
    read_lines, faults = entries(table, columns())
    found = EventPlan(faults=faults)
    venues = {words.fold(one.name): one for one in organisation.venues.all()}
    before = {one.uid: one for one in organisation.brought_events.select_related("role")}
    for uid, lines in _by_uid(read_lines).items():
        try:
            event = _event(uid, lines, venues, before.get(uid))
            _list_for(event, found, now).append(event)
        except DomainError as refused:
            found.faults.append(Fault(lines[0].number, "開始日", str(refused)))
    found.faults.sort()
    return found


def write(*, found: EventPlan, organisation: Organisation, now: dt.datetime, actor: User) -> int:
    """Write the new drafts and those that changed; say how many."""
    for event in found.new:
        role = writing.draft(organisation=organisation, now=now, actor=actor, **event.said)
        _add_times(role, event, now, actor)
        BroughtEvent.objects.create(
            organisation=organisation, uid=event.uid, digest=event.digest, role=role, brought_at=now
        )
    for event in found.changed:
        if event.before is not None:
            _rewrite(event, event.before, now, actor)
    return len(found.fine)


def _by_our_names(row: dict[str, str]) -> dict[str, str]:
    return {OUR_NAMES.get(_folded(name), name): cell for name, cell in row.items()}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


OUR_NAMES = {_folded(name): column.name for column in event_list.COLUMNS for name in (column.name, *column.aliases)}


def _refused(_text: str) -> str:
    raise BadRepeat


def _by_uid(lines: list[Entry]) -> dict[str, list[Entry]]:
    """Events without a number are known by their name, day and place; a number beside two names is two events."""
    found: dict[str, list[Entry]] = {}
    for line in lines:
        said = line.values
        named = [said["title"], said["on"].isoformat(), str(said["starts"]), said["place"]]
        uid = said["uid"] or _digest(named)
        if uid in found and found[uid][0].values["title"] != said["title"]:
            uid = _digest([uid, said["title"]])
        found.setdefault(uid, []).append(line)
    return found


def _event(uid: str, lines: list[Entry], venues: dict[str, Venue], before: BroughtEvent | None) -> Brought:
    first = lines[0].values
    venue = venues.get(words.fold(first["place"]))
    said = {name: first[name] for name in ("title", "title_en", "cost")}
    times = sorted({span for line in lines for span in _times(line)})
    said["summary"] = _with_rest(first, has_venue=venue is not None, has_times=bool(times))
    last_on = max(line.values["until"] or line.values["on"] for line in lines)
    capacity = first["capacity"]
    limits.check_capacity(capacity, taken=0)
    words.checked(Role, {"summary": said["summary"]} if said["summary"] else {})
    digest = _digest([said, venue.pk if venue else None, capacity, [[str(at) for at in span] for span in times]])
    return Brought(uid, lines[0].number, {**said, "venue": venue}, times, capacity, digest, last_on, before)


def _with_rest(first: dict[str, Any], *, has_venue: bool, has_times: bool) -> str:
    """A place that is no venue of ours yet, and a day without hours, are kept in words for somebody to enter them."""
    where = "" if has_venue else " ".join(part for part in (first["place"], first["address"]) if part)
    days = dict.fromkeys(date_format(one, _("Y年n月j日")) for one in (first["on"], first["until"] or first["on"]))
    told = [_("日にち: %(days)s") % {"days": "〜".join(days)}] if not has_times else []
    told += [_("場所: %(where)s") % {"where": where}] if where else []
    return "\n\n".join(part for part in (first["summary"], "\n".join(told)) if part)


def _times(line: Entry) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return begin and end of each day; without hours there is no time yet."""
    said = line.values
    if said["starts"] is None or said["ends"] is None:
        return []
    first, last = said["on"], said["until"] or said["on"]
    if last < first or (first == last and said["ends"] <= said["starts"]):
        raise limits.EndsBeforeStart
    if (last - first).days >= LONGEST_EVENT_DAYS:
        raise limits.WindowTooLong
    if said["ends"] <= said["starts"]:
        raise limits.SlotAcrossMidnight
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return [(_at(day, said["starts"]), _at(day, said["ends"])) for day in days]


def _at(day: dt.date, hour: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, hour))


def _list_for(event: Brought, found: EventPlan, now: dt.datetime) -> list[Brought]:
    ahead = [span for span in event.times if span[0] > now]
    if not ahead and (event.times or event.last_on < timezone.localdate(now)):
        return found.past
    for starts_at, ends_at in ahead:
        limits.check_times(starts_at=starts_at, ends_at=ends_at, minutes=None, now=now)
    if event.before is None:
        return found.new
    if event.before.digest == event.digest:
        return found.same
    return found.worked_on if _is_worked_on(event.before) else found.changed


def _is_worked_on(before: BroughtEvent) -> bool:
    return before.role.status != RoleStatus.DRAFT or before.role.changed_at > before.brought_at


def _rewrite(event: Brought, before: BroughtEvent, now: dt.datetime, actor: User) -> None:
    role = writing.change(
        role=before.role, now=now, actor=actor, expected_changed_at=before.role.changed_at, **event.said
    )
    for slot in role.slots.all():
        slots.remove(slot=slot, now=now, actor=actor)
    _add_times(role, event, now, actor)
    before.digest, before.brought_at = event.digest, now
    before.save(update_fields=["digest", "brought_at"])


def _add_times(role: Role, event: Brought, now: dt.datetime, actor: User) -> list[Slot]:
    ahead = [span for span in event.times if span[0] > now][: slots.MOST_AT_ONCE]
    if not ahead:
        return []
    return slots.add_many(role=role, times=ahead, capacity=event.capacity, now=now, actor=actor)


def _digest(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
