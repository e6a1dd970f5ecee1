"""In a world with nothing in it, every list says what to do next and whom to ask."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import User
from tests.factories import SupportDeskFactory, UserFactory, VolunteerFactory

LISTS = ["/roles/", "/needs/", "/needs/map/", "/my/suggestions/", "/my/places/", "/my/notices/"]
ASKS_FOR_A_PROFILE = ["/my/suggestions/", "/my/places/"]
NO_DESK_YET = "区役所の地域振興の係"


def page(client: Client, path: str, user: User) -> str:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def inside(html: str, opened: str, closed: str) -> str:
    found = re.search(f"{opened}(.*){closed}", html, re.DOTALL)
    assert found is not None
    return found[1]


def steps(html: str) -> list[str]:
    """The pages that a part leads to, each of which exists."""
    found = re.findall(r'<a class="button[^>]*href="([^"]+)"', html)
    for address in found:
        try:
            resolve(urlsplit(address).path)
        except Resolver404:
            pytest.fail(f"leads nowhere: {address}")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_leads_on_and_names_a_desk(client: Client, path: str) -> None:
    user = VolunteerFactory().user
    part = inside(page(client, path, user), '<section class="nothing">', "</section>")
    assert 1 <= len(steps(part)) <= 3
    assert NO_DESK_YET in part
    desk = SupportDeskFactory(organisation__phone="045-000-1234")
    part = inside(page(client, path, user), '<section class="nothing">', "</section>")
    assert str(desk.organisation.phone) in part


@pytest.mark.django_db
@pytest.mark.parametrize("path", ASKS_FOR_A_PROFILE)
def test_who_has_no_profile_yet_is_led_to_one_and_to_a_desk(client: Client, path: str) -> None:
    desk = SupportDeskFactory(organisation__phone="045-000-1234")
    body = inside(page(client, path, UserFactory()), "<main", "</main>")
    assert "/start/" in steps(body)
    assert str(desk.organisation.phone) in body


@pytest.mark.django_db
def test_a_ward_without_desks_says_where_to_ask_all_the_same(client: Client) -> None:
    part = inside(client.get("/desks/").content.decode(), '<section class="nothing">', "</section>")
    assert steps(part)
    assert NO_DESK_YET in part


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*LISTS, "/desks/"])
def test_desks_are_named_once(client: Client, path: str) -> None:
    SupportDeskFactory(organisation__phone="045-000-1234")
    assert page(client, path, VolunteerFactory().user).count("tel:0450001234") == 1
