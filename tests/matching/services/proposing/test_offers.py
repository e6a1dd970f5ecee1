"""What offers suit is proposed to three sides, a little at a time, and never twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from matching.dataset import fair
from matching.services.proposing import offer_letters, offers
from matching.services.proposing.offer_reasons import offer_reasons
from notifications.models import Notification
from organisations.models import Cooperation, Need, Offer, Organisation
from organisations.models.cooperation import CooperationStatus, ProposedBy, Side
from organisations.models.offer import Help, OfferStatus
from organisations.services.cooperations import agreeing, ending
from tests.factories import (
    NOW,
    ActivityFactory,
    CooperationFactory,
    DeskMembershipFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SOON = NOW + dt.timedelta(hours=1)


def _room(**changes: Any) -> Offer:
    return OfferFactory(**{"town": _town(), "people": 20, "conditions": "営利には使えません", **changes})


def _need(**changes: Any) -> Need:
    need = {"town": _town(), "helps": [Help.ROOM], "people": 8, "title": "茶話会をひらく場所がほしい"}
    return NeedFactory(**{**need, **changes})


def _town() -> Any:
    return TownFactory(lat=35.4700, lng=139.5400)


def _told(row: Cooperation) -> set[tuple[str | None, str]]:
    rows = Notification.objects.filter(about__cooperation=row.pk)
    return {(one.user.email, one.about["side"]) for one in rows}


def test_a_room_meets_a_need_and_all_three_sides_hear_why() -> None:
    offer, need = _room(when=["sat-am"]), _need(when=["sat-am", "sun-am"])
    giver, host = MembershipFactory(organisation=offer.organisation).user, UserFactory(language="en")
    MembershipFactory(organisation=need.desk.organisation, user=host)
    coordinator = DeskMembershipFactory(desk=need.desk).user
    need.desk.towns.add(need.desk.organisation.town)
    assert offers.propose(now=NOW) == 1
    row = Cooperation.objects.get()
    assert (row.offer, row.need, row.host) == (offer, need, need.desk.organisation)
    assert (row.proposed_by, row.status, row.quantity) == (ProposedBy.SERVICE, CooperationStatus.PROPOSED, 8)
    assert row.score is not None
    assert 0 < row.score <= 1
    assert row.parts["km"] == 0.0
    assert _told(row) == {
        (giver.email, Side.OFFER),
        (host.email, Side.HOST),
        (coordinator.email, Side.DESK),
    }
    to_giver = Notification.objects.get(user=giver)
    assert "土曜の午前なら、どちらも都合が合いそうです" in to_giver.body
    assert "場所があると助かる" in to_giver.body
    assert "営利には使えません" not in to_giver.body
    assert "営利には使えません" in Notification.objects.get(user=coordinator).body
    assert f"/organisation/cooperations/{row.pk}/" in to_giver.url
    assert "Nothing has been settled yet" in Notification.objects.get(user=host).body


def test_looking_again_finds_nothing_new_and_nothing_that_somebody_ended() -> None:
    _room(), _need()
    assert offers.propose(now=NOW) == 1
    assert offers.propose(now=SOON) == 0
    row = Cooperation.objects.get()
    ending.end(cooperation=row, side=Side.OFFER, now=SOON, actor=None, reason="その日は工事です")
    assert offers.propose(now=NOW + dt.timedelta(days=30)) == 0
    assert Cooperation.objects.count() == 1


def test_few_wait_at_once_for_an_offer_and_few_a_week_come_to_an_organisation() -> None:
    offer = _room()
    for _ in range(4):
        _need()
    assert offers.propose(now=NOW) == offers.WAITING_AT_ONCE
    for row in Cooperation.objects.all():
        ending.end(cooperation=row, side=Side.HOST, now=SOON, actor=None, reason="もう見つかりました")
    assert offers.propose(now=SOON) == offers.A_WEEK - offers.WAITING_AT_ONCE
    assert offers.propose(now=NOW + offers.WEEK + dt.timedelta(minutes=1)) == 1
    assert Cooperation.objects.filter(offer=offer).count() == 4


def test_a_desk_hears_of_more_than_a_group() -> None:
    desk = SupportDeskFactory()
    for _ in range(offers.A_WEEK_FOR_A_DESK + 2):
        _room(), _need(desk=desk)
    assert offers.propose(now=NOW) == offers.A_WEEK_FOR_A_DESK


@pytest.mark.parametrize(
    ("of", "to"),
    [
        ({"status": OfferStatus.CLOSED}, {}),
        ({"ends_on": (NOW - dt.timedelta(days=1)).date()}, {}),
        ({"people": 7}, {}),
        ({"when": ["mon-am"]}, {"when": ["sat-am"]}),
        ({}, {"helps": [Help.PEOPLE]}),
        ({}, {"wanted_until": (NOW - dt.timedelta(days=1)).date()}),
        ({"notice_days": 61}, {}),
    ],
)
def test_what_does_not_suit_is_not_proposed(of: dict[str, Any], to: dict[str, Any]) -> None:
    _room(**of), _need(**to)
    assert offers.propose(now=NOW) == 0


def test_a_company_comes_to_a_role_that_takes_groups_at_its_time() -> None:
    festival = ActivityFactory(ja="夏祭りの手伝い")
    day = timezone.localtime(NOW + dt.timedelta(days=10))
    role = RoleFactory(takes_groups=True, activities=[festival], title="夏祭りのやぐらを組む", venue__town=_town())
    slot = SlotFactory(role=role, starts_at=day.replace(hour=9), ends_at=day.replace(hour=11), capacity=6)
    crew = OfferFactory(
        kind=Help.PEOPLE, people=10, title="社員が祭りを手伝います", town=_town(), activities=[festival]
    )
    assert offers.propose(now=NOW) == 1
    row = Cooperation.objects.get(offer=crew, role=role)
    assert (row.host, row.starts_at, row.quantity) == (role.organisation, slot.starts_at, 6)
    with override("ja"):
        assert offer_reasons(row, Side.OFFER)[0] == "「夏祭りのやぐらを組む」の活動に役立ちそうです"
        assert "どちらも「夏祭りの手伝い」のことです" in offer_reasons(row, Side.HOST)
        assert "10人まで来てもらえます" in offer_reasons(row, Side.DESK)


def test_an_organisation_is_not_offered_its_own_room() -> None:
    need = _need()
    _room(organisation=need.desk.organisation)
    assert offers.propose(now=NOW) == 0


def test_goods_are_asked_for_in_the_number_that_is_wanted() -> None:
    stock = ActivityFactory(ja="備蓄の点検")
    OfferFactory(kind=Help.GOODS, quantity=300, unit="本", people=None, activities=[stock], town=_town())
    _need(helps=[Help.GOODS], quantity=120, activities=[stock])
    assert offers.propose(now=NOW) == 1
    row = Cooperation.objects.get()
    assert (row.quantity, row.starts_at) == (120, None)
    with override("ja"):
        assert "300本まで受け取れます" in offer_reasons(row, Side.HOST)


def test_what_a_group_asked_for_itself_needs_no_reasons() -> None:
    assert offer_reasons(CooperationFactory(), Side.HOST) == []


def test_a_letter_is_right_while_its_side_has_not_answered() -> None:
    offer = _room()
    _need()
    MembershipFactory(organisation=offer.organisation)
    offers.propose(now=NOW)
    row, letter = Cooperation.objects.get(), Notification.objects.get(about__side=Side.OFFER)
    check = offer_letters.STILL_RIGHT[letter.kind]
    assert check(letter, SOON)
    assert offer_letters.tell(row, SOON) == 0
    agreeing.agree(cooperation=row, side=Side.OFFER, now=SOON, actor=None)
    assert not check(letter, SOON)


def test_reading_takes_as_many_queries_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        _room(), _need(), SlotFactory(role__takes_groups=True)
    assert Organisation.objects.count() >= 12
    with django_assert_max_num_queries(16):
        assert len(fair.read(NOW).market.wants) == 12
