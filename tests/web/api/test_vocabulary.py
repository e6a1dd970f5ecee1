from __future__ import annotations

import pytest

from tests.factories import AccessFeatureFactory, ActivityFactory, QualificationFactory, SkillFactory, TownFactory
from tests.web.api.conftest import Caller


@pytest.mark.parametrize(
    ("address", "make"),
    [
        ("activities", ActivityFactory),
        ("skills", SkillFactory),
        ("qualifications", QualificationFactory),
        ("access-features", AccessFeatureFactory),
    ],
)
def test_everybody_reads_the_words(everybody: dict[str, Caller], address: str, make: type) -> None:
    make(code="one", ja="ひとつ", en="One")
    for client in everybody.values():
        answer = client.get(f"/api/v1/{address}/")
        assert answer.status_code == 200
        assert [(term["code"], term["label"]) for term in answer.json()] == [("one", "ひとつ")]


def test_words_come_in_the_language_asked_for(stranger: Caller) -> None:
    SkillFactory(ja="折り紙", en="Paper folding")
    answer = stranger.get("/api/v1/skills/", headers={"Accept-Language": "en"})
    assert answer.json()[0]["label"] == "Paper folding"
    assert answer.headers["Content-Language"] == "en"


def test_an_activity_names_the_one_above(stranger: Caller) -> None:
    top = ActivityFactory(code="green", position=0)
    ActivityFactory(code="flowers", parent=top, position=1)
    assert [term["parent"] for term in stranger.get("/api/v1/activities/").json()] == [None, "green"]


def test_towns_are_found_by_name_and_by_reading(stranger: Caller) -> None:
    TownFactory(name="今宿町", kana="いまじゅくちょう")
    without_point = TownFactory(name="上川井町", kana="かみかわいちょう", lat=None, lng=None)
    by_name = stranger.get("/api/v1/towns/", {"text": "今宿"}).json()
    by_reading = stranger.get("/api/v1/towns/", {"text": "かみかわい", "ward_code": "14112"}).json()
    assert [town["name"] for town in by_name["results"]] == ["今宿町"]
    assert [(town["id"], town["has_point"]) for town in by_reading["results"]] == [(without_point.pk, False)]


def test_the_tree_takes_one_query(stranger: Caller, django_assert_num_queries: object) -> None:
    top = ActivityFactory()
    ActivityFactory.create_batch(5, parent=top)
    with django_assert_num_queries(1):  # type: ignore[operator]
        stranger.get("/api/v1/activities/")
