"""Whoever only looks leaves nothing behind."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import SlotFactory, SupportDeskFactory, TownFactory, VolunteerFactory

WRITES = ("INSERT", "UPDATE", "DELETE", "COPY")


def rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("path", ["/desks/?town={town}", "/roles/?town={town}&words=花"])
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_a_town_that_was_asked_about_is_written_nowhere(client: Client, path: str, is_signed_in: bool) -> None:
    town = TownFactory()
    SupportDeskFactory(towns=[town])
    SlotFactory()
    if is_signed_in:
        client.force_login(VolunteerFactory().user, backend="django.contrib.auth.backends.ModelBackend")
    before = rows()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path.format(town=town.pk))
    assert response.status_code == 200
    assert asked.captured_queries
    assert [one["sql"] for one in asked if one["sql"].startswith(WRITES)] == []
    assert rows() == before
    assert not {"sessionid", "town"} & set(response.cookies)


def test_the_desk_page_says_so_and_is_kept_by_no_cache(client: Client) -> None:
    response = client.get("/desks/", {"town": TownFactory().pk})
    assert "えらんだ町は記録しません" in response.content.decode()
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))
