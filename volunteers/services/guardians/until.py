"""Whether a guardian's consent is needed, and until when it can hold."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from volunteers.models import Volunteer
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.conditions import COORDINATOR_UNDER


class NotNeeded(DomainError):
    code = "guardian_not_needed"
    message = _("18歳以上の方には、保護者の方の同意はいりません。")


def last_day(volunteer: Volunteer, today: dt.date) -> dt.date:
    """Return until when a consent can hold: a year, and never past the day before one turns 16, or then 18.

    Raises
    ------
    NotNeeded
    """
    age = volunteer.age(today)
    if age >= ADULT_AGE:
        raise NotNeeded
    turns = COORDINATOR_UNDER if age < COORDINATOR_UNDER else ADULT_AGE
    return min(_same_day(today, today.year + 1), _same_day(volunteer.born_on, volunteer.born_on.year + turns)) - (
        dt.timedelta(days=1)
    )


def ends_on(volunteer: Volunteer, until: dt.date | None, now: dt.datetime) -> dt.date:
    """Return the last day of a consent that was given through *until*; `last_day` without one, and at most."""
    last = last_day(volunteer, timezone.localdate(now))
    return min(until or last, last)


def _same_day(day: dt.date, year: int) -> dt.date:
    """The 29 February is the 1 March in other years."""
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)
