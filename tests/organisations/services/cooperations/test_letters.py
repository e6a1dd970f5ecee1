"""What the three sides hear."""

from __future__ import annotations

import pytest

from notifications.models import Notification
from organisations.models import Organisation
from organisations.models.cooperation import ProposedBy, Side
from organisations.services.cooperations import asking, ending, letters
from tests.factories import DeskMembershipFactory, MembershipFactory, OfferFactory, OrganisationFactory, UserFactory, at
from tests.organisations.services.cooperations.given import LATER, TIME, ask, no, yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Who gives, who asks, and who coordinates where the host is."""
    desk = DeskMembershipFactory()
    host = OrganisationFactory(town=desk.desk.organisation.town)
    giver, asker = MembershipFactory(organisation=OfferFactory().organisation), MembershipFactory(organisation=host)
    return giver, asker, desk


def told():
    rows = Notification.objects.order_by("pk")
    now = {(row.kind.removeprefix("cooperation_"), row.about["about"].partition(":")[0], row.user_id) for row in rows}
    Notification.objects.all().delete()
    return now


def test_the_other_sides_hear_of_each_step(people):
    giver, asker, desk = people
    offer = giver.organisation.offers.get()
    row = ask(offer, asker.organisation, **TIME)
    assert told() == {("proposed", "offer", giver.user_id), ("proposed", "desk", desk.user_id)}
    yes(row, Side.OFFER)
    assert told() == {("waits", "desk", desk.user_id)}
    time = {"starts_at": at(6, 9), "ends_at": at(6, 12), "quantity": 1}
    asking.arrange(cooperation=row, side=Side.DESK, now=LATER, actor=None, **time)
    assert told() == {("arranged", "offer", giver.user_id), ("arranged", "host", asker.user_id)}
    yes(row, Side.OFFER, Side.HOST)
    everybody = {("offer", giver.user_id), ("host", asker.user_id), ("desk", desk.user_id)}
    assert told() == {("waits", "host", asker.user_id)} | {("settled", *one) for one in everybody}
    ending.finish(cooperation=row, now=at(6, 12), actor=None)
    assert told() == {("done", *one) for one in everybody}


def test_a_no_is_told_with_its_reason(people):
    giver, asker, desk = people
    row = ask(giver.organisation.offers.get(), asker.organisation)
    told()
    no(row)
    assert {row.user_id for row in Notification.objects.all()} == {asker.user_id, desk.user_id}
    assert all(row.body.endswith("部屋を直しています") for row in Notification.objects.all())


def test_they_say_what_when_and_with_whom(people):
    giver, asker, _desk = people
    Organisation.objects.update(phone="045-000-1121")
    asker.organisation.refresh_from_db()
    ask(giver.organisation.offers.get(), asker.organisation, **TIME)
    letter = Notification.objects.get(user=giver.user)
    assert f"受ける側:{asker.organisation.name} (045-000-1121)" in letter.body
    assert "9:00〜12:00\n1人\n" in letter.body
    assert "3月6日(土) 9:00〜12:00" in letter.body
    assert letter.body.endswith("茶話会")
    assert letter.url.endswith(f"/organisation/cooperations/{letter.about['cooperation']}/")


def test_of_what_the_service_finds_its_finder_tells(people):
    giver, asker, _desk = people
    ask(giver.organisation.offers.get(), asker.organisation, proposed_by=ProposedBy.SERVICE)
    assert told() == set()


def test_without_a_coordinator_the_staff_hear():
    staff = UserFactory(is_staff=True)
    ask()
    assert told() == {("proposed", "desk", staff.pk)}


def test_what_is_no_longer_so_is_not_said(people):
    giver, asker, _desk = people
    row = ask(giver.organisation.offers.get(), asker.organisation, **TIME)
    letter = Notification.objects.get(user=giver.user)
    is_right = letters.STILL_RIGHT[letter.kind]
    assert is_right(letter, LATER)
    yes(row, Side.OFFER)
    assert not is_right(letter, LATER)
    yes(row, Side.DESK)
    settled = Notification.objects.get(user=giver.user, kind="cooperation_settled")
    assert letters.STILL_RIGHT[settled.kind](settled, LATER)
    no(row)
    assert not letters.STILL_RIGHT[settled.kind](settled, LATER)
