from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from organisations.models import Town
from tests.factories import (
    AccessFeatureFactory,
    ActivityFactory,
    QualificationFactory,
    SkillFactory,
    TownFactory,
    UserFactory,
    VolunteerFactory,
)
from tests.web.api.conftest import Caller, caller
from volunteers.models import Volunteer

PROFILE = "/api/v1/me/profile/"


def test_a_newcomer_begins_a_profile_once(town: Town) -> None:
    ActivityFactory(code="flowers")
    QualificationFactory(code="nurse")
    client = caller(UserFactory(name="はな"))
    assert client.get(PROFILE).status_code == 404
    sent = {"born_on": "1980-02-03", "town": town.pk, "interests": ["flowers"], "qualifications": ["nurse"]}
    answer = client.post(PROFILE, sent)
    assert answer.status_code == 201, answer.json()
    profile = answer.json()
    assert (profile["name"], profile["town"]["id"], profile["travel_limit_km"]) == ("はな", town.pk, 2.0)
    assert [word["code"] for word in profile["interests"]] == ["flowers"]
    assert profile["qualifications"][0]["confirmed_at"] is None
    again = client.post(PROFILE, sent)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "profile_exists")


def test_everybody_sees_their_own_profile_only(everybody: dict[str, Caller], volunteer: Volunteer) -> None:
    VolunteerFactory(wish="ひみつ")
    statuses = {kind: client.get(PROFILE).status_code for kind, client in everybody.items()}
    assert statuses == {"stranger": 401, "volunteer": 200, "member": 404, "coordinator": 404, "staff": 404}
    assert everybody["volunteer"].get(PROFILE).json()["born_on"] == volunteer.born_on.isoformat()


def test_a_part_is_changed_and_the_rest_stays(as_volunteer: Caller, volunteer: Volunteer) -> None:
    volunteer.skills.add(SkillFactory(code="piano"))
    ramp = AccessFeatureFactory(code="ramp")
    changed = as_volunteer.patch(PROFILE, {"wish": "花を育てたい", "access_needs": [ramp.code]}).json()
    assert (changed["wish"], [word["code"] for word in changed["skills"]]) == ("花を育てたい", ["piano"])
    assert changed["access_needs"] == [{"code": "ramp", "label": ramp.label}]


def test_a_put_says_everything(as_volunteer: Caller, volunteer: Volunteer, town: Town) -> None:
    volunteer.skills.add(SkillFactory())
    written = as_volunteer.put(PROFILE, {"town": town.pk, "party_size": 3}).json()
    assert (written["skills"], written["party_size"], written["wish"]) == ([], 3, "")


def test_the_birth_date_stays_as_it_was(as_volunteer: Caller, volunteer: Volunteer) -> None:
    as_volunteer.patch(PROFILE, {"born_on": "1900-01-01"})
    assert as_volunteer.get(PROFILE).json()["born_on"] == volunteer.born_on.isoformat()


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"town": 0}, 400, "does_not_exist"),
        ({"interests": ["nothing"]}, 400, "unknown"),
        ({"interests": ["a"] * 101}, 400, "max_length"),
        ({"interests": [{"a": 1}]}, 400, "invalid"),
        ({"wish": "あ" * 1001}, 400, "max_length"),
        ({"travel_limit_km": 51}, 400, "max_value"),
        ({"is_home_only": True, "takes_online": False}, 422, "home_only_takes_online"),
    ],
)
def test_what_makes_no_sense_is_refused(as_volunteer: Caller, sent: dict[str, Any], status: int, code: str) -> None:
    answer = as_volunteer.patch(PROFILE, sent)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)


def test_a_town_without_a_point_is_explained(as_volunteer: Caller) -> None:
    answer = as_volunteer.patch(PROFILE, {"town": TownFactory(lat=None, lng=None).pk})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "town_without_point")


def test_a_break_begins_and_ends(as_volunteer: Caller) -> None:
    until = dt.date(2027, 4, 1).isoformat()
    assert as_volunteer.put("/api/v1/me/pause/", {"until": until}).json()["paused_until"] == until
    assert as_volunteer.put("/api/v1/me/pause/", {"until": None}).json()["paused_until"] is None
    assert as_volunteer.put("/api/v1/me/pause/", {"until": "2027-02-01"}).status_code == 422
