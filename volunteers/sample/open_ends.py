"""What is still open in the sample ward, so that there is something to decide about."""

from __future__ import annotations

from typing import Any

from organisations.models import DeskMembership, Organisation, Role, SupportDesk
from organisations.services import organisations
from volunteers.sample import asking
from volunteers.sample.asking import Asking
from volunteers.sample.signing_in import person


def leave(entry: dict[str, Any], owners: dict[str, Organisation], asked: Asking) -> None:
    """Write what is missing of the file's open ends; the second time, nothing."""
    _waiting_organisation(entry["organisation"], asked)
    _waiting_role(entry["role"], owners[entry["role"]["owner"]], asked)
    second = entry["coordinator"]
    desk = SupportDesk.objects.get(organisation__name=second["desk"])
    DeskMembership.objects.get_or_create(user=person(second, now=asked.now), desk=desk)


def _waiting_organisation(entry: dict[str, Any], asked: Asking) -> None:
    if Organisation.objects.filter(name=entry["name"]).exists():
        return
    new = organisations.register(
        name=entry["name"],
        kana=entry["kana"],
        kind=entry["kind"],
        town=asked.towns[entry["town"]],
        about=entry["about"],
        now=asked.now,
        actor=asked.actor,
        is_sample=True,
    )
    organisations.add_member(
        organisation=new, user=person(entry["host"], now=asked.now), now=asked.now, actor=asked.actor
    )


def _waiting_role(entry: dict[str, Any], owner: Organisation, asked: Asking) -> None:
    if not Role.objects.filter(organisation=owner, title=entry["title"]).exists():
        asking.hand_in(entry, owner, {}, asked)
