"""What waits for a coordinator today, in their own area; nothing is worked out here that a run has not noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.fields.json import KeyTransform

from accounts.models import User
from matching import reports
from matching.models import Run, RunStatus
from matching.services.explaining import best_changes
from matching.services.explaining.trace import Blocked
from notifications.models import Notification
from notifications.services import calls
from organisations.models import Organisation, Rewording, Role
from organisations.services.coordinating import desk_lines
from organisations.services.coordinating.desk_lines import SHOWN, Part
from organisations.services.reviewing import rereading, reviews
from organisations.services.worries import unanswered
from volunteers.models import Application, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services.coordinating import areas

# Of so many unfilled roles of an area a run notes what would help most.
UNFILLED = best_changes.OF_EACH
# Somebody who has been here for longer needs no first greeting any more.
NEW_FOR = dt.timedelta(days=90)
# Far more than anybody gets through in a day.
MOST_APPLICATIONS = 200


@dataclass
class Silent:
    """An organisation that has let people wait for an answer beyond the clock, since when the first of them waits."""

    organisation: Organisation
    since: dt.datetime
    roles: dict[int, Role] = field(default_factory=dict)
    people: int = 0


@dataclass(frozen=True)
class Today:
    """The parts of the day's list; roles say whether another look is needed, see ``reviews.to_look_at``."""

    lines: desk_lines.Lines
    roles: Part[Any]
    reworded: Part[Rewording]
    silent: list[Silent]
    juniors: list[Application]
    calls: Part[Notification]
    unfilled: Part[Blocked]
    to_greet: Part[Volunteer]
    worries: unanswered.Open

    @property
    def to_look_at(self) -> int:
        """How many wait to be read and found good."""
        return self.lines.to_look_at + self.roles.all + self.reworded.all


def of(*, user: User, now: dt.datetime) -> Today:
    """Return the list of *user*: eight queries, and one more at most for words of the vocabulary."""
    asked = _applications(user, now)
    return Today(
        lines=desk_lines.of(user),
        roles=_part(reviews.to_look_at(user).select_related("organisation").order_by("submitted_at", "pk")),
        reworded=_part(rereading.to_read(user).select_related("role__organisation").order_by("at", "pk")),
        silent=_by_organisation(one for one in asked if one.released_at is not None),
        juniors=[one for one in asked if one.released_at is None],
        calls=_part(calls.open_lines(users=areas.people_of(user))),
        unfilled=_unfilled(user),
        to_greet=_part(_to_greet(user, now)),
        worries=unanswered.open_of(user, now),
    )


def _part(rows: QuerySet[Any], at_most: int = SHOWN) -> Part[Any]:
    """Rows and their number in one query."""
    shown = list(rows.annotate(number=Window(Count("pk")))[:at_most])
    return Part(shown, shown[0].number if shown else 0)


def _applications(user: User, now: dt.datetime) -> list[Application]:
    """Those whose organisation lets them wait too long, and those of the young, who wait for a coordinator's look."""
    asked = Application.objects.filter(status=ApplicationStatus.ASKED, slot__ends_at__gt=now, slot__cancelled_at=None)
    young = Q(released_at=None, volunteer__in=Volunteer.objects.in_area_of(user).values("pk"))
    late = Q(
        released_at__isnull=False,
        escalated_at__isnull=False,
        slot__role__organisation__in=Organisation.objects.in_area_of(user).values("pk"),
    )
    whole = asked.filter(young | late).select_related("slot__role__organisation", "volunteer__user")
    return list(whole.order_by("asked_at", "pk")[:MOST_APPLICATIONS])


def _by_organisation(late: Iterable[Application]) -> list[Silent]:
    """The one whose people wait longest first."""
    found: dict[int, Silent] = {}
    for one in late:
        role = one.slot.role
        host = found.setdefault(role.organisation_id, Silent(role.organisation, one.asked_at))
        host.roles[role.pk] = role
        host.people += 1
    return list(found.values())


def _unfilled(user: User) -> Part[Blocked]:
    newest = Run.objects.filter(status=RunStatus.DONE).order_by("-pk").values("pk")[:1]
    here = Role.objects.open().filter(pk__in=Role.objects.in_area_of(user).values("pk"))
    noted = KeyTransform("roles", KeyTransform("best", "run__trace"))
    rows = reports.scarce().filter(run=newest, role__in=here.values("pk")).annotate(noted=noted)
    part = _part(rows, UNFILLED)
    best = best_changes.worded(part.rows[0].noted or {}) if part.rows else {}
    return Part([Blocked(reports.of_report(row), best.get(row.role_id)) for row in part.rows], part.all)


def _to_greet(user: User, now: dt.datetime) -> QuerySet[Volunteer]:
    new = Volunteer.objects.in_area_of(user).filter(greeted_at=None, created_at__gt=now - NEW_FOR)
    return new.filter(user__is_active=True).select_related("user", "town").order_by("created_at", "pk")
