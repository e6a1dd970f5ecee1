"""What list, map and calendar share: the question in the address, its answer, and ready-made questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Model, Prefetch, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services.errors import DomainError
from organisations.models import Role, Slot
from organisations.models.role import RoleQuerySet
from organisations.services import search
from organisations.services.coordinating import desks
from web.nothing import Nothing
from web.public.forms import HERE, LENGTHS, RoleFilter

M = TypeVar("M", bound=Model)
Q = TypeVar("Q", bound=QuerySet[Any])
PER_PAGE = 12
SATURDAY = 5
# What belongs to one of the three views alone.
OF_ONE_VIEW = ("page", "month")


@dataclass(frozen=True, slots=True)
class Ready:
    """A question that is a link; where it is asked already, the link takes it back."""

    label: str
    query: str
    is_asked: bool


def asking(request: HttpRequest, form: RoleFilter, now: dt.datetime) -> dict[str, Any]:
    """Return what the upper part of each view shows: the questions, and the ways to look at the answer."""
    return {"form": form, "ready": ready(request.GET, now), "elsewhere": elsewhere(request)}


def elsewhere(request: HttpRequest) -> str:
    """Return the question of this page, for another way to look at its answer."""
    return _without(request.GET, OF_ONE_VIEW).urlencode()


def unanswered(request: HttpRequest, form: RoleFilter, now: dt.datetime) -> HttpResponse:
    """Show what is wrong with the question, and whom to ask instead."""
    return cannot_answer(request, form, "public/roles.html", ready=ready(request.GET, now))


def cannot_answer(request: HttpRequest, form: Form, template: str, **more: Any) -> HttpResponse:
    context = {"form": form, "elsewhere": elsewhere(request), "desks": desks.for_town(None), **more}
    return render(request, template, context, status=400)


def answer(request: HttpRequest, form: Form, found: QuerySet[M], *, nothing: Nothing) -> dict[str, Any]:
    """Return the question and one page of what was *found*; where that is empty, that it is, and whom one can ask."""
    page, town = page_of(request, found), form.cleaned_data["town"]
    return {
        "form": form,
        "elsewhere": elsewhere(request),
        "page": page,
        "town": town,
        "nothing": nothing,
        "desks": [] if page.object_list else desks.for_town(town),
    }


def follow(form: RoleFilter) -> str:
    """Return the part of the question that calendars and feed readers can follow: what it is about, and the town."""
    found = {"activity": getattr(form.cleaned_data["activity"], "code", None), "town": form["town"].value()}
    if form.cleaned_data["within"] != HERE:
        del found["town"]
    return urlencode({name: value for name, value in found.items() if value})


def look(form: RoleFilter, now: dt.datetime) -> RoleQuerySet | None:
    return answered(form, lambda: search.find(now=now, **form.wanted()))


def answered(form: Form, find: Callable[[], Q]) -> Q | None:
    """Return what was asked for, or nothing where the question cannot be answered; the form then says why."""
    if form.is_valid():
        try:
            return find()
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    return None


def with_slots(roles: QuerySet[Role], now: dt.datetime) -> QuerySet[Role]:
    """Add the coming slots of each role, in one query however many roles there are."""
    coming = Slot.objects.filter(ends_at__gt=now, cancelled_at=None).order_by("starts_at", "id")
    return roles.prefetch_related(Prefetch("slots", queryset=coming, to_attr="coming"))


def page_of(request: HttpRequest, found: QuerySet[M]) -> Page[M]:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise Http404
    return Paginator(found, PER_PAGE).get_page(number)


def ready(asked: QueryDict, now: dt.datetime) -> list[Ready]:
    """Return the questions that people ask most, each added to what is *asked*."""
    first, last = weekend(timezone.localdate(now))
    offered = [
        (_("今週末"), {"from_on": first.isoformat(), "until_on": last.isoformat()}),
        (_("平日の夜"), {"evening": "on"}),
    ]
    offered += [(str(label), {"lasting": minutes}) for minutes, label in LENGTHS if minutes]
    return [_ready(asked, label, answers) for label, answers in offered]


def weekend(today: dt.date) -> tuple[dt.date, dt.date]:
    """Return Saturday and Sunday of this week; on a Sunday only that day is left."""
    saturday = today + dt.timedelta(days=SATURDAY - today.weekday())
    return max(saturday, today), saturday + dt.timedelta(days=1)


def _ready(asked: QueryDict, label: str, answers: dict[str, str]) -> Ready:
    is_asked = all(asked.get(name) == answer for name, answer in answers.items())
    query = _without(asked, (*OF_ONE_VIEW, *answers))
    if not is_asked:
        query.update(answers)
    return Ready(label, query.urlencode(), is_asked)


def _without(asked: QueryDict, names: Iterable[str]) -> QueryDict:
    query = asked.copy()
    for name in names:
        query.pop(name, None)
    return query
