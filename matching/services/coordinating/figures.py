"""What a month was like in each district of somebody's area."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from matching.models import Feedback, Suggestion
from organisations.models import DeskMembership, District, Organisation, Town
from volunteers.models import Attendance, Volunteer


@dataclass(frozen=True)
class Figures:
    """One district in one month.

    Parameters
    ----------
    district : None for the towns that belong to no district.
    first_activity_days : median days from sign-up to the first activity, of those whose first it was in the month;
        None where there was nobody.
    asked, answered : suggestions that reached somebody in the month, and those of them that have an answer by now.
    first_timers : people who took part for the first time.
    groups_helped : organisations to which somebody came who had not come to them before.
    """

    district: District | None
    first_activity_days: float | None = None
    asked: int = 0
    answered: int = 0
    first_timers: int = 0
    groups_helped: int = 0

    @property
    def answered_share(self) -> float | None:
        """Between 0 and 1; None where nothing was asked."""
        return self.answered / self.asked if self.asked else None


def by_district(*, coordinator: User, month: dt.date) -> list[Figures]:
    """Return the figures of the month that begins on *month*, by the local calendar, a row for each district.

    People count where they live and organisations where they are; only the coordinator's own towns count.
    A person took part where an attendance says that they came.
    """
    days = _days_to_first(coordinator, month)
    asked, answered = _answers(coordinator, month)
    helped = _helped(coordinator, month)
    return [
        Figures(
            district=district,
            first_activity_days=median(days[key]) if days[key] else None,
            asked=asked[key],
            answered=answered[key],
            first_timers=len(days[key]),
            groups_helped=len(helped[key]),
        )
        for key, district in _districts(coordinator)
    ]


def bounds(month: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return when a month begins and when the next one does."""
    first = month.replace(day=1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    start, end = (timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (first, following))
    return start, end


def _districts(coordinator: User) -> list[tuple[int | None, District | None]]:
    towns = Town.objects.filter(pk__in=DeskMembership.objects.towns_of(coordinator))
    named = District.objects.filter(pk__in=towns.values("district")).order_by("position", "code")
    rows: list[tuple[int | None, District | None]] = [(one.pk, one) for one in named]
    return [*rows, (None, None)] if towns.filter(district=None).exists() else rows


def _in_month(name: str, month: dt.date) -> Q:
    start, end = bounds(month)
    return Q(**{f"{name}__gte": start, f"{name}__lt": end})


def _came(**where: QuerySet[Any]) -> QuerySet[Attendance]:
    return Attendance.objects.filter(came=True, placement__cancelled_at=None, **where)


def _days_to_first(coordinator: User, month: dt.date) -> dict[int | None, list[int]]:
    here = Volunteer.objects.in_area_of(coordinator).values("pk")
    people = _came(placement__volunteer__in=here).values_list(
        "placement__volunteer", "placement__volunteer__town__district", "placement__volunteer__created_at"
    )
    first = people.annotate(first=Min("placement__slot__starts_at")).filter(_in_month("first", month)).order_by()
    days: dict[int | None, list[int]] = defaultdict(list)
    for _person, district, signed_up, began in first:
        # Who came along before they signed up had no way to wait.
        days[district].append(max((timezone.localdate(began) - timezone.localdate(signed_up)).days, 0))
    return days


def _answers(coordinator: User, month: dt.date) -> tuple[Counter[int | None], Counter[int | None]]:
    here = Volunteer.objects.in_area_of(coordinator).values("pk")
    is_answered = Exists(Feedback.objects.filter(suggestion=OuterRef("pk"), undone_at=None))
    reached = Suggestion.objects.filter(volunteer__in=here).annotate(reached_at=Coalesce("sent_at", "seen_at"))
    counts = (
        reached.filter(_in_month("reached_at", month))
        .order_by()
        .values_list("volunteer__town__district")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(is_answered)))
    )
    rows = list(counts)
    return Counter({key: asked for key, asked, _ in rows}), Counter({key: answered for key, _, answered in rows})


def _helped(coordinator: User, month: dt.date) -> dict[int | None, set[int]]:
    host = "placement__slot__role__organisation"
    here = Organisation.objects.in_area_of(coordinator).values("pk")
    pairs = _came(**{f"{host}__in": here}).values_list(f"{host}__town__district", host, "placement__volunteer")
    new = pairs.annotate(first=Min("placement__slot__starts_at")).filter(_in_month("first", month)).order_by()
    helped: dict[int | None, set[int]] = defaultdict(set)
    for district, organisation, _person, _first in new:
        helped[district].add(organisation)
    return helped
