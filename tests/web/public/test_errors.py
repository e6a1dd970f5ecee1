from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from web.public import errors


def test_nothing_there(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "ページが見つかりません" in response.content.decode()


@pytest.mark.parametrize("is_checked", [False, True])
def test_five_megabytes_are_refused_in_words(is_checked: bool) -> None:
    body = "words=" + "a" * 5_000_000
    client = Client(enforce_csrf_checks=is_checked, headers={"cookie": "csrftoken=" + "a" * 32})
    response = client.post("/language/setlang/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "長すぎます" in response.content.decode()


def test_a_form_without_its_secret_is_stale() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/language/setlang/", {"language": "en"})
    assert response.status_code == 403
    assert "もう一度お送りください" in response.content.decode()


def test_not_allowed_reads_like_not_there(rf: RequestFactory, client: Client) -> None:
    client.get("/")
    request = rf.get("/x")
    refused, missing = errors.not_allowed(request, Exception()), errors.not_there(request, Exception())
    assert refused.status_code == missing.status_code == 404
    assert _without_secret(refused) == _without_secret(missing)


def _without_secret(response: HttpResponse) -> str:
    return re.sub('name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())


def test_bad_request_and_too_often(rf: RequestFactory) -> None:
    assert errors.bad_request(rf.get("/"), Exception()).status_code == 400
    assert errors.too_often(rf.get("/")).status_code == 429


def test_our_own_fault_needs_neither_database_nor_session(rf: RequestFactory, django_db_blocker: object) -> None:
    response = errors.broken(rf.get("/"))
    assert response.status_code == 500
    assert "こちらの不具合です" in response.content.decode()
