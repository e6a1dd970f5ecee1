"""Distances against geopy's geodesic."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from geopy.distance import geodesic

from matching.engine.geodesy import cartesian_km, chord_km, way_km
from tests.matching.engine.markets import LIMITS_KM, PLACES


def _ways(points: np.ndarray) -> np.ndarray:
    return way_km(np.linalg.norm(points[:, None] - points[None], axis=2))


def _ours_and_geopys(lat: float, lng: float, reach_deg: float) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    lats, lngs = lat + rng.uniform(-reach_deg, reach_deg, 20), lng + rng.uniform(-reach_deg, reach_deg, 20)
    theirs = [
        [geodesic(one, other).km for other in zip(lats, lngs, strict=True)] for one in zip(lats, lngs, strict=True)
    ]
    return _ways(cartesian_km(lats, lngs)), np.array(theirs)


@pytest.mark.parametrize(("lat", "lng"), [(35.47, 139.54), (24.3, 123.8), (45.4, 141.7)])
@pytest.mark.parametrize(("reach_deg", "at_most_m"), [(0.04, 1e-4), (0.35, 1e-2)])
def test_within_a_city_and_within_a_prefecture(lat: float, lng: float, reach_deg: float, at_most_m: float) -> None:
    ours, theirs = _ours_and_geopys(lat, lng, reach_deg)

    assert np.abs(ours - theirs).max() * 1000 <= at_most_m


def test_people_far_apart_in_one_problem_stay_within_a_metre_up_to_100_km() -> None:
    ours, theirs = _ours_and_geopys(36.0, 138.0, 5.0)

    assert np.abs(ours - theirs)[theirs <= 100].max() * 1000 <= 1


def test_an_unknown_point_is_at_no_distance_from_anywhere() -> None:
    points = cartesian_km(np.array([35.5, np.nan]), np.array([139.5, np.nan]))

    assert np.isnan(_ways(points)).tolist() == [[False, True], [True, True]]


def test_the_straight_line_under_a_way_is_the_one_the_way_comes_from() -> None:
    ways = np.array([0.0, 0.1, 1.0, 50.0, 1_000.0])

    np.testing.assert_allclose(way_km(chord_km(ways)), ways, rtol=1e-12)
    assert (chord_km(ways[1:]) < ways[1:]).all()


def test_no_distance_of_the_small_markets_lies_at_a_limit() -> None:
    kms = [geodesic(*pair).km for pair in combinations(PLACES, 2)]

    assert min(abs(km - limit) for km in kms for limit in LIMITS_KM) > 0.002
