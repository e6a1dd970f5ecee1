from __future__ import annotations

import re

import yaml
from django.contrib.staticfiles import finders
from django.core.management import call_command

from tests.web.api.conftest import Caller


def test_the_schema_is_whole_and_without_warnings(tmp_path: object) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", f"{tmp_path}/schema.yaml")


def test_the_schema_is_served_as_openapi_3_1(everybody: dict[str, Caller]) -> None:
    for client in everybody.values():
        answer = client.get("/api/v1/schema/")
        assert answer.status_code == 200
        assert yaml.safe_load(answer.content)["openapi"].startswith("3.1")


def test_every_post_wants_a_key_and_says_what_goes_wrong(stranger: Caller) -> None:
    answer = stranger.get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    for path, methods in answer.json()["paths"].items():
        for method, operation in methods.items():
            assert "500" in operation["responses"], path
            named = {parameter["name"] for parameter in operation.get("parameters", [])}
            assert ("Idempotency-Key" in named) == (method == "post"), path


def test_swagger_comes_from_local_files_under_the_sites_own_policy(stranger: Caller) -> None:
    page = stranger.get("/api/v1/docs/", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    html = page.content.decode()
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    addresses = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert all(address.startswith(("/static/", "/api/v1/docs/")) for address in addresses)
    for address in addresses:
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/"))
    [script] = [address for address in addresses if address.startswith("/api/v1/docs/")]
    answer = stranger.get(script, headers={"Accept": "*/*"})
    assert answer.headers["Content-Type"].startswith("application/javascript")
    assert "/api/v1/schema/" in answer.content.decode().replace("\\u002D", "-")
