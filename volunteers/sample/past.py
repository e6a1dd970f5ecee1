"""What was before the sample ward is loaded: roles that are over, who took part in them, and what they were told."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from organisations.models import Hold, Role, Slot
from organisations.services.roles import approval, closing
from organisations.services.teams import gathering, holds
from volunteers.models import Placement, Thanks, Volunteer
from volunteers.sample import asking, hours
from volunteers.sample.asking import Asking
from volunteers.sample.open_ends import Written
from volunteers.services.attendance import recording, thanks
from volunteers.services.taking_part import placements

# So long before its first time a role was asked for, and so long before each of them people said yes.
ASKED, AGREED = dt.timedelta(days=21), dt.timedelta(days=4)
# So long after its end it was written down who came, and everybody was thanked.
RECORDED, THANKED = dt.timedelta(hours=1), dt.timedelta(hours=20)


def remember(entries: list[dict[str, Any]], written: Written, asked: Asking) -> None:
    """Write what is missing of the file's past; the second time, nothing."""
    for entry in entries:
        if not Role.objects.filter(organisation=written.organisations[entry["owner"]], title=entry["title"]).exists():
            _role(entry, written, asked)


def _role(entry: dict[str, Any], written: Written, asked: Asking) -> None:
    """Ask, let people come and close, each at its time."""
    today = timezone.localdate(asked.now)
    times = [(one, hours.ago(entry["at"], one["days_ago"], today)) for one in entry["times"]]
    then = dataclasses.replace(asked, now=min(start for _one, (start, _end) in times) - ASKED)
    role = asking.draft(entry, written.organisations[entry["owner"]], written.venues_of(entry["owner"]), then)
    slots = [
        Slot.objects.create(role=role, starts_at=start, ends_at=end, capacity=entry["capacity"])
        for _one, (start, end) in times
    ]
    approval.submit(role=role, now=then.now, actor=asked.actor)
    approval.publish(role=role, now=then.now, actor=asked.actor)
    for (one, _hours), slot in zip(times, slots, strict=True):
        _took_part(one, slot, written.people)
        if "team" in one:
            _as_team(one["team"], slot, written)
    closing.close(role=role, now=max(slot.ends_at for slot in slots), actor=asked.actor)


def _took_part(entry: dict[str, Any], slot: Slot, people: Mapping[str, Volunteer]) -> None:
    """As rows, as if it had been said then: whoever really says yes or is thanked is written to."""
    said = {**entry.get("came", {}), **dict.fromkeys(entry.get("away", []))}
    coming = {key: _placement(people[key], slot) for key in (*said, *entry.get("unsaid", []))}
    Slot.objects.filter(pk=slot.pk).update(taken=sum(one.places for one in coming.values()))
    host = slot.role.organisation.memberships.earliest("pk").user
    if said:
        came = {coming[key].pk: minutes for key, minutes in said.items()}
        recording.record(slot=slot, came=came, now=slot.ends_at + RECORDED, actor=host)
    if "thanks" in entry:
        Thanks.objects.bulk_create(
            Thanks(placement=row, text=entry["thanks"], by=host, at=slot.ends_at + THANKED)
            for row in thanks.waiting(slot)
        )


def _as_team(entry: dict[str, Any], slot: Slot, written: Written) -> None:
    """Let those of *slot* have come by the code of a team that is over."""
    came, then = slot.placements.all(), slot.starts_at - AGREED
    company = written.organisations[entry["organisation"]]
    team = gathering.create(organisation=company, name=entry["name"], size=len(came), now=then, actor=None)
    ends = {"held_until": slot.starts_at - holds.BEFORE_THE_START, "released_at": slot.starts_at}
    hold = Hold.objects.create(team=team, slot=slot, asked=len(came), places=0, held_at=then, **ends)
    came.update(hold=hold)
    gathering.close(team=team, now=slot.ends_at, actor=None)


def _placement(volunteer: Volunteer, slot: Slot) -> Placement:
    return Placement.objects.create(
        volunteer=volunteer,
        slot=slot,
        places=volunteer.party_size,
        busy=placements.busy(slot),
        agreed_at=slot.starts_at - AGREED,
    )
