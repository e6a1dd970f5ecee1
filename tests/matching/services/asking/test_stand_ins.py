"""Where somebody cannot come after all, a few others are asked, within what they want to hear."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models.consent import ConsentKind
from accounts.services import consents
from matching.models import Suggestion, SuggestionStatus
from matching.services.answering import suggestions
from matching.services.asking import follow_up, stand_ins
from matching.services.leaving import stepping_back
from matching.services.running import runs
from notifications.message import NEEDS_CONSENT
from notifications.models import Channel, ContactPoint, Notification, Preference
from notifications.models.preference import Frequency
from notifications.services import outbox
from organisations.models import Activity, Role, Slot
from tests.factories import NOW, JuniorFactory, SlotFactory, TownFactory, WaitingFactory, at
from tests.matching import rows
from tests.together import together
from volunteers.models import Placement, Volunteer
from volunteers.services.taking_part import joining

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def gardening() -> Activity:
    return rows.gardening()


def given_back(role: Role, now: dt.datetime = NOW) -> Placement:
    """A place that somebody took, who cannot come after all; the run was done while they still could."""
    person = rows.person()
    joining.join(volunteer=person, slot=role.slots.get(), now=NOW, actor=None)
    rows.run_once()
    return stepping_back.cancel(placement=Placement.objects.active().get(volunteer=person), now=now, actor=None)


def asked() -> list[Volunteer]:
    return [row.volunteer for row in Suggestion.objects.order_by("pk")]


@pytest.mark.django_db
def test_those_are_asked_who_could_come_and_would_like_to(gardening: Activity) -> None:
    willing = rows.person(gardening)
    rows.person(rows.reading())
    rows.person(gardening, travel_limit_km=0.1, town=TownFactory(lat=35.55))
    role = rows.role(gardening)
    gone = given_back(role)
    assert stand_ins.seek(now=NOW) == 1
    assert asked() == [willing]
    row = Suggestion.objects.get()
    assert (row.slot, row.status, row.planned_at) == (role.slots.get(), SuggestionStatus.PLANNED, NOW)
    assert row.run is not None  # counts for the month
    gone.refresh_from_db()
    assert gone.stand_in_sought_at == NOW


@pytest.mark.django_db
def test_each_place_is_sought_for_once(gardening: Activity) -> None:
    rows.person(gardening)
    given_back(rows.role(gardening))
    assert [stand_ins.seek(now=NOW) for _again in range(3)] == [1, 0, 0]
    assert Notification.objects.filter(kind="stand_in").count() == 1


@pytest.mark.django_db
def test_three_for_a_place_and_the_least_recently_asked_first(gardening: Activity) -> None:
    people = [rows.person(gardening) for _number in range(5)]
    role, earlier = rows.role(gardening), rows.role(rows.reading(), starts_at=at(40, 9))
    given_back(role)
    for days, person in zip((30, 10, 20), people[:3], strict=True):
        Suggestion.objects.create(
            volunteer=person,
            role=earlier,
            slot=earlier.slots.get(),
            run=runs.latest(),
            status=SuggestionStatus.ANSWERED,
            rank=1,
            score=0.5,
            planned_at=NOW - dt.timedelta(days=days),
        )
    assert stand_ins.seek(now=NOW) == 3
    assert set(asked()[3:]) == {people[3], people[4], people[0]}


@pytest.mark.django_db
def test_who_has_heard_enough_this_week_or_never_wants_to_is_left_alone(gardening: Activity) -> None:
    heard, never, stopped, away = (rows.person(gardening) for _number in range(4))
    role, other = rows.role(gardening), rows.role(rows.reading(), starts_at=at(40, 9))
    given_back(role)
    about = {"role": other, "slot": other.slots.get(), "rank": 1, "score": 0.5, "planned_at": NOW - HOUR}
    Suggestion.objects.create(volunteer=heard, run=runs.latest(), **about)
    Preference.objects.create(user=never.user, digest=Frequency.NEVER)
    consents.withdraw(user=stopped.user, kind=ConsentKind.CONTACT, now=NOW, actor=stopped.user)
    Volunteer.objects.filter(pk=away.pk).update(paused_until=at(60, 9).date())
    assert stand_ins.seek(now=NOW) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("ahead", "count"), [(HOUR, 0), (3 * HOUR, 1), (6 * 24 * HOUR, 1), (8 * 24 * HOUR, 0)])
def test_neither_too_late_nor_too_early(gardening: Activity, ahead: dt.timedelta, count: int) -> None:
    rows.person(gardening)
    given_back(rows.role(gardening, starts_at=NOW + ahead))
    assert stand_ins.seek(now=NOW) == count


@pytest.mark.django_db
def test_only_for_the_time_that_is_free(gardening: Activity) -> None:
    person = rows.person(gardening)
    role = rows.role(gardening)
    SlotFactory(role=role, starts_at=at(6, 14))
    person.availability.weekly[5] = 0
    person.availability.save()
    gone = rows.person()
    joining.join(volunteer=gone, slot=role.slots.earliest("starts_at"), now=NOW, actor=None)
    rows.run_once()
    stepping_back.cancel(placement=Placement.objects.active().get(), now=NOW, actor=None)
    assert stand_ins.seek(now=NOW) == 0


@pytest.mark.django_db
def test_not_where_it_is_full_again_called_off_or_waited_for(gardening: Activity) -> None:
    rows.person(gardening)
    role = rows.role(gardening, capacity=1)
    given_back(role)
    waiting = WaitingFactory(slot=role.slots.get())
    assert stand_ins.seek(now=NOW) == 0
    waiting.delete()
    for change, back in (
        ({"taken": 1}, {"taken": 0}),
        ({"cancelled_at": NOW}, {"cancelled_at": None}),
    ):
        Slot.objects.filter(role=role).update(**change)
        assert stand_ins.seek(now=NOW) == 0
        Slot.objects.filter(role=role).update(**back)
    assert stand_ins.seek(now=NOW) == 1


@pytest.mark.django_db
def test_who_gave_it_back_or_said_no_is_not_asked(gardening: Activity) -> None:
    gone, refused = rows.person(gardening), rows.person(gardening)
    role = rows.role(gardening)
    joining.join(volunteer=gone, slot=role.slots.get(), now=NOW, actor=None)
    rows.run_once()
    [shown] = suggestions.show(volunteer=refused, now=NOW)
    suggestions.answer(suggestion=shown.suggestion, answer="decline", now=NOW, actor=None)
    stepping_back.cancel(placement=Placement.objects.active().get(), now=NOW, actor=None)
    assert stand_ins.seek(now=NOW) == 0


@pytest.mark.django_db
def test_the_letter_can_be_answered_and_is_known_to_have_gone_out(gardening: Activity) -> None:
    person = rows.person(gardening, email="a@yaritai.example")
    ContactPoint.objects.create(user=person.user, channel=Channel.EMAIL, address="a@yaritai.example", verified_at=NOW)
    role = rows.role(gardening, title="駅前の花だん")
    given_back(role)
    stand_ins.seek(now=NOW)
    letter = Notification.objects.get(kind="stand_in")
    assert letter.kind in NEEDS_CONSENT
    assert "駅前の花だん" in letter.title
    assert "代わりに来てくださる方" in letter.body
    assert len(letter.actions) == 3
    outbox.deliver_due(now=NOW, still_right=follow_up.RECHECKS)
    assert follow_up.note_delivered() == 1
    assert Suggestion.objects.get().status == SuggestionStatus.SENT


@pytest.mark.django_db
def test_it_is_not_said_any_more_once_somebody_comes(gardening: Activity) -> None:
    rows.person(gardening)
    role = rows.role(gardening, capacity=1)
    given_back(role)
    stand_ins.seek(now=NOW)
    Slot.objects.filter(role=role).update(taken=1)
    letter = Notification.objects.get(kind="stand_in")
    assert not follow_up.RECHECKS["stand_in"](letter, NOW)


@pytest.mark.django_db
def test_the_young_are_asked_by_a_coordinator(gardening: Activity) -> None:
    young = JuniorFactory(town=rows.a_town())
    young.interests.add(gardening)
    ContactPoint.objects.create(user=young.user, channel=Channel.EMAIL, address="j@yaritai.example", verified_at=NOW)
    given_back(rows.role(gardening))
    assert stand_ins.seek(now=NOW) == 1
    letter = Notification.objects.get(kind="stand_in")
    assert (letter.channel, letter.actions) == (Channel.CALL_LIST, [])


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_ask_each_once(gardening: Activity) -> None:
    for _number in range(4):
        rows.person(gardening)
    given_back(rows.role(gardening))
    ended = together(4, lambda _number: stand_ins.seek(now=NOW))
    assert sorted(ended, key=str) == [0, 0, 0, 3]
