"""What every test may use, and where the browser tests find their browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

# The first is the same browser without windows of its own, which cost time and show nothing to anybody.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
# CI installs a browser, so there its absence is a failure and the tests are always collected.
HAS_BROWSER_TESTS = CHROMIUM is not None or bool(os.environ.get("CI"))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    if collection_path.name == "browser" and collection_path.parent.name == "tests" and not HAS_BROWSER_TESTS:
        return True
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not HAS_BROWSER_TESTS:
        terminalreporter.write_line(
            "Left out: tests/browser, for want of Chromium (Debian: apt-get install chromium-headless-shell)."
        )


@pytest.fixture(autouse=True)
def _in_japanese() -> Iterator[None]:
    """A page in English leaves its language to the thread, and so to the next test."""
    with translation.override("ja"):
        yield
