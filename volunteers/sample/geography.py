"""Where the people of a generated city live and where things take place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from organisations.models import Town
from volunteers.sample import terms

# More people than the ward has who would ever take part: then the city is made of towns of its own.
WARD_HOLDS = 50_000
PEOPLE_PER_TOWN = 400
# Centre and size of the city; the code belongs to no municipality.
CITY_CODE, CITY = "99999", "見本市"
CENTRE = (35.46, 139.53)
CITY_KM = 20.0
CENTRES = 9
KM_PER_DEGREE = 111.2

Ids = npt.NDArray[np.int64]
Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ground:
    """The towns with a point, and what share of the people lives in each."""

    ids: Ids
    names: list[str]
    lat: Degrees
    lng: Degrees
    share: npt.NDArray[np.float64]

    def draw(self, rng: np.random.Generator, count: int) -> npt.NDArray[np.intp]:
        """Return rows of towns, the big ones more often."""
        return rng.choice(len(self.ids), count, p=self.share)


def ground(people: int, rng: np.random.Generator) -> Ground:
    """Return the ward's towns, or for very many people those of a city around several centres."""
    if people <= WARD_HOLDS:
        towns = sorted((town for town in terms.load_towns().values() if town.has_point), key=lambda town: town.name)
    else:
        towns = _city(people // PEOPLE_PER_TOWN, rng)
    share = rng.gamma(2.0, size=len(towns))
    return Ground(
        ids=np.array([town.pk for town in towns]),
        names=[town.name for town in towns],
        lat=np.array([town.lat for town in towns], dtype=float),
        lng=np.array([town.lng for town in towns], dtype=float),
        share=share / share.sum(),
    )


def near(lat: Degrees, lng: Degrees, km: float, rng: np.random.Generator) -> tuple[Degrees, Degrees]:
    """Return points scattered around the given ones, *km* away in the usual case."""
    north, east = rng.normal(0, km / KM_PER_DEGREE, (2, len(lat)))
    return lat + north, lng + east / np.cos(np.radians(lat))


def _city(count: int, rng: np.random.Generator) -> list[Town]:
    half = CITY_KM / 2 / KM_PER_DEGREE
    wide = half / float(np.cos(np.radians(CENTRE[0])))
    centres = rng.uniform(-0.8, 0.8, (CENTRES, 2)) * (half, wide) + CENTRE
    chosen = centres[rng.choice(CENTRES, count, p=_falling(CENTRES))]
    lat, lng = near(chosen[:, 0], chosen[:, 1], CITY_KM / 8, rng)
    lat = lat.clip(CENTRE[0] - half, CENTRE[0] + half)
    lng = lng.clip(CENTRE[1] - wide, CENTRE[1] + wide)
    Town.objects.bulk_create(
        [
            Town(ward_code=CITY_CODE, ward=CITY, name=f"見本町{number + 1}", lat=lat[number], lng=lng[number])
            for number in range(count)
        ],
        ignore_conflicts=True,
    )
    return list(Town.objects.filter(ward_code=CITY_CODE).order_by("pk")[:count])


def _falling(count: int) -> npt.NDArray[np.float64]:
    weights = 1.0 / np.arange(2, count + 2)
    return np.asarray(weights / weights.sum())
