from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, CaseStudyFactory
from tests.web.api.conftest import Caller

AGREED = {"offer_agreed_at": NOW, "host_agreed_at": NOW, "published_at": NOW}


def test_everybody_reads_what_is_public(everybody: dict[str, Caller]) -> None:
    case = CaseStudyFactory(title="食堂が茶話会に", **AGREED)
    draft = CaseStudyFactory()
    for client in everybody.values():
        assert [one["title"] for one in client.get("/api/v1/cases/").json()["results"]] == ["食堂が茶話会に"]
        assert client.get(f"/api/v1/cases/{case.pk}/").json()["result"] == case.result
        assert client.get(f"/api/v1/cases/{draft.pk}/").status_code == 404


def test_sides_and_pictures_are_named(stranger: Caller) -> None:
    case = CaseStudyFactory(**AGREED)
    photo = case.photos.create(
        jpeg=b"\xff\xd8", width=4, height=3, description="庭", consent_text="はい", consented_at=NOW
    )
    told = stranger.get(f"/api/v1/cases/{case.pk}/").json()
    assert told["offered_by"]["name"] == case.cooperation.offer.organisation.name
    assert told["host"]["name"] == case.cooperation.host.name
    [shown] = told["photos"]
    assert shown["url"].endswith(f"/cases/{case.pk}/photos/{photo.pk}.jpg")
    assert (shown["width"], shown["height"], shown["description"]) == (4, 3, "庭")


@pytest.mark.django_db
def test_a_page_of_them_takes_few_queries(
    stranger: Caller, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    CaseStudyFactory.create_batch(5, **AGREED)
    with django_assert_max_num_queries(4):
        assert len(stranger.get("/api/v1/cases/").json()["results"]) == 5
