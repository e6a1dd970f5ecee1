"""Offers and what comes of them, as the sample ward shows them with a few rows of their own."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from organisations.models import Cooperation, DeskMembership, Membership, Offer, Organisation
from organisations.models.cooperation import ProposedBy
from organisations.models.offer import Help, OfferStatus
from organisations.services.cooperations import asking, bookings
from organisations.services.offers import writing
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from tests.factories import OfferFactory, OrganisationFactory


def host_of(kept: Kept) -> Organisation:
    [email] = [one.email for one in kept.ward.sign_ins if one.kind == "host"]
    return Membership.objects.filter(user__email=email).earliest("pk").organisation


def offer_of(kept: Kept, status: str = OfferStatus.OPEN, kind: str = Help.ROOM) -> Offer:
    """One of the host's, in the area of the coordinator."""
    [email] = [one.email for one in kept.ward.sign_ins if one.kind == "coordinator"]
    town = DeskMembership.objects.filter(user__email=email).earliest("pk").desk.towns.earliest("pk")
    now = timezone.now()
    at = {"created_at": now, "changed_at": now, "submitted_at": now, "published_at": now}
    made: Offer = OfferFactory(organisation=host_of(kept), town=town, status=status, kind=kind, when=["sat-am"], **at)
    return made


def cooperation_of(kept: Kept) -> Cooperation:
    """Somebody asks for the host's room; another time of it is taken already."""
    now, offer = timezone.now(), offer_of(kept)
    rows = []
    for days in (10, 17):
        begins = (now + dt.timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
        rows.append(
            asking.propose(
                offer=offer,
                host=OrganisationFactory(town=offer.town),
                proposed_by=ProposedBy.HOST,
                purpose="月に1回の茶話会",
                starts_at=begins,
                ends_at=begins + dt.timedelta(hours=3),
                now=now,
            )
        )
    bookings.book(cooperation=rows[1], now=now)
    return rows[0]


def _draft(name: str) -> Look:
    return Look("host", lambda kept: f"/organisation/offers/{offer_of(kept, OfferStatus.DRAFT).pk}/{name}")


def _goods(kept: Kept) -> str:
    made = writing.draft(
        organisation=host_of(kept), kind=Help.GOODS, title="折りたたみいす", now=timezone.now(), actor=None
    )
    return f"/organisation/offers/{made.pk}/details/"


def _asked(kept: Kept) -> str:
    offer: Offer = OfferFactory(conditions="机をもとに戻してください。", published_at=timezone.now())
    return f"/organisation/offers/{offer.pk}/ask/"


def _waiting(name: str = "", kind: str = Help.VEHICLE) -> Look:
    return Look("coordinator", lambda kept: f"/console/offers/{offer_of(kept, OfferStatus.WAITING, kind).pk}/{name}")


def _cooperation(who: str, room: str, name: str = "", *, is_dark: bool = False) -> Look:
    return Look(who, lambda kept: f"/{room}/cooperations/{cooperation_of(kept).pk}/{name}", is_dark=is_dark)


PAGES: dict[str, list[Look]] = {
    "public:offers": [
        Look("", "/offers/?words=ヘリコプター"),
        Look("", lambda kept: f"/offers/?town={offer_of(kept).town_id}"),
    ],
    "public:offers_map": [Look("", lambda kept: f"/offers/map/?town={offer_of(kept).town_id}")],
    "public:offer": [Look("", lambda kept: f"/offers/{cooperation_of(kept).offer_id}/", is_dark=True)],
    "organisation:new_offer": [
        Look("host", lambda kept: f"/organisation/{host_of(kept).pk}/offers/new/"),
        Look("host", lambda kept: f"/organisation/{host_of(kept).pk}/offers/new/?kind=room"),
    ],
    "organisation:offers": [Look("host", "/organisation/offers/")],
    "organisation:offer": [
        _draft(""),
        Look("host", lambda kept: f"/organisation/offers/{cooperation_of(kept).offer_id}/"),
    ],
    "organisation:offer_what": [_draft("what/")],
    "organisation:offer_details": [_draft("details/"), Look("host", _goods)],
    "organisation:offer_when": [_draft("when/")],
    "organisation:offer_terms": [_draft("terms/")],
    "organisation:offer_check": [_draft("check/")],
    "organisation:discard_offer": [_draft("discard/")],
    "organisation:withdraw_offer": [_draft("withdraw/")],
    "organisation:close_offer": [_draft("close/")],
    "organisation:ask_for_offer": [Look("host", _asked)],
    "organisation:cooperations": [Look("host", "/organisation/cooperations/")],
    "organisation:cooperation": [_cooperation("host", "organisation", is_dark=True)],
    "organisation:arrange_cooperation": [_cooperation("host", "organisation", "arrange/")],
    "organisation:end_cooperation": [_cooperation("host", "organisation", "end/")],
    "console:offers": [Look("coordinator", "/console/offers/")],
    "console:offer": [_waiting(), _waiting(kind=Help.ROOM)],
    "console:send_back_offer": [_waiting("send-back/")],
    "console:propose_offer": [
        Look("coordinator", lambda kept: f"/console/offers/{offer_of(kept).pk}/propose/"),
    ],
    "organisation:offer_media": [Look("host", lambda kept: f"/organisation/offers/{offer_of(kept).pk}/media/")],
    "console:offer_media": [Look("coordinator", lambda kept: f"/console/offers/{offer_of(kept).pk}/media/")],
    "console:cooperations": [Look("coordinator", "/console/cooperations/")],
    "console:cooperation": [_cooperation("coordinator", "console", is_dark=True)],
    "console:arrange_cooperation": [_cooperation("coordinator", "console", "arrange/")],
    "console:end_cooperation": [_cooperation("coordinator", "console", "end/")],
}
NOT_PAGES: set[str] = set()
