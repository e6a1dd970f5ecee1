"""What is published, changed, taken and answered finds its lists without a run, and no other list is touched."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest

from matching.models import ListedRole, Run, Shortlist, Suggestion
from matching.services.listing import listed, lists, role_changes, shortlists
from matching.services.running import runs
from organisations.models import Activity, Role, Slot
from organisations.services.hosts import organisations
from organisations.services.roles import closing, writing
from organisations.services.times import filling, slots
from tests.factories import NOW, SlotFactory, TownFactory, at
from tests.matching import rows
from tests.matching.services.listing import wards
from tests.together import together
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
SOON = NOW + dt.timedelta(seconds=20)


@pytest.fixture(autouse=True)
def _short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that many roles nearly come into a list, and few do."""
    monkeypatch.setattr(lists, "TOP", 2)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_lists_are_as_a_run_would_make_them(seed: int) -> None:
    ward = wards.build(seed)
    rows.run_once(ward.now)
    was_behind = 0
    for _ in range(3):
        ward.happen(6)
        expected = wards.computed(ward.now)
        was_behind += wards.kept() != expected
        wards.follow(ward.now)
        assert wards.kept() == expected
    assert was_behind  # the control: without following, lists are not as they should be


def test_a_few_at_a_time_come_to_the_same() -> None:
    ward = wards.build(77)
    rows.run_once(ward.now)
    ward.happen(25)
    wards.follow(ward.now, people=2, asked=1)
    assert wards.kept() == wards.computed(ward.now)


def test_a_change_during_a_run_is_found_after_it(settings: pytest.FixtureRequest) -> None:
    settings.SHARD_SIZE = 7  # type: ignore[attr-defined]
    ward = wards.build(5)
    runs.request(now=ward.now)
    while runs.carry_out(now=ward.now, at_most=1).parts_done_here:
        ward.happen(2)
        assert role_changes.bring_in(now=ward.now) == 0 or Run.objects.get().status == "done"
    wards.follow(ward.now)
    assert wards.kept() == wards.computed(ward.now)


def test_a_run_that_went_wrong_is_not_believed() -> None:
    ward = wards.build(6)
    rows.run_once(ward.now)
    ward.happen(8)
    run = runs.request(now=ward.now)
    runs.carry_out(now=ward.now, at_most=0)
    run.shards.update(tries=5)
    runs.carry_out(now=ward.now)
    assert Run.objects.get(pk=run.pk).status == "failed"
    wards.follow(ward.now)
    assert wards.kept() == wards.computed(ward.now)


def test_who_died_in_between_is_followed_by_the_next() -> None:
    gardening = rows.gardening()
    volunteer = rows.person(gardening)
    rows.run_once()
    role = rows.role(gardening)
    assert set(listed.begin(limit=9)) == {role.pk}
    Role.objects.update(status="draft")  # as it was before: without the blank it would look untouched
    Role.objects.update(status="open")
    assert role_changes.bring_in(now=SOON) == 1
    assert rows.listed(volunteer) == [role.pk]
    assert role_changes.bring_in(now=SOON) == 0


def test_lists_that_it_does_not_concern_stay() -> None:
    gardening, reading = rows.gardening(), rows.reading()
    here, far = TownFactory(lat=35.47), TownFactory(lat=35.9)
    near, other, away = (
        rows.person(gardening, town=here),
        rows.person(reading, town=here),
        rows.person(gardening, town=far),
    )
    rows.run_once()
    rows.role(gardening)
    assert role_changes.bring_in(now=SOON) == 1
    assert {one.pk: one.computed_at for one in Shortlist.objects.all()} == {near.pk: SOON, other.pk: NOW, away.pk: NOW}


def test_a_role_below_the_edge_changes_nothing() -> None:
    gardening, reading = rows.gardening(), rows.reading()
    field = Activity.objects.create(code="field", ja="分野", en="Field")
    Activity.objects.update(parent=None)
    Activity.objects.filter(pk=reading.pk).update(parent=field)
    volunteer = rows.person(gardening)
    volunteer.interests.add(field)
    for _ in range(4):
        rows.role(gardening)
    rows.run_once()
    before = Shortlist.objects.get(pk=volunteer.pk)
    worse = rows.role(reading, title="読む", summary="読む")
    assert role_changes.bring_in(now=SOON) == 1
    assert Shortlist.objects.get(pk=volunteer.pk).computed_at == before.computed_at
    Role.objects.exclude(pk=worse.pk).filter(pk__in=before.besides[:1]).update(status="closed")
    assert role_changes.bring_in(now=SOON) == 1  # the control: one that is beside the list and goes makes room
    assert Shortlist.objects.get(pk=volunteer.pk).computed_at == SOON
    assert worse.pk in Shortlist.objects.get(pk=volunteer.pk).besides


def test_nothing_to_bring_in() -> None:
    rows.role()
    assert role_changes.bring_in(now=NOW) == 0  # before there are lists
    rows.run_once()
    assert role_changes.bring_in(now=SOON) == 0


def test_all_that_makes_a_role_another_is_noticed() -> None:
    gardening = rows.gardening()
    role = rows.role(gardening)
    slot = role.slots.get()
    rows.run_once()
    changes = [
        lambda: writing.change(role=role, now=SOON, actor=None, summary="ちがうこと"),
        lambda: slots.add(role=role, starts_at=at(9, 9), ends_at=at(9, 10), capacity=2, now=SOON, actor=None),
        lambda: slots.change_capacity(slot=slot, capacity=9, now=SOON, actor=None),
        lambda: filling.take(slot=slot, places=1, now=SOON),
        lambda: filling.give_back(slot=slot, places=1, now=SOON),
        lambda: organisations.suspend(organisation=role.organisation, now=SOON, actor=None),
        lambda: organisations.approve(organisation=role.organisation, now=SOON, actor=None),
        lambda: Activity.objects.filter(pk=gardening.pk).update(synonyms=["花"]),
        lambda: slots.cancel(slot=slot, now=SOON, actor=None),
        lambda: closing.close(role=role, now=SOON, actor=None),
    ]
    assert [(change(), role_changes.bring_in(now=SOON), role_changes.bring_in(now=SOON))[1:] for change in changes] == [
        (1, 0)
    ] * len(changes)


def test_what_nobody_matches_by_is_not_noticed() -> None:
    role = rows.role()
    rows.run_once()
    writing.change(role=role, now=SOON, actor=None, bring="軍手", cost="無料")
    writing.draft(
        organisation=role.organisation, now=SOON, actor=None, title="下書き", summary="まだ", venue=role.venue
    )
    assert role_changes.bring_in(now=SOON) == 0


def test_a_time_that_was_over_before_the_run_plays_no_part() -> None:
    role = rows.role()
    over = SlotFactory(role=role, starts_at=NOW - dt.timedelta(days=7))
    rows.run_once()
    Slot.objects.filter(pk=over.pk).update(taken=1)
    assert role_changes.bring_in(now=SOON) == 0
    long_after = at(5, 9) + dt.timedelta(days=1)  # the other one is over too now, which is no change
    assert role_changes.bring_in(now=long_after) == 0
    Slot.objects.filter(pk=over.pk).update(starts_at=at(8, 9), ends_at=at(8, 11))
    assert role_changes.bring_in(now=long_after) == 1


def test_a_suggestion_that_the_role_shuts_out_now_ends() -> None:
    gardening = rows.gardening()
    role = rows.role(gardening)
    young, old = rows.person(gardening), rows.person(gardening, born_on=dt.date(1940, 1, 1))
    rows.run_once()
    shown = [rows.suggestion(one, role) for one in (young, old)]
    writing.change(role=role, now=SOON, actor=None, min_age=70)
    role_changes.bring_in(now=SOON)
    status = dict(Suggestion.objects.values_list("pk", "status"))
    assert [status[one.pk] for one in shown] == ["expired", "seen"]


@pytest.mark.django_db(transaction=True)
def test_one_at_a_time() -> None:
    rows.person(gardening := rows.gardening())
    rows.run_once()
    rows.role(gardening)
    with listed.alone() as is_alone:
        assert is_alone
        (other,) = together(1, lambda _: role_changes.bring_in(now=SOON))
        assert other == 0
    (other,) = together(1, lambda _: role_changes.bring_in(now=SOON))
    assert other == 1


@pytest.mark.django_db(transaction=True)
def test_a_list_of_roles_as_they_were_is_not_written() -> None:
    volunteer = rows.person(gardening := rows.gardening())
    rows.run_once()
    mark = listed.newest_mark()
    old = shortlists.read([volunteer.pk], now=SOON)
    role = rows.role(gardening)
    role_changes.bring_in(now=SOON)
    assert not shortlists.put(old, mark)
    assert rows.listed(volunteer) == [role.pk]
    assert shortlists.put(old, listed.newest_mark())  # the control: so the change would have been lost
    assert rows.listed(volunteer) == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_nothing() -> None:
    ward = wards.build(8, people=12, asked=8)
    rows.run_once(ward.now)
    people, left = list(Volunteer.objects.all()), count()

    def act(number: int) -> None:
        for turn in range(6):
            if number == 0:
                role = Role.objects.filter(status="open").order_by("?")[0]
                writing.change(
                    role=role, now=SOON, actor=None, summary=wards.WORDS[next(left) % 5], min_age=turn % 2 * 50
                )
                SlotFactory(role=role)
            elif number == 1:
                role_changes.bring_in(now=SOON)
            else:
                shortlists.refresh(volunteer=people[(number * 5 + turn) % 12], now=SOON)

    assert [raised for raised in together(4, act) if raised is not None] == []
    wards.follow(SOON)
    assert wards.kept() == wards.computed(SOON)
    assert not ListedRole.objects.filter(fingerprint="").exists()
