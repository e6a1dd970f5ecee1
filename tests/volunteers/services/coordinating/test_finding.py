from __future__ import annotations

import pytest

from notifications.services import contact_points
from tests.factories import NOW, VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services.coordinating import finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana() -> Volunteer:
    made = VolunteerFactory(user__name="佐藤 Hana")
    contact_points.set_phone(user=made.user, number="045-000-1234", now=NOW)
    VolunteerFactory(user__name="鈴木一郎")
    return made


@pytest.mark.parametrize("words", ["佐藤", "佐藤hana", " 佐藤 ｈａｎａ", "045-000-1234", "0001234", "１２３４"])
def test_a_person_is_found_by_some_of_the_name_or_number(hana: Volunteer, words: str):
    assert finding.find(among=Volunteer.objects.all(), words=words) == [hana]


@pytest.mark.parametrize("words", ["", "  ", "山田", "123", "9999", "%", "_"])
def test_what_fits_nobody_finds_nobody(hana: Volunteer, words: str):
    assert finding.find(among=Volunteer.objects.all(), words=words) == []


def test_only_those_that_may_be_looked_through_are_found(hana: Volunteer):
    assert finding.find(among=Volunteer.objects.exclude(pk=hana.pk), words="佐藤") == []
