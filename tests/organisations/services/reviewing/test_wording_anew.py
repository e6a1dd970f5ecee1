"""What a coordinator does not find good is public no more, and its host may word it anew or let it go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from notifications.models import Notification
from organisations.models import Review, Rewording, Role, Town
from organisations.models.review import ReviewOutcome
from organisations.services import venues
from organisations.services.hosts import own
from organisations.services.reviewing import rereading, wording_anew
from organisations.services.roles import held, rewordings, writing
from tests.factories import NOW, DeskMembershipFactory, MembershipFactory, RoleFactory, TownFactory, VenueFactory

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(hours=1)
OLD, NEW, ANEW = "花に水をやります。", "夜の見回りをします。", "夕方の見回りをします。"
REASON = "何時までかを書いてください。"
with_and_without_children = pytest.mark.parametrize("is_with_children", [False, True])


@pytest.fixture
def town() -> Town:
    return TownFactory()


@pytest.fixture
def desk(town: Town) -> User:
    user: User = DeskMembershipFactory(desk__towns=[town]).user
    return user


def a_role(town: Town, **fields: Any) -> Role:
    made: Role = RoleFactory(organisation__town=town, venue__town=town, summary=OLD, **fields)
    MembershipFactory(organisation=made.organisation)
    return made


def change(role: Role, now: dt.datetime = LATER, **fields: Any) -> Role:
    return writing.change(role=role, now=now, actor=None, **fields)


def send_back(role: Role, by: User, seen: dt.datetime = LATER) -> Rewording:
    return wording_anew.send_back(role=role, seen=seen, by_desk=None, now=LATER, actor=by, reason=REASON)


@with_and_without_children
def test_the_role_says_again_what_it_said_and_its_host_reads_why(
    town: Town, desk: User, is_with_children: bool
) -> None:
    role = change(a_role(town, is_with_children=is_with_children), summary=NEW)
    with pytest.raises(held.StaleForm):
        send_back(role, desk, seen=NOW)
    send_back(role, desk)
    role.refresh_from_db()
    assert role.summary == OLD
    assert "夜の見回り" not in role.search_text
    assert not rereading.to_read(desk).exists()
    review = Review.objects.get()
    assert (review.by, review.outcome, own.asked_for(role)) == (desk, ReviewOutcome.SENT_BACK, REASON)
    letter = Notification.objects.get(kind="rewording_sent_back")
    assert letter.body.endswith(REASON)
    assert letter.url.endswith(f"/organisation/roles/{role.pk}/")
    with pytest.raises(held.StaleForm):
        send_back(role, desk)


@with_and_without_children
def test_worded_anew_it_waits_for_a_coordinator_once_more(town: Town, desk: User, is_with_children: bool) -> None:
    role = change(a_role(town, is_with_children=is_with_children), summary=NEW, cost="100円")
    send_back(role, desk)
    assert rewordings.as_wished(Role.objects.get()).summary == NEW
    change(role, summary=ANEW)
    (row,) = rereading.to_read(desk)
    assert (row.before, row.after) == ({"summary": OLD}, {"summary": ANEW})
    assert Role.objects.get().summary == (OLD if is_with_children else ANEW)
    # What was not worded anew is not public on the way.
    assert Role.objects.get().cost == ""
    assert Rewording.objects.sent_back().get().after == {"cost": "100円"}
    send_back(role, desk)
    assert Rewording.objects.get().after == {"summary": ANEW, "cost": "100円"}


def test_who_is_content_with_what_it_says_lets_the_new_words_go(town: Town, desk: User) -> None:
    role = change(a_role(town), summary=NEW)
    with pytest.raises(held.StaleForm):
        wording_anew.let_go(role=role, now=LATER, actor=None)
    send_back(role, desk)
    wording_anew.let_go(role=role, now=LATER, actor=None)
    assert not Rewording.objects.exists()
    assert Role.objects.get().summary == OLD


def test_another_venue_is_left_again(town: Town, desk: User) -> None:
    role = a_role(town)
    before = role.venue
    change(role, venue=VenueFactory(organisation=role.organisation, town=town))
    send_back(role, desk)
    role.refresh_from_db()
    assert (role.venue, role.place_changed_at) == (before, LATER)


def test_a_venue_that_was_moved_lies_again_where_it_was_for_all_its_roles(town: Town, desk: User) -> None:
    role = a_role(town)
    venue = role.venue
    assert venue is not None
    was, other = (venue.name, venue.lat), RoleFactory(organisation=role.organisation, venue=venue)
    venues.change(venue=venue, name="裏山", toilets="", now=NOW, actor=None)
    venues.move_pin(venue=venue, lat=venue.lat + 0.002, lng=venue.lng, now=LATER, actor=None)
    change(role, summary=NEW)
    send_back(role, desk)
    venue.refresh_from_db()
    assert (venue.name, venue.lat) == was
    assert Role.objects.get(pk=role.pk).summary == OLD
    assert not other.rewordings.exists()
    assert {one.after for one in rewordings.in_words(Rewording.objects.get())} > {NEW, "裏山"}
