"""Small needs near each other: one visit is proposed, and one role is made of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from organisations.models import Need
from organisations.services.taking_up import visits
from organisations.services.taking_up.visits import Visit
from web.console.need_steps import ask_for_role, of_own_desks
from web.permissions import guarded, require
from web.signed_in import person

ON_A_PAGE = 10


@never_cache
@guarded(GET="needs.visits")
def index(request: HttpRequest) -> HttpResponse:
    found = visits.propose(user=person(request), now=timezone.now())
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/visits.html", {"page": page})


@never_cache
@guarded(GET="needs.visits", POST="needs.visits")
def new(request: HttpRequest) -> HttpResponse:
    """One role with one time out of the needs that the address names; of other desks' there are none."""
    needs = _named(request)
    if len(needs) < 2 or len({need.desk_id for need in needs}) > 1:
        return redirect("console:visits")
    for need in needs:
        require(request.user, "needs.turn", need)
    visit = visits.of(needs, now=timezone.now())
    return ask_for_role(request, needs, _proposed(needs, visit), "console/visit.html")


def _named(request: HttpRequest) -> list[Need]:
    asked = [number for number in request.GET.getlist("need")[: visits.MOST_STOPS] if number.isascii()]
    numbers = [int(number) for number in asked if number.isdecimal() and len(number) < 19]
    rows = {need.pk: need for need in of_own_desks(request).filter(pk__in=numbers)}
    return [rows[number] for number in dict.fromkeys(numbers) if number in rows]


def _proposed(needs: list[Need], visit: Visit | None) -> dict[str, Any]:
    answers: dict[str, Any] = {"capacity": max(need.people for need in needs)}
    if visit is not None:
        begins = dt.datetime.combine(visit.on, visit.when.hours[0])
        ends = begins + dt.timedelta(minutes=visit.minutes)
        answers |= {"day": visit.on, "begins": begins.time(), "ends": ends.time()}
    return answers
