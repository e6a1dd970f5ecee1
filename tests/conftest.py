"""What every test may use, and where the browser tests find their browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# CI installs a browser, so there its absence is a failure and the tests are always collected.
HAS_BROWSER_TESTS = CHROMIUM is not None or bool(os.environ.get("CI"))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    if collection_path.name == "browser" and collection_path.parent.name == "tests" and not HAS_BROWSER_TESTS:
        return True
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not HAS_BROWSER_TESTS:
        terminalreporter.write_line("Left out: tests/browser, for want of Chromium (Debian: apt-get install chromium).")


@pytest.fixture(autouse=True)
def _in_japanese() -> Iterator[None]:
    """A page in English leaves its language to the thread, and so to the next test."""
    with translation.override("ja"):
        yield
