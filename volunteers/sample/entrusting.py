"""What residents told a desk of the sample ward, and a company's people who come together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.models import User
from notifications.models import Notification
from organisations.models import Slot, Team, Town, Worry
from organisations.services.coordinating import desks
from organisations.services.teams import gathering, holds
from organisations.services.worries import handling
from organisations.services.worries.handling import Contents
from volunteers.sample import reading
from volunteers.sample.asking import Asking
from volunteers.sample.open_ends import Written
from volunteers.services.teams import team_places

FOLDER = reading.DATA / "giving"


def leave(written: Written, asking: Asking) -> None:
    """Write what is missing of it; the second time, nothing."""
    told = reading.document(FOLDER / "worries.yaml")
    for entry in told["worries"]:
        town = asking.towns[entry["town"]]
        if desks.coordinators_of(town) and not Worry.objects.filter(receipt=entry["receipt"]).exists():
            _worry(entry, town, told["consent"], asking.now)
    for entry in reading.document(FOLDER / "teams.yaml"):
        owner = written.organisations[entry["organisation"]]
        if not Team.objects.filter(organisation=owner, name=entry["name"]).exists():
            _team(entry, written, asking.now, asking.actor)


def _worry(entry: Mapping[str, Any], town: Town, consent: str, now: dt.datetime) -> None:
    contents = Contents(entry["words"], entry["reach"], entry.get("contact", ""), entry.get("name", ""))
    made = handling.receive(
        receipt=entry["receipt"],
        town=town,
        contents=contents,
        consent_text=consent,
        now=now,
        is_about_other=entry.get("other", False),
    )
    Notification.objects.filter(about__worry=made.pk).delete()  # nobody is told of a sample


def _team(entry: Mapping[str, Any], written: Written, now: dt.datetime, actor: User) -> None:
    made = gathering.create(
        organisation=written.organisations[entry["organisation"]],
        name=entry["name"],
        size=entry["size"],
        when=entry["when"],
        minutes=entry["minutes"],
        now=now,
        actor=actor,
    )
    wanted = entry["hold"]
    ahead = Slot.objects.filter(role=written.roles[wanted["role"]], starts_at__gt=now + 2 * holds.BEFORE_THE_START)
    slot = ahead.free(now).filter(capacity__gte=wanted["places"]).earliest("starts_at")
    until = min(now + dt.timedelta(days=wanted["days"]), slot.starts_at - holds.BEFORE_THE_START)
    team_places.hold(team=made, slot=slot, places=wanted["places"], until=until, now=now, actor=actor)
