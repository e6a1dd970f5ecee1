"""What a public role says otherwise than before is read afterwards; of what is with children it is read first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from organisations.models import Rewording, Role, Town
from organisations.models.role import RoleStatus
from organisations.services.reviewing import rereading, reviews
from organisations.services.roles import closing, held, rewordings, writing
from tests.factories import NOW, DeskMembershipFactory, RoleFactory, TownFactory, VenueFactory
from tests.together import together

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(hours=1)
OLD, NEW = "花に水をやります。", "夜の見回りをします。"


@pytest.fixture
def town() -> Town:
    return TownFactory()


@pytest.fixture
def desk(town: Town) -> User:
    user: User = DeskMembershipFactory(desk__towns=[town]).user
    return user


def a_role(town: Town, **fields: Any) -> Role:
    made: Role = RoleFactory(organisation__town=town, venue__town=town, summary=OLD, **fields)
    return made


def change(role: Role, now: dt.datetime = LATER, **fields: Any) -> Role:
    return writing.change(role=role, now=now, actor=None, **fields)


def summary_of(role: Role) -> str:
    return Role.objects.get(pk=role.pk).summary


def read(role: Role, by: User, seen: dt.datetime = LATER) -> Rewording:
    return rereading.read(role=role, seen=seen, now=LATER, actor=by)


def test_a_new_word_is_public_at_once_and_waits_to_be_read(town: Town, desk: User) -> None:
    role = a_role(town)
    change(role, summary=NEW, min_age=20)
    assert summary_of(role) == NEW
    (row,) = rereading.to_read(desk)
    assert rewordings.in_words(row) == [rewordings.Changed("すること", OLD, NEW)]
    assert rereading.to_read(DeskMembershipFactory().user).count() == 0
    assert read(role, desk).read_at == LATER
    assert not rereading.to_read(desk).exists()
    with pytest.raises(held.StaleForm):
        read(role, desk)


@pytest.mark.parametrize("status", [RoleStatus.DRAFT, RoleStatus.WAITING])
def test_what_is_not_public_yet_is_looked_at_as_a_whole(town: Town, status: str) -> None:
    change(a_role(town, status=status), summary=NEW)
    assert not Rewording.objects.exists()


def test_many_changes_are_one_and_the_first_word_stays_beside_the_last(town: Town, desk: User) -> None:
    role = a_role(town, cost="")
    change(role, now=NOW, summary="とちゅう", cost="100円")
    change(role, summary=NEW)
    (row,) = rereading.to_read(desk)
    assert [(one.before, one.after) for one in rewordings.in_words(row)] == [(OLD, NEW), ("", "100円")]
    with pytest.raises(held.StaleForm):
        read(role, desk, seen=NOW)
    change(role, now=LATER, summary=OLD, cost="")
    assert not Rewording.objects.exists()


def test_place_and_insurance_are_read_in_words(town: Town, desk: User) -> None:
    role = a_role(town, insurance="civic")
    before = role.venue
    venue = VenueFactory(organisation=role.organisation, town=town, name="集会所")
    change(role, venue=venue, is_online=True, insurance="none")
    assert before is not None
    assert {(one.before, one.after) for one in rewordings.in_words(rereading.to_read(desk).get())} == {
        (before.name, "集会所"),
        ("いいえ", "はい"),
        ("市民活動保険の対象(届け出不要)", "保険はありません"),
    }


def test_with_children_the_old_words_stay_until_two_have_read_the_new_ones(town: Town, desk: User) -> None:
    role, second = a_role(town, is_with_children=True), DeskMembershipFactory(desk__towns=[town]).user
    change(role, summary=NEW, min_age=20)
    assert (summary_of(role), Role.objects.get().min_age) == (OLD, 20)
    assert read(role, desk).read_at is None
    assert summary_of(role) == OLD
    with pytest.raises(reviews.SamePerson):
        read(role, desk)
    assert not rereading.to_read(desk).exists()
    assert rereading.to_read(second).exists()
    assert read(role, second).read_at == LATER
    role.refresh_from_db()
    assert role.summary == NEW
    assert "夜の見回り" in role.search_text


def test_a_word_that_is_changed_once_more_is_read_by_two_once_more(town: Town, desk: User) -> None:
    role, second = a_role(town, is_with_children=True), DeskMembershipFactory(desk__towns=[town]).user
    change(role, now=NOW, summary="とちゅう")
    read(role, desk, seen=NOW)
    change(role, summary=NEW, cost=role.cost)
    with pytest.raises(held.StaleForm):
        read(role, second, seen=NOW)
    assert read(role, second).read_at is None
    assert summary_of(role) == OLD


def test_who_goes_on_writing_goes_on_with_the_new_words_and_can_take_them_back(town: Town) -> None:
    role = a_role(town, is_with_children=True)
    change(role, now=NOW, summary=NEW)
    change(role, bring="帽子")
    assert rewordings.as_wished(Role.objects.get()).summary == NEW
    assert set(Rewording.objects.get().after) == {"summary", "bring"}
    change(role, summary=OLD, bring=role.bring)
    assert not Rewording.objects.exists()


def test_the_second_may_come_from_anywhere_in_the_ward(town: Town, desk: User) -> None:
    role = a_role(town, is_with_children=True)
    neighbour = DeskMembershipFactory(desk__towns=[TownFactory(ward_code=town.ward_code)]).user
    change(role, summary=NEW)
    assert not rereading.to_read(neighbour).exists()
    read(role, desk)
    assert rereading.to_read(neighbour).get().role == role
    assert role in rereading.in_reach_of(neighbour)


def test_what_is_over_is_read_no_more(town: Town, desk: User) -> None:
    role = a_role(town)
    change(role, summary=NEW)
    closing.close(role=role, now=LATER, actor=None)
    assert not rereading.to_read(desk).exists()
    with pytest.raises(held.WrongStatus):
        read(role, desk)


@pytest.mark.django_db(transaction=True)
def test_one_person_who_presses_twice_at_once_is_not_two(town: Town, desk: User) -> None:
    role = a_role(town, is_with_children=True)
    change(role, summary=NEW)
    ended = together(4, lambda _number: read(role, desk))
    assert sorted(type(one).__name__ for one in ended) == ["Rewording", *["SamePerson"] * 3]
    assert summary_of(role) == OLD
