"""Who comes to one time, for the sheet of paper that lies on the table there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Consent
from accounts.models.consent import ConsentKind, GuardianScope
from organisations.models import Hold, Slot
from volunteers.models import Application, Placement
from volunteers.models.application import ApplicationStatus

# Of the young the people there must know this; that they may take part goes without saying.
SAID = (GuardianScope.GO_ALONE, GuardianScope.PHOTO, GuardianScope.ASK_EACH_TIME)


@dataclass(frozen=True)
class Line:
    """One party: what they like to be called, how many come, what they wrote, what their guardian allows.

    ``scope`` holds (what, whether it is allowed) where a guardian's consent is in force on that day.
    """

    name: str
    people: int
    note: str
    scope: list[tuple[str, bool]]


def of(slot: Slot) -> list[Line]:
    """Return who comes, by name. Nothing of where they live, how old they are or how they can be reached."""
    coming = list(Placement.objects.active().filter(slot=slot).select_related("volunteer__user"))
    people, users = [row.volunteer_id for row in coming], [row.volunteer.user_id for row in coming]
    asked = Application.objects.filter(slot=slot, volunteer__in=people, status=ApplicationStatus.ACCEPTED)
    notes = dict(asked.values_list("volunteer_id", "note"))
    consents = Consent.objects.in_force(ConsentKind.GUARDIAN, timezone.localdate(slot.starts_at)).filter(user__in=users)
    scopes = dict(consents.values_list("user_id", "scope"))
    lines = [
        Line(
            row.volunteer.user.name,
            row.places,
            notes.get(row.volunteer_id, ""),
            _said(scopes.get(row.volunteer.user_id)),
        )
        for row in coming
    ]
    return sorted(lines, key=lambda line: line.name)


def kept(slot: Slot) -> list[tuple[str, int]]:
    """Return for which company's team how many places are kept that nobody has by name yet."""
    alive = Hold.objects.alive().filter(slot=slot, places__gt=0).order_by("pk")
    return list(alive.values_list("team__organisation__name", "places"))


def _said(scope: list[str] | None) -> list[tuple[str, bool]]:
    return [] if scope is None else [(str(what.label), what in scope) for what in SAID]
