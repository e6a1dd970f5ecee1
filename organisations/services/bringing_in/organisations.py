"""Organisations out of a table, and a table of organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.services import contact_points
from organisations.models import Organisation
from organisations.models.organisation import Kind
from organisations.services import words
from organisations.services.bringing_in import cells
from organisations.services.bringing_in.area import town_reader
from organisations.services.bringing_in.columns import Column, Entry, Fault, Plan, entries
from organisations.services.hosts import organisations
from organisations.spreadsheets.read import Table
from organisations.spreadsheets.write import Cell


def columns(user: User) -> list[Column]:
    """Return the columns, as *user*, a coordinator, may fill them in."""

    def text(name: str, field: str, hint: str | Promise, *, is_required: bool = False) -> Column:
        return Column(name, field, cells.text_of(Organisation, field), hint, is_required, "")

    kinds = "・".join(cells.label(kind) for kind in Kind)
    return [
        text("名前", "name", _("正式な名前"), is_required=True),
        text("よみ", "kana", _("ひらがなで。一覧の並び順になります")),
        Column("種類", "kind", cells.choice_of(Kind), kinds, is_required=True),
        Column("町", "town", town_reader(user), _("活動の中心の町丁目"), is_required=True),
        text("どんな団体か", "about", _("はじめての人にもわかるように")),
        Column("電話", "phone", contact_points.written, _("募集のページに出ます"), empty=""),
        text("メール", "email", _("募集のページに出ます")),
        text("ホームページ", "website", _("https:// からはじめます")),
    ]


def plan(*, table: Table, user: User) -> Plan:
    """Say what of *table* would be written, what is there already, and what is wrong."""
    read, faults = entries(table, columns(user))
    found = Plan(faults=faults)
    known = {words.fold(name) for name in Organisation.objects.values_list("name", flat=True)}
    seen: dict[str, int] = {}
    for entry in read:
        name = words.fold(entry.values["name"])
        if name in seen:
            said = _("%(row)s行目と同じ団体です。どちらかを消してください。") % {"row": seen[name]}
            found.faults.append(Fault(entry.number, "名前", str(said)))
        else:
            (found.known if name in known else found.fine).append(entry)
        seen.setdefault(name, entry.number)
    found.faults.sort()
    return found


def write(*, fine: list[Entry], now: dt.datetime, actor: User) -> None:
    """Register all of *fine*; a coordinator still approves each."""
    organisations.register_all(entries=[entry.values for entry in fine], now=now, actor=actor)


def rows(user: User) -> Iterable[list[Cell]]:
    """The organisations of the area that *user* coordinates, by the same columns."""
    found = Organisation.objects.in_area_of(user).select_related("town").order_by("kana", "name", "pk")
    return (
        [
            one.name,
            one.kana,
            cells.label(Kind(one.kind)),
            f"{one.town.ward}{one.town.name}",
            one.about,
            one.phone,
            one.email,
            one.website,
        ]
        for one in found
    )
