"""A real browser on a running site with the sample ward."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from matching.services.running import runs
from tests.browser import kept
from tests.browser.kept import Kept
from tests.conftest import CHROMIUM
from volunteers.sample import ward

# Playwright's loop runs in this thread, and Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What the content policy keeps out is said as an error.
POLICY = """document.addEventListener("securitypolicyviolation", (kept) =>
    console.error(`policy: ${kept.violatedDirective} ${kept.blockedURI}`));"""
# Rules that axe leaves out unless asked: WCAG 2.2's size of what one taps.
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# Axe's own file is read once a page, however often it is asked there.
IS_THERE = "typeof axe !== 'undefined'"
ASK = "options => axe.run(document, options).then(found => found.violations)"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    assert CHROMIUM, "The browser tests need Chromium (Debian: apt-get install chromium-headless-shell)."
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
        "viewport": PHONE,
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session", autouse=True)
def _uncollected_static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": plain}
    with override_settings(STORAGES=storages, STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    return str(live_server.url)


@pytest.fixture(scope="session")
def kept_ward(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept:
    """The ward with a run of suggestions done, loaded once and taken out of the database again."""
    with django_db_blocker.unblock():
        now = timezone.now()
        loaded = ward.load(now=now)
        runs.request(now=now)
        runs.carry_out(now=now)
        return kept.take_out(loaded)


@pytest.fixture
def site(base_url: str, kept_ward: Kept) -> str:
    """The address of the site with the ward."""
    cache.clear()
    kept.put_back(kept_ward)
    return base_url


@pytest.fixture
def quiet_page(page: Page) -> Iterator[Page]:
    """A page on which the browser had nothing to complain about, but for the status of pages asked for as such."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(POLICY)
    yield page
    assert [text for text in complaints if "status of 4" not in text] == []


def sign_in(page: Page, email: str) -> None:
    """From the sign-in page, with the code out of the mail."""
    page.locator("input[type=email]").fill(email)
    page.locator("main form button").first.click()
    page.locator("input[name=code]").wait_for()
    found = re.search(r"^ {4}(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    page.locator("input[name=code]").fill(found[1])
    page.locator("main form button").first.click()
    page.locator("input[name=code]").wait_for(state="detached")


def be(page: Page, site: str, user: User | None) -> None:
    """Be signed in as *user*, or as nobody, without the way through the sign-in pages."""
    page.context.clear_cookies()
    if user is not None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])


def check(page: Page, *, dark: bool = False) -> None:
    """Nothing that axe objects to, and nothing that runs over the side, on a phone and on a desk."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        _without_objection(page)
    if dark:
        page.emulate_media(color_scheme="dark")
        _without_objection(page)
        page.emulate_media(color_scheme="light")


def _without_objection(page: Page) -> None:
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(ASK, AXE)
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
