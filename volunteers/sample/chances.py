"""Drawing what people choose, so that some things are far more popular than others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

# So many rows are drawn at once, which bounds the memory.
BLOCK = 20_000

Chances = npt.NDArray[np.float64]


def popularity(count: int, rng: np.random.Generator) -> Chances:
    """Return chances that fall as in a list of favourites, for things in no particular order."""
    weights = 1.0 / (rng.permutation(count) + 4.0)
    return np.asarray(weights / weights.sum())


def several(
    chances: Chances, least: int, most: int, count: int, rng: np.random.Generator
) -> Iterator[npt.NDArray[np.intp]]:
    """Yield *count* times from *least* to *most* different things, the popular ones more often."""
    for begin in range(0, count, BLOCK):
        size = min(BLOCK, count - begin)
        # The first k of a random order with these weights: Gumbel's trick.
        keys = np.log(chances) + rng.gumbel(size=(size, len(chances)))
        best = np.argsort(-keys, axis=1, kind="stable")[:, :most]
        lengths = rng.integers(least, most + 1, size)
        yield from (row[:length] for row, length in zip(best, lengths.tolist(), strict=True))


def ticks(chances: Mapping[str, float], ids: Mapping[str, int], count: int, rng: np.random.Generator) -> list[Ids]:
    """Return for each of *count* rows the ids of what it has, each by its own chance."""
    wanted = np.array([ids[code] for code in chances])
    drawn = rng.random((count, len(chances))) < np.array(list(chances.values()))
    return [wanted[row].tolist() for row in drawn]


def pairs(owners: Sequence[int], owned: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Yield (owner, thing) for everything that each owner has."""
    for owner, things in zip(owners, owned, strict=True):
        for thing in things:
            yield owner, thing


Ids = list[int]
