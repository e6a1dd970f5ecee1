"""Pack the word vectors of a wheel into the one file that the text model reads.

    python -m matching.engine.text.pack WHEEL OUT

Common words weigh little (`matching.engine.text.rarity`). What all words and then what all examples have in common is
taken out, and the rest turned so that its first `WIDTH` dimensions hold the most.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.engine.text import axes, rarity, surfaces, wheel
from matching.engine.text.axes import Matrix
from matching.engine.text.folding import RUN, fold
from matching.engine.text.surfaces import Surfaces
from matching.engine.text.table import WIDTH, Packed
from matching.engine.text.words import Words, beginnings, cost, zipf

LICENCE = "chiVe, Works Applications Enterprise Co., Ltd., Apache License 2.0; out of"
OURS = 30.0
"""How many words of the language a word of our own lists is worth when the dimensions are chosen."""

_FINENESS = 1 << 18
_MOST = 127


def pack(trained: wheel.Trained) -> Packed:
    """Return the table of a wheel's words.

    Raises
    ------
    NotAWheelOfVectors : its vectors have less than `WIDTH` dimensions.
    """
    if trained.vectors.shape[1] < WIDTH:
        raise wheel.NotAWheelOfVectors(f"vectors of {trained.vectors.shape[1]} dimensions are too few")
    found = surfaces.of_words(trained.words, trained.rows)
    words = sorted(found, key=lambda word: (found[word][0], word))
    rows, groups = _rows(found, words)
    ranks = np.array([found[word][0] for word in words])
    costs, starts = cost(ranks), beginnings(words)
    said = _said(Words(words, costs.tolist(), starts))
    weights = rarity.weight(zipf(ranks), _shares(said, rows))
    ours = surfaces.listed()
    weights[[surfaces.is_ending(word) and word not in ours for word in words]] = 0.0
    vectors, scale = axes.whole(_turned(trained, found, words, rows, groups, said, weights), _MOST)
    return Packed(
        words=words,
        starts=starts,
        costs=costs,
        gains=np.rint(weights * scale[rows] * _FINENESS).astype(np.int32),
        rows=rows,
        vectors=vectors,
        about=f"{LICENCE} {trained.source}",
    )


def _rows(found: Surfaces, words: list[str]) -> tuple[npt.NDArray[np.int32], list[tuple[int, ...]]]:
    """Return for each word the number of its meaning, and for each meaning the rows of the wheel it is the mean of."""
    groups = list(dict.fromkeys(found[word][1] for word in words))
    number = {group: row for row, group in enumerate(groups)}
    return np.array([number[found[word][1]] for word in words], dtype=np.int32), groups


def _said(words: Words) -> list[npt.NDArray[np.int64]]:
    """Return the numbers of the words of each example."""
    runs = [RUN.finditer(fold(text)) for text in rarity.lines("examples.txt")]
    return [np.array([number for run in several for number in words.read(run)], dtype=np.int64) for several in runs]


def _shares(said: list[npt.NDArray[np.int64]], rows: npt.NDArray[np.int32]) -> Matrix:
    """Return for each word which share of all words in the examples means the same."""
    times = np.bincount(rows[np.concatenate(said)], minlength=int(rows.max()) + 1)
    return np.asarray((times / max(times.sum(), 1))[rows])


def _turned(
    trained: wheel.Trained,
    found: Surfaces,
    words: list[str],
    rows: npt.NDArray[np.int32],
    groups: list[tuple[int, ...]],
    said: list[npt.NDArray[np.int64]],
    weights: Matrix,
) -> Matrix:
    """Return the vector of each meaning along the main axes, (meanings, `WIDTH`)."""
    centred = trained.vectors.astype(np.float64) - trained.vectors.mean(axis=0, dtype=np.float64)
    meanings = np.stack([centred[list(group)].mean(axis=0) for group in groups])
    examples = np.stack([weights[numbers] @ meanings[rows[numbers]] for numbers in said])
    ours = surfaces.listed().union(*({words[number] for number in numbers} for numbers in said))
    importance = np.ones(len(centred))
    importance[[row for word in ours if word in found for row in found[word][1]]] = OURS
    return np.asarray(meanings @ axes.main(centred, importance, axes.common(examples), WIDTH))


def main(arguments: list[str]) -> int:
    match arguments:
        case [source, target]:
            try:
                packed = pack(wheel.read(Path(source)))
            except (wheel.NotAWheelOfVectors, OSError) as wrong:
                print(wrong, file=sys.stderr)
                return 1
            packed.write(Path(target))
            print(f"{len(packed.words):,} words in {target}")
            return 0
    print((__doc__ or "").strip(), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
