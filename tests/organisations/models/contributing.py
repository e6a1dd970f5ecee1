"""Rows of worries, needs, offers and what comes of them that no one may write."""

from __future__ import annotations

import datetime as dt
from typing import Any

from organisations.models import Cooperation, Hold, Need, Offer, Worry
from organisations.models.cooperation import CooperationStatus
from organisations.models.need import NeedStatus
from organisations.models.offer import Help
from organisations.models.worry import WorryOutcome
from tests.factories import (
    NOW,
    BookingFactory,
    BroughtEventFactory,
    CasePhotoFactory,
    CaseStudyFactory,
    CooperationFactory,
    DistrictFactory,
    FeedItemFactory,
    HoldFactory,
    HostingRequestFactory,
    InitiativeFactory,
    NeedFactory,
    NoticeFollowFactory,
    OfferFactory,
    OrganisationFactory,
    ReferralFactory,
    RewordingFactory,
    RoleFactory,
    TeamFactory,
    WorryFactory,
    at,
)

FOOD: dict[str, Any] = {"kind": Help.GOODS, "is_food": True, "is_unopened": True, "keeps_at_room_temperature": True}
AGREED = {"offer_agreed_at": NOW, "host_agreed_at": NOW, "desk_agreed_at": NOW, "agreed_at": NOW}


def twice(factory: Any, *names: str, **values: Any) -> None:
    first = factory(**values)
    factory(**values, **{name: getattr(first, name) for name in names})


def worry(**values: Any) -> None:
    Worry.objects.filter(pk=WorryFactory().pk).update(**values)


def need(**values: Any) -> None:
    Need.objects.filter(pk=NeedFactory().pk).update(**values)


def offer(**values: Any) -> None:
    Offer.objects.filter(pk=OfferFactory().pk).update(**values)


def cooperation(**values: Any) -> None:
    Cooperation.objects.filter(pk=CooperationFactory().pk).update(**values)


def hold(**values: Any) -> None:
    Hold.objects.filter(pk=HoldFactory().pk).update(**values)


def overlapping() -> None:
    first = BookingFactory()
    BookingFactory(cooperation__offer=first.offer, busy=(at(5, 11), at(5, 14)))


BAD_ROWS = [
    ("worry_is_sealed_or_forgotten", lambda: worry(sealed=None)),
    ("worry_is_sealed_or_forgotten", lambda: worry(forgotten_at=NOW, closed_at=NOW, outcome=WorryOutcome.SOLVED)),
    ("worry_consent_text_is_kept", lambda: WorryFactory(consent_text="")),
    ("worry_closed_with_an_outcome", lambda: worry(closed_at=NOW)),
    ("worry_closed_with_an_outcome", lambda: worry(outcome=WorryOutcome.SOLVED)),
    ("worry_forgotten_after_closing", lambda: worry(forgotten_at=NOW, sealed=None)),
    ("referral_is_to_one_place", lambda: ReferralFactory(desk=None)),
    ("referral_is_to_one_place", lambda: ReferralFactory(place="法テラス")),
    ("need_is_of_a_town_or_a_district", lambda: NeedFactory(town=None)),
    ("need_is_of_a_town_or_a_district", lambda: NeedFactory(district=DistrictFactory())),
    ("need_public_says_what", lambda: need(summary="")),
    ("need_public_says_what", lambda: need(published_at=None)),
    ("need_public_says_what", lambda: need(summary="", status=NeedStatus.CLOSED)),
    ("need_has_a_title", lambda: need(title="")),
    ("need_people_1_to_1000", lambda: need(people=0)),
    ("need_people_1_to_1000", lambda: need(people=1001)),
    ("hosting_request_once", lambda: twice(HostingRequestFactory, "need", "organisation")),
    ("hosting_request_answer_is_whole", lambda: HostingRequestFactory(answered_at=NOW)),
    ("hosting_request_answer_is_whole", lambda: HostingRequestFactory(is_accepted=True)),
    ("hosting_request_gives_reasons_for_a_no", lambda: HostingRequestFactory(why_not="time")),
    (
        "hosting_request_gives_reasons_for_a_no",
        lambda: HostingRequestFactory(answered_at=NOW, is_accepted=True, remark="秋から"),
    ),
    ("offer_says_what", lambda: offer(title="")),
    ("offer_never_promises_too_much", lambda: offer(quantity=5, promised=6)),
    ("offer_ends_after_it_starts", lambda: offer(starts_on=dt.date(2027, 3, 2), ends_on=dt.date(2027, 3, 1))),
    ("offer_open_since", lambda: offer(published_at=None)),
    ("offer_of_a_vehicle_was_checked", lambda: offer(kind=Help.VEHICLE)),
    ("offer_of_food_is_safe", lambda: OfferFactory(**FOOD)),
    (
        "offer_of_food_is_safe",
        lambda: OfferFactory(**FOOD | {"is_unopened": False, "best_before": dt.date(2027, 9, 1)}),
    ),
    (
        "offer_of_food_is_safe",
        lambda: OfferFactory(**FOOD | {"keeps_at_room_temperature": False, "best_before": dt.date(2027, 9, 1)}),
    ),
    ("cooperation_time_is_whole", lambda: cooperation(starts_at=NOW)),
    ("cooperation_time_is_whole", lambda: cooperation(starts_at=NOW, ends_at=NOW)),
    ("cooperation_is_about_something", lambda: cooperation(quantity=0)),
    ("cooperation_three_sides_agreed", lambda: cooperation(status=CooperationStatus.AGREED)),
    (
        "cooperation_three_sides_agreed",
        lambda: cooperation(status=CooperationStatus.DONE, **AGREED | {"desk_agreed_at": None}),
    ),
    ("cooperation_one_alive_per_need", lambda: twice(CooperationFactory, "offer", need=NeedFactory())),
    ("cooperation_one_alive_per_role", lambda: twice(CooperationFactory, "offer", role=RoleFactory())),
    ("booking_of_a_room_has_a_time", lambda: BookingFactory(busy=None)),
    ("booking_never_twice_at_once", overlapping),
    ("team_size_1_to_1000", lambda: TeamFactory(size=0)),
    ("team_size_1_to_1000", lambda: TeamFactory(size=1001)),
    ("hold_once_per_slot", lambda: twice(HoldFactory, "team", "slot")),
    ("hold_keeps_no_more_than_asked", lambda: hold(places=3)),
    ("hold_released_keeps_nothing", lambda: hold(released_at=NOW)),
    ("case_study_both_sides_agreed", lambda: CaseStudyFactory(published_at=NOW, offer_agreed_at=NOW)),
    (
        "case_study_public_tells_all",
        lambda: CaseStudyFactory(published_at=NOW, offer_agreed_at=NOW, host_agreed_at=NOW, result=""),
    ),
    ("case_photo_consent_text_is_kept", lambda: CasePhotoFactory(consent_text="")),
    ("case_photo_is_described", lambda: CasePhotoFactory(description="")),
    ("initiative_says_what", lambda: InitiativeFactory(title="")),
    ("initiative_ends_with_its_group", lambda: InitiativeFactory(organisation=OrganisationFactory())),
    ("notice_follow_once", lambda: twice(NoticeFollowFactory, "notice", "organisation")),
    ("rewording_one_unread_per_role", lambda: twice(RewordingFactory, "role")),
    ("rewording_one_sent_back_per_role", lambda: twice(RewordingFactory, "role", sent_back_at=NOW)),
    ("rewording_read_or_sent_back", lambda: RewordingFactory(read_at=NOW, sent_back_at=NOW)),
    ("feed_item_once", lambda: twice(FeedItemFactory, "kind", "ref")),
    ("brought_event_once", lambda: twice(BroughtEventFactory, "organisation", "uid")),
]
