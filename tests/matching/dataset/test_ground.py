"""Neighbouring towns stand together, and everybody is in one piece."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.dataset import ground
from matching.dataset.ground import Piece
from matching.models import Run, Shard
from matching.services.running import shards
from tests.factories import NOW, TownFactory, VolunteerFactory
from volunteers.models import Volunteer

QUICK = settings(derandomize=True, database=None, deadline=None)


def test_one_step_along_the_curve_is_one_step_on_the_ground() -> None:
    step = ground.SIDE_DEGREES / 32
    north, east = np.meshgrid(*((np.arange(32) + 0.5) * step + corner for corner in ground.CORNER), indexing="ij")
    place = np.stack([north.ravel(), east.ravel()], axis=1)
    walk = place[np.argsort(ground.along(place[:, 0], place[:, 1]))]
    assert np.allclose(np.abs(np.diff(walk, axis=0)).sum(axis=1), step)


def test_a_point_that_is_not_known_comes_last() -> None:
    place = ground.along(np.array([np.nan, 20.0, 46.0]), np.array([np.nan, 122.0, 154.0]))
    assert place.argmax() == 0


@QUICK
@given(
    sizes=st.lists(st.tuples(st.integers(1, 30), st.booleans()), max_size=20),
    size=st.integers(1, 40),
)
def test_pieces_are_put_together_and_none_is_lost(sizes: list[tuple[int, bool]], size: int) -> None:
    pieces = [Piece(town, 1, 9, min(people, size), whole) for town, (people, whole) in enumerate(sizes)]
    parts = list(ground.parts(pieces, size))
    assert [piece for part in parts for piece in part] == pieces
    assert all(sum(piece.people for piece in part) <= size for part in parts)
    assert all(len(part) == 1 or all(piece.is_whole for piece in part) for part in parts)
    for one, other in pairwise(parts):
        is_alone = not (one[-1].is_whole and other[0].is_whole)
        assert is_alone or sum(piece.people for piece in one) + other[0].people > size


@pytest.mark.parametrize("count", [*range(20), 64, 100])
def test_however_few_parts_are_done_they_lie_all_over_the_ground(count: int) -> None:
    order = ground.far_apart(count)
    assert sorted(order) == list(range(count))
    for done in range(1, count + 1):
        gaps = np.diff([0, *sorted(order[:done]), count])
        assert gaps.max() * done < 2 * count


@pytest.mark.django_db
@settings(QUICK, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    towns=st.lists(st.sampled_from([None, 35.4, 35.5]), min_size=1, max_size=5),
    lives=st.lists(st.integers(0, 4), max_size=25),
    size=st.integers(1, 9),
)
def test_everybody_is_in_one_part(
    towns: list[float | None], lives: list[int], size: int, settings: pytest.FixtureRequest
) -> None:
    Volunteer.objects.all().delete()
    settings.SHARD_SIZE = size  # type: ignore[attr-defined]
    there = [TownFactory(lat=lat, lng=lat and 139.5) for lat in towns]
    people = sorted(VolunteerFactory(town=there[number % len(there)]).pk for number in lives)
    run = Run.objects.create(as_of=NOW, requested_at=NOW, status="failed")
    shards.cut(run)
    found: list[int] = []
    for shard in Shard.objects.filter(run=run).select_related("run"):
        inside = Volunteer.objects.raw(
            shards.people_of(shard).sql("SELECT id FROM volunteers_volunteer WHERE {who}", by="id")
        )
        ids = [one.pk for one in inside]
        assert 1 <= len(ids) == shard.volunteers <= size
        found += ids
    assert sorted(found) == people
