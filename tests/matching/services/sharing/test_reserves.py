"""For roles that hardly any list holds, the best of those who may be asked are kept in reserve."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from pytest_django import Settings

from matching.dataset import findings
from matching.dataset.listed import Items
from matching.engine.allocation.allocate import FLOOR as FEW
from matching.models import Allotment, Run, Shortlist
from matching.services.listing import lists, shortlists, weights
from matching.services.sharing import reserves
from notifications.services import preferences
from organisations.models import Activity, Role
from tests.factories import NOW
from tests.matching import rows
from volunteers.models import Volunteer


@pytest.fixture(autouse=True)
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "TOP", 1)


@pytest.fixture
def gardening() -> Activity:
    return rows.gardening()


def ward(gardening: Activity, people: int) -> tuple[list[Volunteer], Role, Role]:
    crowd = [rows.person(gardening) for _ in range(people)]
    best = rows.role(gardening, title="花まつり")
    return crowd, best, rows.role(rows.reading(), besides=gardening, title="図書室の花")


def of_both(quiet: Role) -> Volunteer:
    """Somebody whom the quiet role suits best, and the other one, too."""
    volunteer = rows.person()
    volunteer.interests.add(*(named.activity for named in quiet.role_activities.all()))
    return volunteer


def in_reserve(role: Role) -> list[dict[str, Any]]:
    """Return what the newest run keeps for a role, by volunteer."""
    items = findings.read_reserves(Run.objects.all()[0].pk, len(weights.current().names))
    places = sorted(np.flatnonzero(items.role == role.pk).tolist(), key=lambda place: int(items.volunteer[place]))
    return [{name: getattr(items, name)[place].tolist() for name in Items.__slots__} for place in places]


def kept(role: Role) -> list[int]:
    return [one["volunteer"] for one in in_reserve(role)]


@pytest.mark.django_db
def test_the_best_few_are_kept_for_a_role_on_no_list(gardening: Activity) -> None:
    people, best, quiet = ward(gardening, people=reserves.MOST + 4)
    rows.run_once()
    assert kept(quiet) == [one.pk for one in people[: reserves.MOST]]  # all suit it alike, so the first ones
    assert kept(best) == []
    one = in_reserve(quiet)[0]
    assert one["slot"] == quiet.slots.get().pk
    assert sum(one["parts"]) == pytest.approx(one["score"], abs=1e-5)


@pytest.mark.django_db
def test_scores_and_parts_are_those_of_a_list(gardening: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    (volunteer,), _best, quiet = ward(gardening, people=1)
    rows.run_once()
    (reserve,) = in_reserve(quiet)
    monkeypatch.setattr(lists, "TOP", 2)
    whole = shortlists.refresh(volunteer=volunteer, now=NOW)
    assert (whole.roles[1], whole.scores[1], whole.km[1]) == pytest.approx(
        (quiet.pk, reserve["score"], reserve["km"]), abs=1e-7
    )
    assert whole.parts[len(whole.signals) :] == pytest.approx(reserve["parts"])


@pytest.mark.django_db
def test_only_of_those_who_want_it_and_may_be_asked(gardening: Activity) -> None:
    (paused, never, asked, fine), _best, quiet = ward(gardening, people=4)
    rows.person()
    paused.paused_until = NOW.date()
    paused.save()
    preferences.change(user=never.user, now=NOW, digest="never")
    rows.suggestion(asked, quiet)
    rows.run_once()
    assert kept(quiet) == [fine.pk]


@pytest.mark.django_db
def test_a_role_on_five_lists_needs_none(gardening: Activity) -> None:
    for _ in range(5):
        rows.person(gardening)
    rows.role(gardening)
    for _ in range(3):
        rows.person(gardening, takes_online=True)
    rows.run_once()
    assert not any(in_reserve(role) for role in Role.objects.all())


@pytest.mark.django_db
def test_parts_keep_for_themselves_and_the_whole_counts(gardening: Activity, settings: Settings) -> None:
    people, best, quiet = ward(gardening, people=6)
    settings.SHARD_SIZE = 2
    rows.run_once()
    assert kept(quiet) == [one.pk for one in people]
    assert Shortlist.objects.filter(roles=[best.pk]).count() == 6
    trace = Run.objects.get().trace
    assert (trace["candidates"], trace["reserves"]) == (12, 6)


@pytest.mark.django_db
def test_what_parts_done_here_have_heard_of_is_not_kept_again(gardening: Activity, settings: Settings) -> None:
    _crowd, best, quiet = ward(gardening, people=FEW)
    other = of_both(quiet)
    settings.SHARD_SIZE = FEW
    rows.run_once()
    assert rows.listed(other) == [quiet.pk]
    assert kept(best) == []


@pytest.mark.django_db
def test_who_does_not_know_of_them_keeps_some_in_vain(
    gardening: Activity, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _crowd, best, quiet = ward(gardening, people=FEW)
    other = of_both(quiet)
    settings.SHARD_SIZE = FEW
    rows.run_once()
    pages = list(Allotment.objects.order_by("volunteer").values_list("volunteer", "roles", "scores"))
    monkeypatch.setattr(reserves, "heard_of", lambda _run_id: Counter[int]())
    rows.run_once()
    assert kept(best) == [other.pk]
    again = Allotment.objects.filter(run=Run.objects.all()[0]).order_by("volunteer")
    assert list(again.values_list("volunteer", "roles", "scores")) == pages
