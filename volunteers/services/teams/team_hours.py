"""What the people of a company's teams did, month by month: for the company, and for everybody."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from organisations.models import Organisation
from volunteers.models import Attendance

# Of fewer people nobody outside the console hears how many they were.
FEWEST = 5


@dataclass(frozen=True)
class Month:
    """What was done in one month by the people of a company's teams.

    ``minutes`` are minutes times people; ``people`` is 0 where they were fewer than five; ``names`` only has those
    who agreed to that.
    """

    first: dt.date
    minutes: int
    people: int
    names: tuple[str, ...]
    roles: tuple[str, ...]


def of(organisation: Organisation) -> list[Month]:
    """Return what the company itself may know, the latest month first."""
    return [_month(first, rows) for first, rows in _by_month(organisation)]


def public(organisation: Organisation) -> list[Month]:
    """Return what everybody may know: the months with five people or more, without a name.

    The other months are left out whole, so that no sum tells what they hold.
    """
    months = [month for month in of(organisation) if month.people]
    return [Month(one.first, one.minutes, one.people, (), one.roles) for one in months]


def _by_month(organisation: Organisation) -> list[tuple[dt.date, list[Attendance]]]:
    came = Attendance.objects.filter(came=True, placement__hold__team__organisation=organisation)
    whole = came.select_related("placement__volunteer__user", "placement__slot__role").order_by(
        "-placement__slot__starts_at"
    )
    months: dict[dt.date, list[Attendance]] = defaultdict(list)
    for row in whole:
        months[timezone.localdate(row.placement.slot.starts_at).replace(day=1)].append(row)
    return sorted(months.items(), reverse=True)


def _month(first: dt.date, rows: Iterable[Attendance]) -> Month:
    kept = list(rows)
    people = len({row.placement.volunteer_id for row in kept})
    named = {row.placement.volunteer_id: row.placement.volunteer.user.name for row in kept if row.placement.is_named}
    roles = dict.fromkeys(row.placement.slot.role.label for row in kept)
    minutes = sum(row.minutes * row.people for row in kept)
    return Month(first, minutes, people if people >= FEWEST else 0, tuple(sorted(named.values())), tuple(roles))
