"""Three sides agree in any order; then it is booked. Any side may call it off, and says why."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest

from notifications.models import Notification
from organisations.models import Booking, Offer
from organisations.models.cooperation import CooperationStatus, ProposedBy, Side
from organisations.models.need import NeedStatus
from organisations.models.offer import Help, OfferStatus
from organisations.models.organisation import Approval
from organisations.services import bookings, cooperation_letters, cooperations, offers, words
from organisations.services.roles import NotApproved
from tests.factories import (
    NOW,
    CooperationFactory,
    DeskMembershipFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganisationFactory,
    RoleFactory,
    SupportDeskFactory,
    UserFactory,
    at,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=5)
TIME = {"starts_at": at(5, 9), "ends_at": at(5, 12)}


def ask(offer=None, host=None, **more):
    given = {"proposed_by": ProposedBy.HOST, "purpose": "茶話会", "now": NOW} | more
    return cooperations.propose(offer=offer or OfferFactory(), host=host or OrganisationFactory(), **given)


def yes(row, *sides, now=LATER):
    for side in sides:
        row = cooperations.agree(cooperation=row, side=side, now=now, actor=None)
    return row


def no(row, side=Side.OFFER, reason="部屋を直しています"):
    return cooperations.end(cooperation=row, side=side, reason=reason, now=LATER, actor=None)


def goods(quantity, **more):
    return OfferFactory(kind=Help.GOODS, quantity=quantity, **more)


class TestProposing:
    def test_who_asks_has_agreed(self):
        row = ask(**TIME)
        assert (row.status, row.host_agreed_at) == (CooperationStatus.PROPOSED, NOW)
        assert cooperations.waiting_for(row) == [Side.OFFER, Side.DESK]

    def test_a_desk_that_proposes_has_agreed_and_the_service_has_not(self):
        assert cooperations.waiting_for(ask(proposed_by=ProposedBy.DESK)) == [Side.OFFER, Side.HOST]
        found = ask(proposed_by=ProposedBy.SERVICE, score=0.7, parts={"words": 0.7})
        assert cooperations.waiting_for(found) == list(Side)
        assert (found.score, found.parts) == (0.7, {"words": 0.7})

    def test_a_host_says_what_for(self):
        with pytest.raises(cooperations.PurposeMissing):
            ask(purpose=" ")
        need = NeedFactory()
        assert ask(purpose="", need=need, host=need.desk.organisation).need == need

    @pytest.mark.parametrize("change", [{"status": OfferStatus.CLOSED}, {"ends_on": dt.date(2027, 2, 28)}])
    def test_only_what_is_to_be_had(self, change):
        with pytest.raises(cooperations.OfferNotOpen):
            ask(OfferFactory(**change))

    def test_only_approved_groups_and_not_oneself(self):
        with pytest.raises(NotApproved):
            ask(host=OrganisationFactory(approval=Approval.WAITING))
        offer = OfferFactory()
        with pytest.raises(cooperations.OwnOffer):
            ask(offer, offer.organisation)

    def test_a_need_or_a_role_once(self):
        offer, need, role = OfferFactory(), NeedFactory(), RoleFactory()
        ask(offer, need.desk.organisation, need=need)
        ask(offer, role.organisation, role=role)
        with pytest.raises(cooperations.AlreadyProposed):
            ask(offer, need.desk.organisation, need=need)
        with pytest.raises(cooperations.AlreadyProposed):
            ask(offer, role.organisation, role=role)

    def test_only_a_need_that_is_open_and_a_role_of_the_host(self):
        with pytest.raises(cooperations.NotWanted):
            ask(need=NeedFactory(status=NeedStatus.CLOSED))
        with pytest.raises(cooperations.NotWanted):
            ask(role=RoleFactory())

    @pytest.mark.parametrize(
        "time",
        [
            {"starts_at": at(-1, 9), "ends_at": at(-1, 12)},
            {"starts_at": at(5, 9), "ends_at": at(5, 9)},
            {"starts_at": at(5, 9), "ends_at": None},
            {"starts_at": at(5, 9), "ends_at": at(50, 9)},
            {"starts_at": at(800, 9), "ends_at": at(800, 12)},
        ],
    )
    def test_a_time_that_cannot_be(self, time):
        with pytest.raises(cooperations.BadTime):
            ask(**time)

    def test_within_the_days_of_the_offer_and_early_enough(self):
        for days in ({"starts_on": at(6, 0).date()}, {"ends_on": at(4, 0).date()}, {"notice_days": 6}):
            with pytest.raises(cooperations.OutsideOffer):
                ask(OfferFactory(**days), **TIME)
        assert ask(OfferFactory(notice_days=5), **TIME).starts_at == TIME["starts_at"]

    def test_not_more_than_there_is(self):
        with pytest.raises(cooperations.TooMany):
            ask(OfferFactory(people=20), quantity=21)
        with pytest.raises(cooperations.TooMany):
            ask(goods(10, promised=8), quantity=3)
        assert ask(goods(None), quantity=1000).quantity == 1000

    def test_a_room_that_is_taken_then(self):
        offer = OfferFactory()
        yes(ask(offer, **TIME), *Side)
        with pytest.raises(bookings.AlreadyBooked):
            ask(offer, starts_at=at(5, 11), ends_at=at(5, 13))
        assert ask(offer, starts_at=at(5, 12), ends_at=at(5, 13)).status == CooperationStatus.PROPOSED


class TestAgreeing:
    @pytest.mark.parametrize("order", list(permutations(Side)))
    def test_in_any_order_and_with_the_third_it_is_booked(self, order):
        row = ask(proposed_by=ProposedBy.SERVICE, **TIME)
        row = yes(row, *order[:2])
        assert (row.status, Booking.objects.count()) == (CooperationStatus.PROPOSED, 0)
        row = yes(row, order[2])
        assert (row.status, row.agreed_at, row.booking.is_exclusive) == (CooperationStatus.AGREED, LATER, True)

    def test_twice_is_once(self):
        row = yes(ask(**TIME), Side.OFFER, Side.OFFER, Side.DESK, Side.DESK)
        assert (row.status, Booking.objects.count()) == (CooperationStatus.AGREED, 1)

    def test_a_room_needs_a_time_first(self):
        row = yes(ask(), Side.OFFER)
        with pytest.raises(bookings.TimeMissing):
            yes(row, Side.DESK)
        row = cooperations.arrange(cooperation=row, side=Side.DESK, now=LATER, actor=None, quantity=1, **TIME)
        assert cooperations.waiting_for(row) == [Side.OFFER, Side.HOST]
        assert yes(row, Side.HOST, Side.OFFER).status == CooperationStatus.AGREED

    def test_the_second_for_the_same_room_is_told_and_may_ask_for_another_time(self):
        offer = OfferFactory()
        first, second = ask(offer, **TIME), ask(offer, **TIME)
        yes(first, Side.OFFER, Side.DESK)
        second = yes(second, Side.OFFER)
        with pytest.raises(bookings.AlreadyBooked):
            yes(second, Side.DESK)
        second.refresh_from_db()
        assert (second.status, second.desk_agreed_at) == (CooperationStatus.PROPOSED, None)

    def test_goods_go_down_and_come_back(self):
        offer = goods(10)
        row = yes(ask(offer, quantity=7), Side.OFFER, Side.DESK)
        assert Offer.objects.get().left == 3
        no(row)
        assert Offer.objects.get().left == 10
        row.booking.refresh_from_db()
        assert row.booking.cancelled_at == LATER

    def test_goods_that_went_meanwhile(self):
        offer = goods(10)
        first, second = ask(offer, quantity=7), ask(offer, quantity=7)
        yes(first, Side.OFFER, Side.DESK)
        with pytest.raises(bookings.NotEnoughLeft):
            yes(second, Side.OFFER, Side.DESK)

    def test_goods_without_end_are_counted_and_never_run_out(self):
        offer = goods(None)
        for _nth in range(2):
            yes(ask(offer, quantity=700), Side.OFFER, Side.DESK)
        assert (Offer.objects.get().promised, Offer.objects.get().left) == (1400, None)

    def test_not_once_the_offer_is_over(self):
        row = ask(**TIME)
        offers.close(offer=row.offer, now=LATER, actor=None)
        with pytest.raises(cooperations.OfferNotOpen):
            yes(row, Side.OFFER)

    def test_not_once_the_time_has_come(self):
        row = yes(ask(**TIME), Side.OFFER)
        with pytest.raises(cooperations.BadTime):
            yes(row, Side.DESK, now=at(5, 10))


class TestEnding:
    @pytest.mark.parametrize("side", list(Side))
    def test_any_side_may_and_says_why(self, side):
        row = no(ask(), side, " 日にちが合いません ")
        assert (row.status, row.ended_by, row.end_reason) == (CooperationStatus.ENDED, side, "日にちが合いません")
        with pytest.raises(cooperations.WrongCooperationStatus):
            no(row, side)
        with pytest.raises(cooperations.WrongCooperationStatus):
            yes(row, Side.OFFER)

    def test_a_reason_is_wanted(self):
        with pytest.raises(words.TextMissing):
            no(ask(), reason=" ")

    def test_the_room_is_free_again(self):
        offer = OfferFactory()
        no(yes(ask(offer, **TIME), *Side))
        assert yes(ask(offer, **TIME), *Side).status == CooperationStatus.AGREED

    def test_what_nobody_can_agree_to_any_more_ends_by_itself(self):
        over, late, alive, settled = ask(), ask(**TIME), ask(), yes(ask(**TIME), *Side)
        offers.close(offer=over.offer, now=LATER, actor=None)
        assert cooperations.end_stale(now=at(5, 9)) == 2
        assert cooperations.end_stale(now=at(5, 9)) == 0
        for row, status in ((over, "ended"), (late, "ended"), (alive, "proposed"), (settled, "agreed")):
            row.refresh_from_db()
            assert row.status == status

    def test_done_once_it_has_begun(self):
        row = yes(ask(**TIME), *Side)
        with pytest.raises(cooperations.NotOverYet):
            cooperations.finish(cooperation=row, now=LATER, actor=None)
        done = cooperations.finish(cooperation=row, now=at(5, 12), actor=None)
        assert (done.status, done.done_at) == (CooperationStatus.DONE, at(5, 12))
        with pytest.raises(cooperations.WrongCooperationStatus):
            no(done)
        with pytest.raises(cooperations.WrongCooperationStatus):
            cooperations.finish(cooperation=ask(), now=LATER, actor=None)


class TestLetters:
    @pytest.fixture
    def people(self):
        """Who gives, who asks, and who coordinates where the host is."""
        desk = DeskMembershipFactory()
        host = OrganisationFactory(town=desk.desk.organisation.town)
        giver, asker = MembershipFactory(organisation=OfferFactory().organisation), MembershipFactory(organisation=host)
        return giver, asker, desk

    def told(self):
        rows = Notification.objects.order_by("pk")
        now = {
            (row.kind.removeprefix("cooperation_"), row.about["about"].partition(":")[0], row.user_id) for row in rows
        }
        Notification.objects.all().delete()
        return now

    def test_the_other_sides_hear_of_each_step(self, people):
        giver, asker, desk = people
        offer = giver.organisation.offers.get()
        row = ask(offer, asker.organisation, **TIME)
        assert self.told() == {("proposed", "offer", giver.user_id), ("proposed", "desk", desk.user_id)}
        yes(row, Side.OFFER)
        assert self.told() == {("waits", "desk", desk.user_id)}
        time = {"starts_at": at(6, 9), "ends_at": at(6, 12), "quantity": 1}
        cooperations.arrange(cooperation=row, side=Side.DESK, now=LATER, actor=None, **time)
        assert self.told() == {("arranged", "offer", giver.user_id), ("arranged", "host", asker.user_id)}
        yes(row, Side.OFFER, Side.HOST)
        everybody = {("offer", giver.user_id), ("host", asker.user_id), ("desk", desk.user_id)}
        assert self.told() == {("waits", "host", asker.user_id)} | {("settled", *one) for one in everybody}
        cooperations.finish(cooperation=row, now=at(6, 12), actor=None)
        assert self.told() == {("done", *one) for one in everybody}

    def test_a_no_is_told_with_its_reason(self, people):
        giver, asker, desk = people
        row = ask(giver.organisation.offers.get(), asker.organisation)
        self.told()
        no(row)
        assert {row.user_id for row in Notification.objects.all()} == {asker.user_id, desk.user_id}
        assert all(row.body.endswith("部屋を直しています") for row in Notification.objects.all())

    def test_they_say_what_when_and_with_whom(self, people):
        giver, asker, _desk = people
        ask(giver.organisation.offers.get(), asker.organisation, **TIME)
        letter = Notification.objects.get(user=giver.user)
        assert asker.organisation.name in letter.body
        assert "3月6日(土) 9:00〜12:00" in letter.body
        assert letter.body.endswith("茶話会")
        assert letter.url.endswith(f"/organisation/cooperations/{letter.about['cooperation']}/")

    def test_of_what_the_service_finds_its_finder_tells(self, people):
        giver, asker, _desk = people
        ask(giver.organisation.offers.get(), asker.organisation, proposed_by=ProposedBy.SERVICE)
        assert self.told() == set()

    def test_without_a_coordinator_the_staff_hear(self):
        staff = UserFactory(is_staff=True)
        ask()
        assert self.told() == {("proposed", "desk", staff.pk)}

    def test_what_is_no_longer_so_is_not_said(self, people):
        giver, asker, _desk = people
        row = ask(giver.organisation.offers.get(), asker.organisation, **TIME)
        letter = Notification.objects.get(user=giver.user)
        is_right = cooperation_letters.STILL_RIGHT[letter.kind]
        assert is_right(letter, LATER)
        yes(row, Side.OFFER)
        assert not is_right(letter, LATER)
        yes(row, Side.DESK)
        settled = Notification.objects.get(user=giver.user, kind="cooperation_settled")
        assert cooperation_letters.STILL_RIGHT[settled.kind](settled, LATER)
        no(row)
        assert not cooperation_letters.STILL_RIGHT[settled.kind](settled, LATER)


def test_who_may_speak_for_which_side():
    desk = DeskMembershipFactory()
    row = CooperationFactory(host=OrganisationFactory(town=desk.desk.organisation.town))
    giver, asker = MembershipFactory(organisation=row.offer.organisation), MembershipFactory(organisation=row.host)
    for who, sides in ((giver, [Side.OFFER]), (asker, [Side.HOST]), (desk, [Side.DESK]), (None, [])):
        assert cooperations.sides_of(cooperation=row, user=who.user if who else UserFactory()) == sides


def test_where_a_desk_is_the_host_its_coordinator_speaks_for_both():
    desk = DeskMembershipFactory()
    need = NeedFactory(desk=desk.desk)
    row = CooperationFactory(host=cooperations.host_of(need), need=need)
    assert cooperations.sides_of(cooperation=row, user=desk.user) == [Side.HOST, Side.DESK]
    group = OrganisationFactory()
    assert cooperations.host_of(NeedFactory(host=group, desk=SupportDeskFactory())) == group
