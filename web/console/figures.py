"""What a month was like in each district: on the page, and as a table to take along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from matching.services.coordinating import figures
from matching.services.coordinating.figures import Figures
from organisations.spreadsheets import write
from web.permissions import guarded
from web.signed_in import person

EARLIEST = dt.date(2020, 1, 1)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@guarded(GET="figures.see")
def show(request: HttpRequest) -> HttpResponse:
    month = _month(request)
    rows = figures.by_district(coordinator=person(request), month=month)
    before, after = (month - dt.timedelta(days=1)).replace(day=1), (month + dt.timedelta(days=31)).replace(day=1)
    context = {
        "month": month,
        "before": before if before >= EARLIEST else None,
        "after": after if after <= timezone.localdate() else None,
        "is_not_over": after > timezone.localdate(),
        "charts": _charts(rows),
        "is_empty": not rows,
    }
    return render(request, "console/figures.html", context)


@never_cache
@guarded(GET="figures.see")
def csv(request: HttpRequest) -> HttpResponse:
    return _file(request, "csv", "text/csv; charset=utf-8", write.csv(*_table(request)))


@never_cache
@guarded(GET="figures.see")
def csv_for_old_excel(request: HttpRequest) -> HttpResponse:
    return _file(request, "csv", "text/csv; charset=Shift_JIS", write.csv(*_table(request), encoding="cp932"))


@never_cache
@guarded(GET="figures.see")
def xlsx(request: HttpRequest) -> HttpResponse:
    return _file(request, "xlsx", XLSX, write.xlsx(f"{_month(request):%Y-%m}", *_table(request)))


def _month(request: HttpRequest) -> dt.date:
    """Return the first day of the month that the address names, else of this one."""
    today = timezone.localdate()
    try:
        asked = dt.datetime.strptime(request.GET.get("month", ""), "%Y-%m").date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        asked = today
    return min(max(asked, EARLIEST), today).replace(day=1)


def _name(row: Figures) -> str:
    return row.district.name if row.district else _("地区の決まっていない町")


def _table(request: HttpRequest) -> tuple[list[str], list[list[write.Cell]]]:
    header = [_("地区"), _("月"), _("はじめての参加までの日数(中央値)"), _("届いたおすすめ"), _("返事のあったおすすめ")]
    header += [_("返事の割合(%)"), _("はじめて参加した人"), _("新しい人が来た団体")]
    month = _month(request)
    rows = figures.by_district(coordinator=person(request), month=month)
    return header, [[_name(row), f"{month:%Y-%m}", *_numbers(row)] for row in rows]


def _numbers(row: Figures) -> list[write.Cell]:
    return [row.first_activity_days, row.asked, row.answered, _percent(row), row.first_timers, row.groups_helped]


def _percent(row: Figures) -> float | None:
    return None if row.answered_share is None else round(100 * row.answered_share, 1)


def _file(request: HttpRequest, ending: str, kind: str, content: bytes) -> HttpResponse:
    name = f"yaritai-{_month(request):%Y-%m}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _charts(rows: Sequence[Figures]) -> list[dict[str, Any]]:
    return [
        _chart(_("登録からはじめての参加まで"), _("日数(中央値)"), rows, lambda row: row.first_activity_days),
        _chart(_("返事のあったおすすめ"), "%", rows, _percent),
        _chart(_("はじめて参加した人"), _("人"), rows, lambda row: row.first_timers),
        _chart(_("新しい人が来た団体"), _("団体"), rows, lambda row: row.groups_helped),
    ]


def _chart(title: str, unit: str, rows: Sequence[Figures], value: Callable[[Figures], float | None]) -> dict[str, Any]:
    """Return the bars of one chart, the longest over the whole width."""
    values = [value(row) for row in rows]
    longest = max((one for one in values if one), default=1)
    bars = [
        {"label": _name(row), "value": "–" if one is None else f"{one:g}", "width": 100 * (one or 0) / longest}
        for row, one in zip(rows, values, strict=True)
    ]
    return {"title": title, "unit": unit, "bars": bars}
