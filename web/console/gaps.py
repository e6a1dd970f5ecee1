"""Where wishes and needs do not meet in one's own area, and what one could do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import User
from matching import explanations, reports
from matching.engine.reasons import Reason
from matching.reports import UnderServed
from matching.services.coordinating import another_day, gaps
from matching.services.running import runs
from organisations.models import DeskMembership, Need, Offer, Role, Town
from web.console import gap_map
from web.gaps import Table, tables
from web.permissions import guarded
from web.signed_in import person

MOST_NAMED = 10


@dataclass(frozen=True)
class Thin:
    """A role of one's area that few could come to; ``asked_at``: when its host was asked about another day."""

    served: UnderServed
    is_about_time: bool
    asked_at: dt.datetime | None


@never_cache
@guarded(GET="gaps.see")
def show(request: HttpRequest) -> HttpResponse:
    user, now = person(request), timezone.now()
    towns = Town.objects.filter(pk__in=DeskMembership.objects.towns_of(user))
    own = set(towns.values_list("district", flat=True))
    found = tables(cell for cell in gaps.cells(now=now) if cell.district_id in own)
    _name(found, user, now)
    drawn = gap_map.of_districts(found)
    return render(request, "console/gaps.html", {"tables": found, "drawing": drawn, "is_drawn": bool(drawn["spots"])})


def _name(found: list[Table], user: User, now: dt.datetime) -> None:
    """Say which needs of one's own desk and which roles and offers of one's area each district counts, each once."""
    cells = [row.cell for table in found for row in table.rows]
    offers = Offer.objects.in_area_of(user).in_bulk([id_ for cell in cells for id_ in cell.offer_ids])
    needs = Need.objects.in_area_of(user).in_bulk([id_ for cell in cells for id_ in cell.need_ids])
    thin = _thin([id_ for cell in cells for id_ in cell.role_ids], user, now)
    for table in found:
        need_ids = dict.fromkeys(id_ for row in table.rows for id_ in row.cell.need_ids)
        role_ids = dict.fromkeys(id_ for row in table.rows for id_ in row.cell.role_ids)
        offer_ids = dict.fromkeys(id_ for row in table.rows for id_ in row.cell.offer_ids)
        table.needs = [needs[id_] for id_ in need_ids if id_ in needs][:MOST_NAMED]
        table.roles = [thin[id_] for id_ in role_ids if id_ in thin][:MOST_NAMED]
        table.offers = [offers[id_] for id_ in offer_ids if id_ in offers][:MOST_NAMED]
    if found:
        max(found, key=lambda table: sum(count.number for count in table.counted)).is_first = True


def _thin(role_ids: Iterable[int], user: User, now: dt.datetime) -> dict[int, Thin]:
    here = Role.objects.in_area_of(user).filter(pk__in=role_ids)
    of_run = reports.scarce().filter(run=runs.latest(), role__in=here.values("pk"))
    served = [reports.of_report(report) for report in of_run]
    asked, by_time = another_day.lately([one.role for one in served], now=now), explanations.condition(Reason.TIME)
    return {one.role.pk: Thin(one, one.binding == by_time, asked.get(one.role.pk)) for one in served}
