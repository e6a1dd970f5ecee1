"""A need: written anew, looked at before anybody reads it, ended."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import AuditEntry, User
from organisations.models import Need, SupportDesk, Town, Worry
from organisations.models.need import NeedStatus
from organisations.services import words
from organisations.services.needs import posting
from tests.factories import NOW, ActivityFactory, DeskMembershipFactory, DistrictFactory, TownFactory, WorryFactory, at

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def town() -> Town:
    town: Town = TownFactory()
    return town


@pytest.fixture
def coordinator(town: Town) -> User:
    user: User = DeskMembershipFactory(desk__towns=[town]).user
    return user


@pytest.fixture
def desk(coordinator: User) -> SupportDesk:
    return SupportDesk.objects.get(memberships__user=coordinator)


@pytest.fixture
def worry(town: Town) -> Worry:
    worry: Worry = WorryFactory(town=town, words="86歳です。庭の草が腰まで伸びて困っています")
    return worry


def draft(desk: SupportDesk, actor: User, town: Town, **fields: Any) -> Need:
    return posting.draft(desk=desk, place=town, now=NOW, actor=actor, **{"title": "草取り", **fields})


def test_it_starts_with_what_is_given_and_nothing_else(
    desk: SupportDesk, coordinator: User, town: Town, worry: Worry
) -> None:
    activity = ActivityFactory(ja="庭しごと")
    need = draft(desk, coordinator, town, worries=[worry], activities=[activity])
    need.refresh_from_db()
    assert (need.status, need.summary, need.helps, need.written_by) == (NeedStatus.DRAFT, "", ["people"], coordinator)
    assert need.wanted_until == at(90, 0).date()
    assert list(need.worries.all()) == [worry]
    assert "庭しごと" in need.search_text
    assert not Need.objects.public().exists()


def test_it_is_of_a_town_or_of_a_district(desk: SupportDesk, coordinator: User, town: Town) -> None:
    need = draft(desk, coordinator, town)
    district = DistrictFactory()
    moved = posting.change(need=need, place=district, now=NOW, actor=coordinator)
    assert (moved.town, moved.district) == (None, district)


def test_what_gives_somebody_away_is_refused_until_it_was_looked_at(
    desk: SupportDesk, coordinator: User, town: Town, worry: Worry
) -> None:
    given = {"worries": [worry], "title": "86歳の方の草取り"}
    with pytest.raises(posting.Recognisable) as refusal:
        draft(desk, coordinator, town, **given)
    assert any("86" in said for said in refusal.value.warnings)
    assert "86" not in str(refusal.value)
    assert not Need.objects.exists()
    need = draft(desk, coordinator, town, is_checked=True, **given)
    with pytest.raises(posting.Recognisable):
        posting.change(need=need, summary="庭の草が腰まで伸びて", now=NOW, actor=coordinator)
    posting.change(need=need, summary="草取りです。", now=NOW, actor=coordinator, is_checked=True)
    with pytest.raises(posting.Recognisable):
        posting.publish(need=need, now=NOW, actor=coordinator)
    posting.change(need=need, title="草取り", now=NOW, actor=coordinator)
    assert posting.publish(need=need, now=NOW, actor=coordinator).status == NeedStatus.OPEN
    details = [line.detail for line in AuditEntry.objects.filter(target="organisations.need")]
    assert [detail["is_checked"] for detail in details] == [True, True, False, False]


def test_a_worry_tied_later_is_looked_at_too(desk: SupportDesk, coordinator: User, town: Town, worry: Worry) -> None:
    need = draft(desk, coordinator, town, summary="86歳の方です")
    with pytest.raises(posting.Recognisable):
        posting.change(need=need, worries=[worry], now=NOW, actor=coordinator)


def test_only_worries_of_the_desks_towns_stand_behind_it(desk: SupportDesk, coordinator: User, town: Town) -> None:
    with pytest.raises(posting.NotYourWorry):
        draft(desk, coordinator, town, worries=[WorryFactory()])


def test_only_a_whole_one_is_published_and_stays_whole(desk: SupportDesk, coordinator: User, town: Town) -> None:
    need = draft(desk, coordinator, town)
    with pytest.raises(posting.Incomplete):
        posting.publish(need=need, now=NOW, actor=coordinator)
    posting.change(need=need, summary="庭しごとです。", now=NOW, actor=coordinator)
    with pytest.raises(posting.AlreadyOver):
        posting.publish(need=need, now=at(200, 9), actor=coordinator)
    open_ = posting.publish(need=need, now=NOW, actor=coordinator)
    assert (open_.status, open_.published_at) == (NeedStatus.OPEN, NOW)
    with pytest.raises(posting.Incomplete):
        posting.change(need=need, summary="", now=NOW, actor=coordinator)
    with pytest.raises(posting.WrongStatus):
        posting.publish(need=need, now=NOW, actor=coordinator)


def test_what_others_changed_meanwhile_is_not_written_over(desk: SupportDesk, coordinator: User, town: Town) -> None:
    need = draft(desk, coordinator, town)
    posting.change(need=need, title="花の水やり", now=at(0, 11), actor=coordinator)
    with pytest.raises(posting.StaleForm):
        posting.change(need=need, title="犬の散歩", now=at(0, 12), actor=coordinator, expected_changed_at=NOW)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": " "}, words.TextMissing),
        ({"people": 0}, words.BadValue),
        ({"helps": ["magic"]}, words.BadValue),
        ({"wanted_until": at(-1, 0).date()}, posting.AlreadyOver),
        ({"status": "open"}, TypeError),
    ],
)
def test_what_makes_no_sense_is_refused(
    desk: SupportDesk, coordinator: User, town: Town, fields: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        draft(desk, coordinator, town, **fields)


def test_a_draft_is_thrown_away_and_what_was_public_is_closed(desk: SupportDesk, coordinator: User, town: Town) -> None:
    posting.close(need=draft(desk, coordinator, town), now=NOW, actor=coordinator)
    assert not Need.objects.exists()
    need = posting.publish(need=draft(desk, coordinator, town, summary="庭"), now=NOW, actor=coordinator)
    closed = posting.close(need=need, now=at(3, 9), actor=coordinator)
    assert (closed.status, closed.closed_at) == (NeedStatus.CLOSED, at(3, 9))
    with pytest.raises(posting.WrongStatus):
        posting.close(need=need, now=NOW, actor=coordinator)
