"""A vehicle is opened to everybody once somebody has asked about the law and the insurance."""

from __future__ import annotations

import pytest

from organisations.models.offer import Help, OfferStatus
from organisations.services.offers import approval, vehicles, writing
from tests.factories import NOW, OrganisationFactory, UserFactory
from tests.organisations.services.offers.given import LATER, handed_in, room

pytestmark = pytest.mark.django_db


@pytest.fixture
def van():
    fields = {"title": "送迎車", "summary": "8人乗り。"}
    drafted = writing.draft(organisation=OrganisationFactory(), kind=Help.VEHICLE, now=NOW, actor=None, **fields)
    return handed_in(drafted)


def test_law_and_insurance_come_first(van):
    coordinator = UserFactory()
    with pytest.raises(vehicles.VehicleNotChecked):
        approval.publish(offer=van, now=LATER, actor=coordinator)
    checked = vehicles.check(offer=van, now=LATER, actor=coordinator)
    assert (checked.vehicle_checked_at, checked.vehicle_checked_by) == (LATER, coordinator)
    assert approval.publish(offer=van, now=LATER, actor=coordinator).status == OfferStatus.OPEN


def test_a_change_needs_the_check_anew(van):
    vehicles.check(offer=van, now=LATER, actor=UserFactory())
    approval.publish(offer=van, now=LATER, actor=UserFactory())
    changed = writing.change(offer=van, now=LATER, actor=None, conditions="運転する人もつきます")
    assert (changed.status, changed.vehicle_checked_at) == (OfferStatus.WAITING, None)
    with pytest.raises(vehicles.VehicleNotChecked):
        approval.publish(offer=van, now=LATER, actor=UserFactory())


def test_only_a_vehicle_is_checked():
    with pytest.raises(vehicles.NotAVehicle):
        vehicles.check(offer=handed_in(room()), now=LATER, actor=UserFactory())
