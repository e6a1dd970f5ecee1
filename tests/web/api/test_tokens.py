from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from knox.models import AuthToken

from accounts.models import IdempotencyKey
from tests.factories import NOW, VolunteerFactory
from tests.web.api.conftest import Caller, caller
from volunteers.models import Volunteer

TOKENS, PROFILE = "/api/v1/me/tokens/", "/api/v1/me/profile/"


def with_token(token: str) -> Caller:
    client = caller()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_a_token_signs_in_until_it_is_revoked(as_volunteer: Caller, volunteer: Volunteer) -> None:
    made = as_volunteer.post(TOKENS, {}).json()
    program = with_token(made["token"])
    assert program.get(PROFILE).json()["name"] == volunteer.user.name
    assert [token["key"] for token in as_volunteer.get(TOKENS).json()] == [made["key"]]
    assert as_volunteer.delete(f"{TOKENS}{made['key']}/").status_code == 204
    assert program.get(PROFILE).status_code == 401
    assert as_volunteer.delete(f"{TOKENS}{made['key']}/").status_code == 404


def test_only_hashes_are_kept(as_volunteer: Caller) -> None:
    key = str(uuid.uuid4())
    first = as_volunteer.post(TOKENS, {}, headers={"Idempotency-Key": key}).json()
    again = as_volunteer.post(TOKENS, {}, headers={"Idempotency-Key": key}).json()
    assert again == {**first, "token": None}
    kept = AuthToken.objects.get()
    assert first["token"] not in {kept.digest, kept.token_key}
    assert first["token"].encode() not in bytes(IdempotencyKey.objects.get().body or b"")


def test_a_token_cannot_make_or_list_tokens(as_volunteer: Caller) -> None:
    program = with_token(as_volunteer.post(TOKENS, {}).json()["token"])
    assert program.get(TOKENS).status_code == 401
    assert program.post(TOKENS, {}).status_code == 401


def test_nobody_revokes_anothers_token(as_volunteer: Caller, as_member: Caller) -> None:
    key = as_volunteer.post(TOKENS, {}).json()["key"]
    assert as_member.delete(f"{TOKENS}{key}/").status_code == 404
    assert AuthToken.objects.count() == 1


def test_a_token_runs_out(as_volunteer: Caller) -> None:
    token = as_volunteer.post(TOKENS, {"days": 1}).json()["token"]
    with time_machine.travel(NOW + dt.timedelta(days=2)):
        assert with_token(token).get(PROFILE).status_code == 401


def test_twenty_tokens_are_enough(as_volunteer: Caller) -> None:
    statuses = [as_volunteer.post(TOKENS, {}).status_code for _ in range(21)]
    assert statuses == [201] * 20 + [409]


@pytest.mark.parametrize("header", ["Token", "Token x", "Token a b", "Token \x00", "Token \xff\xfe", "Token あ"])
def test_a_bad_token_is_refused(volunteer: Volunteer, header: str) -> None:
    client: Any = caller()
    client.credentials(HTTP_AUTHORIZATION=header.encode().decode("latin-1"))
    for address in (PROFILE, "/api/v1/roles/"):
        answer = client.get(address)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Token"


@pytest.mark.django_db
def test_a_browser_that_is_checked_for_forgery_makes_a_token() -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(VolunteerFactory().user, backend="django.contrib.auth.backends.ModelBackend")
    browser.cookies["csrftoken"] = csrf = "a" * 32
    headers = {"Idempotency-Key": str(uuid.uuid4()), "X-CSRFToken": csrf}
    made = browser.post(TOKENS, "{}", content_type="application/json", headers=headers)
    assert made.status_code == 201, made.content
    assert browser.post(TOKENS, "{}", content_type="application/json").status_code == 403
