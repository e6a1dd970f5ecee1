"""A public site does not start without secrets of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.core.checks import Tags, run_checks
from pytest_django import Settings

from config.checks import DEFAULT_KEY, DEFAULT_WORRY_KEY

SITE, KEY = "https://yaritai.example", Fernet.generate_key().decode()
OWN = {"SITE_URL": SITE, "SECRET_KEY": "x" * 60, "WORRY_KEYS": [KEY], "DEBUG": False}


def faults(settings: Settings, **chosen: object) -> list[str]:
    for name, value in chosen.items():
        setattr(settings, name, value)
    return [str(found.id) for found in run_checks(tags=[Tags.security]) if str(found.id).startswith("config.")]


@pytest.mark.parametrize(
    ("chosen", "fault"),
    [
        ({"SECRET_KEY": DEFAULT_KEY}, "config.E001"),
        ({"DEBUG": True}, "config.E002"),
        ({"WORRY_KEYS": []}, "config.E003"),
        ({"WORRY_KEYS": [KEY, "abc"]}, "config.E004"),
        ({"WORRY_KEYS": [KEY, "鍵"]}, "config.E004"),
        ({"WORRY_KEYS": [KEY, DEFAULT_WORRY_KEY]}, "config.E005"),
    ],
)
def test_what_a_public_site_lacks_is_said(settings: Settings, chosen: dict[str, object], fault: str) -> None:
    assert faults(settings, **{**OWN, **chosen}) == [fault]


def test_a_site_with_its_own_and_a_private_machine_lack_nothing(settings: Settings) -> None:
    assert faults(settings, **OWN) == []
    private = {"SITE_URL": "http://localhost:8000", "SECRET_KEY": DEFAULT_KEY, "WORRY_KEYS": [DEFAULT_WORRY_KEY]}
    assert faults(settings, **private) == []


def test_what_gunicorn_loads_does_not_start_without_keys() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"WORRY_KEYS", "DEBUG"}}
    environment |= {"SITE_URL": SITE, "SECRET_KEY": "x" * 60}
    command = [sys.executable, "-W", "ignore", "-c", "import config.wsgi"]
    tried = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert tried.returncode != 0
    assert "config.E003" in tried.stderr
