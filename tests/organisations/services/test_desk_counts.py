"""What waits in one's own area is counted, and nothing of another, in one query."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.models.offer import Help, OfferStatus
from organisations.models.worry import WorryOutcome
from organisations.services import desk_counts, initiatives, offers, worries
from organisations.services.desk_counts import Counts, Promised, ToLookAt
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    InitiativeFactory,
    OfferFactory,
    TownFactory,
    WorryFactory,
    at,
)

pytestmark = pytest.mark.django_db


def test_what_waits_and_what_is_late(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    towns = TownFactory.create_batch(2)
    user, other = (DeskMembershipFactory(desk__towns=[town]).user for town in towns)
    for actor, here in zip((user, other), towns, strict=True):
        worried, planned = WorryFactory.create_batch(4, town=here), InitiativeFactory.create_batch(3, town=here)
        worries.answered(worry=worried[0], now=at(0, 11), actor=actor)
        worries.close(worry=worried[1], outcome=WorryOutcome.UNREACHABLE, now=at(0, 11), actor=actor)
        initiatives.answered(initiative=planned[0], now=at(0, 11), actor=actor)
        for kind in (Help.ROOM, Help.VEHICLE, Help.VEHICLE):
            offer = OfferFactory(town=here, status=OfferStatus.WAITING, kind=kind)
        offers.check_vehicle(offer=offer, now=NOW, actor=actor)
        OfferFactory(town=here)
    with django_assert_num_queries(1):
        early = desk_counts.of(user=user, now=at(1, 10))
    assert early == Counts(Promised(3, 2, 0), Promised(3, 2, 0), ToLookAt(3, 1))
    late = desk_counts.of(user=user, now=at(2, 10))
    assert (late.worries, late.initiatives) == (Promised(3, 2, 2), Promised(3, 2, 2))


def test_where_nothing_waits() -> None:
    nobody = desk_counts.of(user=DeskMembershipFactory().user, now=NOW)
    assert nobody == Counts(Promised(0, 0, 0), Promised(0, 0, 0), ToLookAt(0, 0))
