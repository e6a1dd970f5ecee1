"""The description of the API opens in a browser under the site's strict content policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def test_every_endpoint_is_described(quiet_page: Page, base_url: str) -> None:
    quiet_page.goto(f"{base_url}/api/v1/docs/")
    quiet_page.locator(".opblock").first.wait_for()
    assert quiet_page.locator(".opblock-summary-path").count() > 40
