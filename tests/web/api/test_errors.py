from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import SlotFactory
from tests.web.api.conftest import Caller, set_rates

PROFILE = "/api/v1/me/profile/"


def envelope(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/json"
    sent: dict[str, Any] = answer.json()
    assert set(sent) == {"type", "errors"}
    assert all(set(error) == {"code", "detail", "attr"} for error in sent["errors"])
    return sent


@pytest.mark.parametrize(
    "body",
    [
        b'{"wish": "a\\u0000b"}',
        b'{"wish": "a\\ud800b"}',
        b'{"\\udfff": 1}',
        b'{"wish": "\xff"}',
        b'{"wish": NaN}',
        b'{"travel_limit_km": 1e999}',
        b'{"travel_limit_km": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b"{",
        b"",
        b'"text"',
        b"[1]",
        b"null",
    ],
    ids=lambda body: repr(body[:20]),
)
def test_unreadable_bodies_get_a_sentence(as_volunteer: Caller, body: bytes) -> None:
    sent = envelope(as_volunteer.put(PROFILE, body, content_type="application/json"), 400)
    assert sent["errors"][0]["detail"]


def test_five_megabytes_are_too_long(as_volunteer: Caller) -> None:
    body = json.dumps({"wish": "あ" * 2_000_000}).encode()
    assert len(body) > 5_000_000
    for send in (as_volunteer.put, as_volunteer.post):
        sent = envelope(send(PROFILE, body, content_type="application/json"), 413)
        assert "長すぎます" in sent["errors"][0]["detail"]


def test_a_form_is_not_read(as_volunteer: Caller, stranger: Caller) -> None:
    for kind in ("multipart", None):
        options = {"format": kind} if kind else {"content_type": "application/x-www-form-urlencoded"}
        answer = as_volunteer.post(PROFILE, {"wish": "a"} if kind else "wish=a", **options)
        assert envelope(answer, 415)["type"] == "client_error"
        assert stranger.post(PROFILE, {"wish": "a"} if kind else "wish=a", **options).status_code == 401


def test_only_json_is_given(stranger: Caller) -> None:
    envelope(stranger.get("/api/v1/roles/", headers={"Accept": "text/html"}), 406)
    assert stranger.get("/api/v1/roles/", headers={"Accept": "text/html,*/*;q=0.8"}).status_code == 200


@pytest.mark.parametrize(
    "address", ["nothing/", "roles/x/", "roles/" + "9" * 5000 + "/", "roles/1/2/", "roles/%0A/", ""]
)
def test_any_other_address_gets_the_envelope(stranger: Caller, address: str) -> None:
    assert envelope(stranger.get(f"/api/v1/{address}"), 404)["errors"][0]["code"] == "not_found"
    assert envelope(stranger.post(f"/api/v1/{address}"), 404)


def test_another_method_is_refused(stranger: Caller) -> None:
    for method in ("POST", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE"):
        assert envelope(stranger.generic(method, "/api/v1/roles/"), 405)


def test_refusals_speak_the_language_of_the_page(as_volunteer: Caller) -> None:
    full = f"/api/v1/slots/{SlotFactory(capacity=1, taken=1).pk}/join/"
    japanese = envelope(as_volunteer.post(full, {}), 409)["errors"][0]
    assert japanese["code"] == "slot_full"
    assert "満員" in japanese["detail"]
    answer = as_volunteer.post(full, {}, headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "en"
    assert envelope(answer, 409)["errors"][0]["code"] == "slot_full"


def test_missing_fields_are_named_in_japanese(as_volunteer: Caller) -> None:
    error = envelope(as_volunteer.put(PROFILE, {}), 400)["errors"][0]
    assert (error["attr"], error["code"]) == ("town", "required")
    assert "必須" in error["detail"]


def test_a_session_without_its_csrf_token_changes_nothing(as_volunteer: Caller) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert as_volunteer.user is not None
    strict.force_login(as_volunteer.user, backend="django.contrib.auth.backends.ModelBackend")
    envelope(strict.put(PROFILE, "{}", content_type="application/json"), 403)
    assert strict.get(PROFILE).status_code == 200


def test_who_asks_too_often_waits(stranger: Caller, as_volunteer: Caller, settings: Any) -> None:
    set_rates(settings, anon="2/min", user="3/min")
    assert [stranger.get("/api/v1/skills/").status_code for _ in range(3)] == [200, 200, 429]
    late = stranger.get("/api/v1/skills/", headers={"X-Forwarded-For": "203.0.113.9"})
    assert int(late.headers["Retry-After"]) > 0
    assert envelope(late, 429)["errors"][0]["code"] == "throttled"
    assert [as_volunteer.get(PROFILE).status_code for _ in range(4)] == [200, 200, 200, 429]
