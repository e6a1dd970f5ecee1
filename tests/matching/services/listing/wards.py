"""A small lively ward: people and roles by chance, and what may happen to them, all through the services."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.models.consent import ConsentKind
from accounts.services import consents
from accounts.services.errors import DomainError
from matching import dataset
from matching.engine.fast import FastEngine
from matching.models import Answer, Feedback, Shortlist
from matching.services.answering import suggestions
from matching.services.listing import lists, role_changes, shortlists, weights
from organisations.models import Activity, Organisation, Role, Slot, Town, Venue
from organisations.services.hosts import organisations
from organisations.services.roles import approval, closing, writing
from organisations.services.times import slots
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    OrganisationFactory,
    PlacementFactory,
    SkillFactory,
    SlotFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    at,
)
from tests.matching import rows
from volunteers.models import Application, Placement, Volunteer
from volunteers.models.availability import ALL_DAY
from volunteers.services.attendance import recording
from volunteers.services.people import availability, profiles
from volunteers.services.taking_part import applications, joining, placements

WORDS = ("花に水をやる", "本を読む", "子どもと遊ぶ", "駅前をそうじする", "お年寄りと話す")
Items = list[tuple[Any, ...]]


@dataclass
class Ward:
    """``now`` goes on by a second with each thing that happens; a day of them lies within one minute."""

    chance: random.Random
    now: dt.datetime = NOW + dt.timedelta(seconds=1)
    towns: list[Town] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    hosts: list[Organisation] = field(default_factory=list)
    venues: list[Venue] = field(default_factory=list)

    def one(self, some: Any) -> Any:
        return self.chance.choice(list(some))

    def some(self, rows: Any, most: int = 2) -> list[Any]:
        return self.chance.sample(list(rows), self.chance.randint(1, most))

    def happen(self, times: int) -> None:
        for _ in range(times):
            self.now += dt.timedelta(seconds=1)
            try:
                self.one(HAPPENINGS)(self)
            except DomainError:
                continue  # not everything is possible at any time


def build(seed: int, *, people: int = 30, asked: int = 14) -> Ward:
    ward = Ward(random.Random(seed))
    parents = [ActivityFactory(ja=f"分野{number}") for number in range(2)]
    ward.activities = [ActivityFactory(ja=word, parent=ward.one(parents)) for word in WORDS]
    ward.towns = [TownFactory(lat=35.470 + 0.004 * number, lng=139.549) for number in range(5)]
    ward.hosts = [OrganisationFactory(town=town) for town in ward.towns[:3]]
    ward.venues = [VenueFactory(organisation=host, town=town) for host in ward.hosts for town in ward.towns]
    SkillFactory()
    AccessFeatureFactory(is_about_place=True)
    for _ in range(people):
        rows.person(ward.one(ward.activities), town=ward.one(ward.towns), wish=ward.one(["", *WORDS]))
    for _ in range(asked):
        publish(ward)
    was = SlotFactory(role=ward.one(Role.objects.order_by("pk")), starts_at=at(-3, 9), capacity=people)
    for volunteer in Volunteer.objects.order_by("pk")[: people // 3]:
        PlacementFactory(volunteer=volunteer, slot=was)
    return ward


def publish(ward: Ward) -> None:
    role = writing.draft(
        organisation=ward.one(ward.hosts),
        now=ward.now,
        actor=None,
        title=ward.one(WORDS),
        summary=ward.one(WORDS),
        venue=ward.one(ward.venues),
        is_online=ward.chance.random() < 0.15,
        activities=ward.some(ward.activities),
        asks_first=ward.chance.random() < 0.3,
    )
    for _ in range(ward.chance.randint(1, 2)):
        add_slot(ward, role)
    approval.submit(role=role, now=ward.now, actor=None)
    approval.publish(role=role, now=ward.now, actor=None)


def add_slot(ward: Ward, role: Role | None = None) -> None:
    start = at(ward.chance.randint(1, 20), ward.chance.randint(8, 18))
    slots.add(
        role=role or ward.one(Role.objects.all()),
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        capacity=ward.chance.randint(1, 3),
        minutes=ward.one([None, None, 30]),
        now=ward.now,
        actor=None,
    )


def change_role(ward: Ward) -> None:
    what: dict[str, Any] = ward.one(
        [
            {"title": ward.one(WORDS), "title_en": ward.one(["", "Read aloud"])},
            {"summary": ward.one(WORDS)},
            {"venue": ward.one(ward.venues)},
            {"is_online": ward.chance.random() < 0.5},
            {"min_age": ward.one([0, 20, 60])},
            {"max_age": ward.one([None, 30, 80])},
            {"activities": ward.some(ward.activities)},
            {"takes_groups": ward.chance.random() < 0.5},
            {"effort": ward.one([1, 2, 3])},
        ]
    )
    writing.change(role=ward.one(Role.objects.all()), now=ward.now, actor=None, **what)


def change_profile(ward: Ward) -> None:
    what: dict[str, Any] = ward.one(
        [
            {"town": ward.one(ward.towns)},
            {"interests": ward.some(ward.activities)},
            {"avoids": ward.some(ward.activities, 1)},
            {"wish": ward.one(WORDS)},
            {"travel_limit_km": ward.one([0.3, 1.0, 3.0])},
            {"takes_online": ward.chance.random() < 0.5},
            {"party_size": ward.one([1, 2])},
            {"minutes_at_most": ward.one([None, 30, 60])},
        ]
    )
    profiles.change(volunteer=person(ward), now=ward.now, actor=None, **what)


def change_hours(ward: Ward) -> None:
    weekly = [ward.one([0, ALL_DAY]) for _ in range(7)]
    availability.set_weekly(volunteer=person(ward), weekly=weekly, now=ward.now, actor=None)


def consent(ward: Ward) -> None:
    user = person(ward).user
    if ward.chance.random() < 0.5:
        consents.withdraw(user=user, kind=ConsentKind.CONTACT, now=ward.now)
    else:
        consents.give(user=user, kind=ConsentKind.CONTACT, text="はい", now=ward.now)


def join(ward: Ward) -> None:
    joining.join(volunteer=person(ward), slot=ward.one(Slot.objects.all()), now=ward.now, actor=None)


def leave(ward: Ward) -> None:
    coming = list(Placement.objects.filter(cancelled_at=None).order_by("pk"))
    if coming:
        placements.cancel(placement=ward.one(coming), now=ward.now, actor=None)


def write_down_who_came(ward: Ward) -> None:
    was = Placement.objects.select_related("slot").filter(slot__ends_at__lt=ward.now, cancelled_at=None).order_by("pk")
    placement = ward.one(was)
    came = {placement.pk: ward.one([None, None, 60])}
    recording.record(slot=placement.slot, came=came, now=ward.now, actor=None)


def reply(ward: Ward) -> None:
    what = ward.one([applications.accept, applications.decline, applications.withdraw])
    for application in Application.objects.filter(status="asked")[:1]:
        what(application=application, now=ward.now, actor=None)


def answer(ward: Ward) -> None:
    shown = suggestions.show(volunteer=person(ward), now=ward.now)
    if shown:
        said = ward.one([Answer.DECLINE, Answer.DECLINE, Answer.ACCEPT])
        suggestions.answer(suggestion=shown[0].suggestion, answer=said, now=ward.now, actor=None)


def undo(ward: Ward) -> None:
    for feedback in Feedback.objects.filter(undone_at=None).select_related("suggestion")[:1]:
        suggestions.undo(suggestion=feedback.suggestion, now=ward.now, actor=None)


def suspend_or_approve(ward: Ward) -> None:
    what = ward.one([organisations.suspend, organisations.approve, organisations.approve])
    what(organisation=ward.one(Organisation.objects.all()), now=ward.now, actor=None)


def person(ward: Ward) -> Volunteer:
    chosen: Volunteer = ward.one(Volunteer.objects.select_related("user").order_by("pk"))
    return chosen


def newcomer(ward: Ward) -> None:
    profiles.create(
        user=UserFactory(),
        now=ward.now,
        actor=None,
        born_on=dt.date(1980, 1, 1),
        town=ward.one(ward.towns),
        wish=WORDS[0],
    )


def close(ward: Ward) -> None:
    closing.close(role=ward.one(Role.objects.all()), now=ward.now, actor=None)


def call_off(ward: Ward) -> None:
    slots.cancel(slot=ward.one(Slot.objects.all()), now=ward.now, actor=None)


def change_capacity(ward: Ward) -> None:
    capacity = ward.chance.randint(1, 4)
    slots.change_capacity(slot=ward.one(Slot.objects.all()), capacity=capacity, now=ward.now, actor=None)


HAPPENINGS: list[Callable[[Ward], None]] = [
    publish,
    add_slot,
    change_role,
    change_role,
    change_profile,
    change_profile,
    change_hours,
    consent,
    join,
    join,
    leave,
    write_down_who_came,
    write_down_who_came,
    reply,
    answer,
    undo,
    suspend_or_approve,
    newcomer,
    close,
    call_off,
    change_capacity,
]


def follow(now: dt.datetime, *, people: int = 500, asked: int = 100) -> None:
    """Do what the worker does until nothing is left, so many at a time."""
    while shortlists.refresh_stale(now=now, limit=people) or role_changes.bring_in(now=now, limit=asked):
        pass


def kept() -> Items:
    """Return all lists as they stand in the table."""
    columns = ("pk", "roles", "slots", "scores", "parts", "besides", "edge")
    return list(Shortlist.objects.order_by("pk").values_list(*columns))


def computed(now: dt.datetime) -> Items:
    """Return what a run would write."""
    before = {one.pk: one for one in Shortlist.objects.all()}
    data = dataset.load(now=now)
    ranking = lists.rank(FastEngine(data.problem), weights.current())
    items = lists.items(data, ranking)
    lists.write_shortlists(data, ranking, items, run_id=None, computed_at=NOW + dt.timedelta(1))
    found = kept()
    Shortlist.objects.all().delete()
    Shortlist.objects.bulk_create(before.values())
    return found
