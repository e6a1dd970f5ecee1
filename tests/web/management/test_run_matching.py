"""A run by hand: asked for, and with --wait carried out here."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from matching.models import Run, RunStatus
from matching.services.running import runs, shards
from tests.factories import AccessFeatureFactory
from tests.matching import rows
from tests.together import together

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


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal(settings: Settings) -> None:
    settings.SHARD_SIZE = 2
    for _ in range(3):
        rows.person()
    out = Terminal()
    call_command("run_matching", "--wait", stdout=out)
    _asked, bar, _end = out.getvalue().split("\n")  # one line, written over again and again
    bars = bar.split("\r")
    assert any("2/3" in bar for bar in bars)
    assert "100%" in bars[-1]
    assert "3/3" in bars[-1]


@pytest.mark.django_db(transaction=True)
def test_beside_a_worker(settings: Settings) -> None:
    settings.SHARD_SIZE = 1
    for _ in range(6):
        rows.person()
    runs.request(now=timezone.now())
    said, _done = together(2, lambda number: runs.carry_out(now=timezone.now()) if number else run("--wait"))
    assert isinstance(said, list)
    assert said[-1].startswith("6 / 6")
    assert set(Run.objects.values_list("status", flat=True)) == {RunStatus.DONE}


def test_it_fails_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "MOST_TRIES", 1)
    rows.person()
    AccessFeatureFactory.create_batch(65)  # more than the engine's bits can hold
    monkeypatch.setattr(shards, "PAUSE", dt.timedelta(0))
    with pytest.raises(CommandError, match="TooManyTerms"):
        run("--wait")
    assert Run.objects.get().status == RunStatus.FAILED
