"""A need's life: draft → open → taken up or closed. Written by coordinators, so that nobody can be recognised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import District, Need, SupportDesk, Town, Worry
from organisations.models.need import NeedStatus
from organisations.models.offer import Help
from organisations.services import words
from organisations.services.needs import finding, overlaps

MOST_PEOPLE = 1000
WANTED_FOR = dt.timedelta(days=90)
LISTS = ("activities", "skills", "worries")
_TEXTS = ("title", "title_en", "summary", "summary_en")
CHANGEABLE = frozenset({*_TEXTS, "helps", "when", "minutes", "people", "quantity", "wanted_until"})


class WrongStatus(DomainError):
    code = "need_wrong_status"
    message = _("いまの状態では、この地域ニーズにこの操作はできません。画面を開きなおしてください。")


class StaleForm(DomainError):
    code = "need_stale_form"
    message = _(
        "入力しているあいだに、ほかの方がこの地域ニーズを変えました。新しい内容を見てから、もう一度保存してください。"
    )


class Incomplete(DomainError):
    code = "need_incomplete"
    message = _("「どんなことか」と「あると助かるもの」を書いてから、公開してください。")


class AlreadyOver(DomainError):
    code = "need_already_over"
    message = _("「いつまで」が過ぎています。これからの日にしてください。")


class NotYourWorry(DomainError):
    code = "not_your_worry"
    message = _("もとになった困りごとは、この窓口の町のものからえらんでください。")


class Recognisable(DomainError):
    """``warnings`` say where; each quotes the need alone."""

    code = "recognisable"
    message = _("だれのことか、わかってしまうかもしれません。書き直すか、わからないことを確かめてください。")

    def __init__(self, warnings: list[str]) -> None:
        super().__init__(self.code)
        self.warnings = warnings


@transaction.atomic
def draft(
    *,
    desk: SupportDesk,
    place: Town | District,
    title: str,
    now: dt.datetime,
    actor: User | None,
    is_checked: bool = False,
    **fields: Any,
) -> Need:
    """Begin a need that only its desk sees; it starts with what is given here, never with the words of a worry.

    Fields are those of ``Need``, and ``activities``, ``skills`` and ``worries``.

    Raises
    ------
    Recognisable unless *is_checked*; NotYourWorry, AlreadyOver, and what ``words.checked`` raises
    """
    need = Need(desk=desk, created_at=now, changed_at=now, written_by=actor)
    usual = {"helps": [Help.PEOPLE], "wanted_until": timezone.localdate(now) + WANTED_FOR}
    lists = _write(need, {**usual, **fields, "title": title}, place, now)
    _look(need, lists.get("worries", ()), now, actor, is_checked=is_checked)
    need.save()
    return _written(need, lists, "need.draft", now, actor, is_checked=is_checked)


@transaction.atomic
def change(
    *,
    need: Need,
    now: dt.datetime,
    actor: User | None,
    place: Town | District | None = None,
    expected_changed_at: dt.datetime | None = None,
    is_checked: bool = False,
    **fields: Any,
) -> Need:
    """Change what a need says, as long as it is a draft or open.

    Raises
    ------
    StaleForm where it was changed since *expected_changed_at*; WrongStatus, Incomplete, and what ``draft`` raises
    """
    locked = _lock(need, NeedStatus.DRAFT, NeedStatus.OPEN)
    if expected_changed_at is not None and expected_changed_at != locked.changed_at:
        raise StaleForm
    lists = _write(locked, fields, place, now)
    if locked.status == NeedStatus.OPEN:
        _check_whole(locked, now)
    _look(locked, lists.get("worries", locked.worries.all()), now, actor, is_checked=is_checked)
    locked.changed_at = now
    locked.save()
    return _written(locked, lists, "need.change", now, actor, is_checked=is_checked, fields=sorted(fields))


@transaction.atomic
def publish(*, need: Need, now: dt.datetime, actor: User | None, is_checked: bool = False) -> Need:
    """Let everybody read a draft.

    Raises
    ------
    WrongStatus, Incomplete, AlreadyOver, and Recognisable unless *is_checked*
    """
    locked = _lock(need, NeedStatus.DRAFT)
    _check_whole(locked, now)
    _look(locked, locked.worries.all(), now, actor, is_checked=is_checked)
    locked.status, locked.published_at, locked.changed_at = NeedStatus.OPEN, now, now
    locked.save()
    return _written(locked, {}, "need.publish", now, actor, is_checked=is_checked)


@transaction.atomic
def close(*, need: Need, now: dt.datetime, actor: User | None) -> Need:
    """End a need; a draft that nobody saw is thrown away with it.

    Raises
    ------
    WrongStatus
    """
    locked = _lock(need, NeedStatus.DRAFT, NeedStatus.OPEN, NeedStatus.TAKEN_UP)
    audit.record(actor=actor, action="need.close", target=locked, now=now)
    if locked.status == NeedStatus.DRAFT:
        locked.delete()
        return locked
    locked.status, locked.closed_at, locked.changed_at = NeedStatus.CLOSED, now, now
    locked.save(update_fields=["status", "closed_at", "changed_at"])
    return locked


def _write(need: Need, fields: dict[str, Any], place: Town | District | None, now: dt.datetime) -> dict[str, list[Any]]:
    """Set what *fields* say, and return the lists among them, which are written once the row is there."""
    lists = {name: list(fields[name]) for name in LISTS if name in fields}
    given = {name: value for name, value in fields.items() if name not in LISTS}
    if unknown := given.keys() - CHANGEABLE:
        raise TypeError(f"a need has no {', '.join(sorted(unknown))} to change")
    for name, value in words.checked(Need, given).items():
        setattr(need, name, value)
    if not 1 <= need.people <= MOST_PEOPLE:
        raise words.BadValue(Need._meta.get_field("people").verbose_name, str(_("1から1000までの数を入れてください。")))
    if place is not None:
        need.town, need.district = (place, None) if isinstance(place, Town) else (None, place)
    if "wanted_until" in given and need.wanted_until < timezone.localdate(now):
        raise AlreadyOver
    _check_worries(need.desk, lists.get("worries", ()))
    return lists


def _check_worries(desk: SupportDesk, behind: Iterable[Worry]) -> None:
    ids = {worry.pk for worry in behind}
    if ids and Worry.objects.filter(pk__in=ids, town__support_desks=desk).distinct().count() != len(ids):
        raise NotYourWorry


def _check_whole(need: Need, now: dt.datetime) -> None:
    if not need.summary or not need.helps:
        raise Incomplete
    if need.wanted_until < timezone.localdate(now):
        raise AlreadyOver


def _look(need: Need, behind: Iterable[Worry], now: dt.datetime, actor: User | None, *, is_checked: bool) -> None:
    """Somebody must have seen what the text shares with the worries behind it.

    A refusal takes the lines of the audit trail back with it, so pages look by themselves first: ``overlaps.warnings``.
    """
    if is_checked or actor is None:
        return
    if found := overlaps.warnings(says(need), behind, now=now, actor=actor):
        raise Recognisable(found)


def says(need: Need) -> str:
    """Return all that people will read."""
    return "\n".join(getattr(need, name) for name in _TEXTS)


def _written(
    need: Need, lists: dict[str, list[Any]], action: str, now: dt.datetime, actor: User | None, **detail: Any
) -> Need:
    for name, rows in lists.items():
        getattr(need, name).set(rows)
    audit.record(actor=actor, action=action, target=need, now=now, **detail)
    finding.index(needs=Need.objects.filter(pk=need.pk))
    need.refresh_from_db(fields=["search_text"])
    return need


def _lock(need: Need, *statuses: NeedStatus) -> Need:
    rows = Need.objects.select_for_update(no_key=True, of=("self",)).select_related("desk", "town", "district")
    locked = rows.get(pk=need.pk)
    if locked.status not in statuses:
        raise WrongStatus
    return locked
