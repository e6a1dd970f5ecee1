from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.api.conftest import Caller
from volunteers.models import Volunteer
from volunteers.models.availability import ALL_DAY
from web.api.availability import _mask, _stretches

FREE = "/api/v1/me/availability/"
MORNING = {"from": "09:00", "to": "12:00"}


def test_hours_are_said_and_read_as_people_say_them(as_volunteer: Caller, volunteer: Volunteer) -> None:
    said = {
        "weekly": [{"day": "mon", **MORNING}, {"day": "sun", "from": "00:00", "to": "24:00"}],
        "dates": [{"on": "2027-03-08", "free": []}, {"on": "2027-03-10", "free": [MORNING]}],
    }
    assert as_volunteer.put(FREE, said).json() == said
    assert as_volunteer.get(FREE).json() == said
    volunteer.availability.refresh_from_db()
    assert volunteer.availability.weekly[0] == 0b111111 << 18
    assert volunteer.availability.weekly[6] == ALL_DAY


def test_stretches_that_touch_become_one(as_volunteer: Caller) -> None:
    said = [{"day": "mon", **MORNING}, {"day": "mon", "from": "12:00", "to": "13:30"}]
    assert as_volunteer.patch(FREE, {"weekly": said}).json()["weekly"] == [
        {"day": "mon", "from": "09:00", "to": "13:30"}
    ]


def test_a_patch_leaves_the_other_part(as_volunteer: Caller) -> None:
    as_volunteer.put(FREE, {"weekly": [{"day": "tue", **MORNING}], "dates": [{"on": "2027-03-08", "free": []}]})
    left = as_volunteer.patch(FREE, {"dates": []}).json()
    assert left == {"weekly": [{"day": "tue", **MORNING}], "dates": []}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"weekly": [{"day": "mon", "from": "12:00", "to": "09:00"}]}, 400),
        ({"weekly": [{"day": "mon", "from": "09:10", "to": "12:00"}]}, 400),
        ({"weekly": [{"day": "mon", "from": "09:00"}]}, 400),
        ({"weekly": [{"day": "moon", **MORNING}]}, 400),
        ({"weekly": [{"day": "mon", **MORNING}] * 169}, 400),
        ({"dates": [{"on": "2027-03-08", "free": []}] * 2}, 400),
        ({"dates": [{"on": "2027-02-28", "free": []}]}, 422),
    ],
)
def test_hours_without_sense_change_nothing(as_volunteer: Caller, sent: dict[str, Any], status: int) -> None:
    before = as_volunteer.get(FREE).json()
    assert as_volunteer.patch(FREE, sent).status_code == status
    assert as_volunteer.get(FREE).json() == before


def test_only_volunteers_have_hours(everybody: dict[str, Caller]) -> None:
    statuses = {kind: client.get(FREE).status_code for kind, client in everybody.items()}
    assert statuses == {"stranger": 401, "volunteer": 200, "member": 404, "coordinator": 404, "staff": 404}


@given(mask=st.integers(0, ALL_DAY))
def test_any_day_survives_being_said(mask: int) -> None:
    assert _mask(_stretches(mask)) == mask
