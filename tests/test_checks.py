"""A public site does not start without secrets of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

PUBLIC = {"SITE_URL": "https://yaritai.example", "SECRET_KEY": "x" * 60}
KEY = Fernet.generate_key().decode()


def served(**environment: str) -> subprocess.CompletedProcess[str]:
    """What gunicorn would load."""
    without = {name: value for name, value in os.environ.items() if name not in {"WORRY_KEYS", "SECRET_KEY", "DEBUG"}}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import config.wsgi"],
        cwd=settings.BASE_DIR,
        env={**without, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "fault"),
    [
        (PUBLIC, "config.E003"),
        ({**PUBLIC, "WORRY_KEYS": "abc"}, "config.E004"),
        ({**PUBLIC, "WORRY_KEYS": f"{KEY},b25seS1mb3ItdGhpcy1wcml2YXRlLW1hY2hpbmUhISE="}, "config.E005"),
        ({**PUBLIC, "WORRY_KEYS": KEY, "DEBUG": "true"}, "config.E002"),
        ({"SITE_URL": "https://yaritai.example", "WORRY_KEYS": KEY}, "config.E001"),
    ],
)
def test_a_public_site_without_secrets_of_its_own_does_not_start(environment: dict[str, str], fault: str) -> None:
    tried = served(**environment)
    assert tried.returncode != 0
    assert fault in tried.stderr


@pytest.mark.parametrize(
    "environment", [{"SITE_URL": "http://localhost:8000"}, {**PUBLIC, "WORRY_KEYS": f"{KEY},{KEY}"}]
)
def test_a_private_machine_and_a_site_with_keys_start(environment: dict[str, str]) -> None:
    tried = served(**environment)
    assert (tried.returncode, tried.stderr) == (0, "")
