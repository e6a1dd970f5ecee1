"""The columns of a table of roles: one line for each time, all lines of a role beginning with its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import AccessFeature, Activity, Organisation, Qualification, Role, Skill, Slot, Venue
from organisations.models.role import Effort, Insurance
from organisations.services import words
from organisations.services.bringing_in import cells
from organisations.services.bringing_in.area import town_reader
from organisations.services.bringing_in.columns import Column

EFFORTS = {words.fold(name): effort for effort, name in zip(Effort, ("軽い", "ふつう", "力仕事"), strict=True)}
LISTS = ("activities", "skills", "qualifications", "access")
WHERE = ("venue", "venue_town", "venue_address")
TIMES = ("on", "until", "starts", "ends", "minutes", "capacity")


def columns(user: User) -> list[Column]:
    """Return the columns, as *user*, a coordinator, may fill them in.

    A column with no value in ``empty`` says nothing where it is empty: the model's own default holds, or what an
    earlier line of the same role said.
    """
    own = {words.fold(one.name): one for one in Organisation.objects.in_area_of(user).prefetch_related("venues")}
    listed = _("「、」で区切ります")
    return [
        Column("団体", "organisation", cells.one_of(own), _("登録されている名前"), is_required=True),
        Column("募集の名前", "title", cells.text_of(Role, "title"), _("ひと目でわかる名前"), is_required=True),
        Column("すること", "summary", cells.text_of(Role, "summary"), _("はじめての行には、かならず書きます")),
        Column("活動分野", "activities", _terms(Activity), _("おもなものを先に。「、」で区切ります")),
        Column("会場", "venue", cells.text_of(Venue, "name"), _("家からできる活動では、空けておきます")),
        Column("会場の町", "venue_town", town_reader(user), _("はじめて使う会場には、かならず書きます")),
        Column("会場の番地など", "venue_address", cells.text_of(Venue, "address"), _("個人のお宅は書きません")),
        Column("家からできる", "is_online", cells.truth, _("はい・いいえ")),
        Column("日にち", "on", cells.day, _("2026/12/5、令和8年12月5日"), is_required=True),
        Column("おわりの日", "until", cells.day, _("何日かにわたる枠だけ")),
        Column("はじまり", "starts", cells.time, "9:00", is_required=True),
        Column("おわり", "ends", cells.time, "11:30", is_required=True),
        Column("このうち何分", "minutes", cells.whole, _("好きな時間に来てもらうとき")),
        Column("人数", "capacity", cells.whole, _("来てほしい人数"), is_required=True),
        Column("何歳から", "min_age", cells.whole, _("空いていれば、何歳でも")),
        Column("何歳まで", "max_age", cells.whole, _("空いていれば、何歳でも")),
        Column("グループで参加できる", "takes_groups", cells.truth, _("はい・いいえ")),
        Column("団体が返事をしてから決まる", "asks_first", cells.truth, _("はい・いいえ")),
        Column("子どもとかかわる", "is_with_children", cells.truth, _("はい・いいえ")),
        Column("体力", "effort", cells.one_of(EFFORTS), _("軽い・ふつう・力仕事")),
        Column("あるとうれしい得意なこと", "skills", _terms(Skill), listed),
        Column("必要な資格", "qualifications", _terms(Qualification), listed),
        Column("参加のしやすさ", "access", _terms(AccessFeature), listed),
        Column("費用", "cost", cells.text_of(Role, "cost"), _("無料、材料費300円")),
        Column("保険", "insurance", cells.choice_of(Insurance), "・".join(cells.label(one) for one in Insurance)),
        Column("持ち物", "bring", cells.text_of(Role, "bring"), _("軍手、帽子")),
        Column("雨のとき", "rain_rule", cells.text_of(Role, "rain_rule"), _("中止、室内で行う")),
        Column("当日の連絡先", "contact", cells.text_of(Role, "contact"), _("電話番号や、係の人")),
    ]


def told(role: Role, slot: Slot) -> dict[str, Any]:
    """Return what the columns say of *slot*, by field; its lists are at hand."""
    venue = role.venue
    return {
        **{name: getattr(role, name) for name in ("title", "summary", "cost", "bring", "rain_rule", "contact")},
        "organisation": role.organisation.name,
        "activities": cells.joined(one.activity for one in role.role_activities.all()),
        **{name: cells.joined(getattr(role, name).all()) for name in ("skills", "qualifications", "access")},
        "venue": venue.name if venue else "",
        "venue_town": f"{venue.town.ward}{venue.town.name}" if venue else "",
        "venue_address": venue.address if venue else "",
        **{name: cells.told(getattr(role, name)) for name in ("is_online", "takes_groups", "asks_first")},
        "is_with_children": cells.told(role.is_with_children),
        "min_age": role.min_age or None,
        "max_age": role.max_age,
        "effort": next(name for name, effort in EFFORTS.items() if effort == role.effort),
        "insurance": cells.label(Insurance(role.insurance)),
        **_times(slot),
        "minutes": slot.minutes,
        "capacity": slot.capacity,
    }


def _times(slot: Slot) -> dict[str, Any]:
    first, last = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    return {
        "on": first.date(),
        "until": last.date() if last.date() != first.date() else None,
        "starts": f"{first:%H:%M}",
        "ends": f"{last:%H:%M}",
    }


def _terms(model: type[Activity | Skill | Qualification | AccessFeature]) -> Any:
    terms: Iterable[Any] = model.objects.all()
    return cells.terms_of(cells.names_of(terms))
