"""Offers, and what comes of them: of an organisation, for everybody, and for a coordinator."""

from __future__ import annotations

from organisations.models.offer import Help, OfferStatus
from tests.factories import NOW, CooperationFactory, OfferFactory, OrganisationFactory
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side


def _offer(status: str, kind: str = Help.ROOM) -> Which:
    def one(side: Side) -> Target:
        checked = {"vehicle_checked_at": NOW} if status == OfferStatus.OPEN else {}
        return by_pk(OfferFactory(organisation=side.posted.organisation, status=status, kind=kind, **checked))

    return one


def _asked_for(_side: Side) -> Target:
    """Somebody else's, which every group may ask for."""
    return by_pk(OfferFactory())


def _cooperation(side: Side) -> Target:
    return by_pk(CooperationFactory(host=side.posted.organisation))


def _of(space: str, names: str, which: Which) -> dict[str, Which]:
    return {f"{space}:{name}": which for name in names.split()}


OBJECTS: dict[str, Which] = {
    **_of("public", "offer offer_picture", _offer(OfferStatus.OPEN)),
    **_of("organisation", "offer_media offer_flyer", _offer(OfferStatus.OPEN)),
    **_of("console", "offer_media offer_flyer", _offer(OfferStatus.OPEN)),
    "organisation:new_offer": lambda side: by_pk(side.posted.organisation),
    **_of("organisation", "offer offer_what offer_details offer_when offer_terms", _offer(OfferStatus.DRAFT)),
    **_of("organisation", "offer_check discard_offer", _offer(OfferStatus.DRAFT)),
    "organisation:withdraw_offer": _offer(OfferStatus.WAITING),
    "organisation:close_offer": _offer(OfferStatus.OPEN),
    "organisation:ask_for_offer": _asked_for,
    **_of("console", "offer approve_offer check_vehicle send_back_offer", _offer(OfferStatus.WAITING, Help.VEHICLE)),
    "console:propose_offer": _offer(OfferStatus.OPEN),
    "api:offer": _offer(OfferStatus.OPEN),
    **_of("api", "own_offer submit_offer close_offer", _offer(OfferStatus.DRAFT)),
    "api:ask_for_offer": _asked_for,
    **_of("api", "cooperation agree end_cooperation", _cooperation),
    **{
        f"{space}:{name}": _cooperation
        for space in ("organisation", "console")
        for name in (
            "cooperation",
            "agree_to_cooperation",
            "arrange_cooperation",
            "end_cooperation",
            "finish_cooperation",
        )
    },
}


def more_offers(side: Side, count: int) -> None:
    OfferFactory.create_batch(count, organisation=side.posted.organisation)


def more_cooperations(side: Side, count: int) -> None:
    CooperationFactory.create_batch(count, host=side.posted.organisation)
    CooperationFactory.create_batch(
        count, offer=OfferFactory(organisation=side.posted.organisation), host=OrganisationFactory()
    )


LISTS: dict[str, tuple[str, Grow]] = {
    "public:offers": ("stranger", more_offers),
    "public:offers_map": ("stranger", more_offers),
    "public:offers_atom": ("stranger", more_offers),
    "organisation:offers": ("host", more_offers),
    "organisation:cooperations": ("host", more_cooperations),
    "console:offers": ("coordinator", more_offers),
    "console:cooperations": ("coordinator", more_cooperations),
}
