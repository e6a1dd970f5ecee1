"""Weights by hand: looked at, switched, and put back."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from matching.engine.scoring import WEIGHTS
from matching.models import WeightSet
from matching.services.listing import weights
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def run(*options: str) -> list[str]:
    out = StringIO()
    call_command("weights", *options, stdout=out)
    return out.getvalue().splitlines()


def a_set(**fields: object) -> WeightSet:
    numbers = {"answers": 500, "people": 60, "loss_before": 0.69, "loss_after": 0.61, "is_better": True}
    values = WEIGHTS | {"interest": 0.31, "wish": 0.27}
    return WeightSet.objects.create(**{"values": values, "made_at": NOW, **numbers, **fields})


def test_the_table_is_listed_and_in_use() -> None:
    header, usual = run()
    assert header.split() == ["#", *WEIGHTS]
    assert usual.split() == ["*", "-", *(f"{weight:.3f}" for weight in WEIGHTS.values())]


def test_using_one_and_going_back() -> None:
    one = a_set()
    _header, chosen, usual = run("--use", str(one.pk))
    assert chosen.split()[:4] == ["*", str(one.pk), "0.310", "0.270"]
    assert "0.6900 → 0.6100" in chosen
    assert usual.startswith("+")
    _header, chosen, usual = run("--usual")
    assert (chosen[0], usual[0]) == ("+", "*")


def test_one_of_an_earlier_version_is_still_shown() -> None:
    a_set(values={"interest": 1.0}, is_better=False)
    assert run("--list")[1].split()[:3] == ["-", str(WeightSet.objects.get().pk), "1.000"]


@pytest.mark.parametrize("options", [("--refit",), ("--use", "0")])
def test_what_cannot_be_done_is_said(options: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*options)
    assert weights.active() is None


def test_one_that_is_no_better_is_refused() -> None:
    one = a_set(is_better=False)
    with pytest.raises(CommandError, match="使えません"):
        run("--use", str(one.pk))
