"""A run by hand: asked for, and with --wait carried out here."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from matching.models import Run, RunStatus
from matching.services import shards
from tests.factories import AccessFeatureFactory
from tests.matching import rows

pytestmark = pytest.mark.django_db


def run(*options: str) -> list[str]:
    out = StringIO()
    call_command("run_matching", *options, stdout=out)
    return out.getvalue().splitlines()


def test_it_only_asks() -> None:
    run()
    assert Run.objects.get().status == RunStatus.REQUESTED


def test_it_says_how_far_it_is(settings: Settings) -> None:
    settings.SHARD_SIZE = 2
    for _ in range(3):
        rows.person()
    said = run("--wait")
    assert Run.objects.get().status == RunStatus.DONE
    assert [line.split("人")[0].strip() for line in said[1:]] == ["2 / 3", "3 / 3"]


def test_it_fails_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "MOST_TRIES", 1)
    rows.person()
    AccessFeatureFactory.create_batch(65)  # more than the engine's bits can hold
    monkeypatch.setattr(shards, "PAUSE", dt.timedelta(0))
    with pytest.raises(CommandError, match="TooManyTerms"):
        run("--wait")
    assert Run.objects.get().status == RunStatus.FAILED
