"""Pack the word vectors of a wheel into the one file that the text model reads.

python -m matching.engine.text.pack WHEEL OUT
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.engine.text import rarity, surfaces, wheel
from matching.engine.text.folding import RUN, fold
from matching.engine.text.table import Packed
from matching.engine.text.words import Words, beginnings, cost, zipf

WIDTH = 160
LICENCE = "chiVe, Works Applications Enterprise Co., Ltd., Apache License 2.0; out of"
OURS = 30.0
"""How many words of the language a word of our own lists is worth when the dimensions are chosen."""

_FINENESS = 1 << 18
_MOST = 127
Matrix = npt.NDArray[np.float64]


def pack(trained: wheel.Trained, width: int = WIDTH) -> Packed:
    """Return the table of a wheel's words.

    Common words weigh little (`rarity.weight`). What all words and then what all examples have in common is taken out,
    and the rest turned so that its first *width* dimensions hold the most.
    """
    found = surfaces.of_words(trained.words, trained.rows)
    words = sorted(found, key=lambda word: (found[word][0], word))
    ranks = np.array([found[word][0] for word in words])
    groups = list(dict.fromkeys(found[word][1] for word in words))
    number = {group: row for row, group in enumerate(groups)}
    rows = np.array([number[found[word][1]] for word in words], dtype=np.int32)
    costs, starts = cost(ranks), beginnings(words)
    said = _said(Words(words, costs.tolist(), starts), rarity.lines("examples.txt"))
    weights = rarity.weight(zipf(ranks), _shares(said, rows))
    weights[[surfaces.is_ending(word) for word in words]] = 0.0
    centred = trained.vectors.astype(np.float64) - trained.vectors.mean(axis=0, dtype=np.float64)
    meant = np.stack([centred[list(group)].mean(axis=0) for group in groups])
    importance = _importance(found, {words[number] for numbers in said for number in numbers}, len(centred))
    turned = meant @ _axes(centred, importance, _common(meant, said, weights, rows), width)
    scale = np.maximum(np.abs(turned).max(axis=1, keepdims=True), np.finfo(np.float64).tiny) / _MOST
    return Packed(
        words=words,
        starts=starts,
        costs=costs,
        gains=np.rint(weights * scale[rows, 0] * _FINENESS).astype(np.int32),
        rows=rows,
        vectors=np.rint(turned / scale).astype(np.int8),
        about=f"{LICENCE} {trained.source}",
    )


def _said(words: Words, texts: list[str]) -> list[list[int]]:
    """Return the numbers of the words of each text."""
    return [[number for run in RUN.finditer(fold(text)) for number in words.read(run)] for text in texts]


def _shares(said: list[list[int]], rows: npt.NDArray[np.int32]) -> Matrix:
    """Return for each word which share of all words in the examples means the same."""
    counts = Counter(int(rows[number]) for numbers in said for number in numbers)
    times = np.array([counts[row] for row in range(int(rows.max()) + 1)], dtype=np.float64)
    return np.asarray((times / max(times.sum(), 1.0))[rows])


def _common(meant: Matrix, said: list[list[int]], weights: Matrix, rows: npt.NDArray[np.int32]) -> Matrix:
    """Return the direction that the examples have in common, length 1, or 0 where there are none."""
    sums = np.stack([weights[numbers] @ meant[rows[numbers]] for numbers in said])
    lengths = np.linalg.norm(sums, axis=1)
    if not lengths.any():
        return np.zeros(meant.shape[1])
    return np.asarray(np.linalg.svd(sums[lengths > 0] / lengths[lengths > 0, None], full_matrices=False)[2][0])


def _importance(found: surfaces.Surfaces, said: set[str], count: int) -> Matrix:
    """Return how much each vector counts when dimensions are given up: `OURS` where our own lists speak of it."""
    importance = np.ones(count)
    for word in said | surfaces.listed():
        importance[list(found[word][1] if word in found else ())] = OURS
    return importance


def _axes(centred: Matrix, importance: Matrix, common: Matrix, width: int) -> Matrix:
    """Return the main axes of the words without the common direction, (dims, width); the largest part is positive."""
    rest = centred - np.outer(centred @ common, common)
    axes = np.linalg.eigh((rest * importance[:, None]).T @ rest)[1][:, ::-1][:, :width]
    axes = axes - np.outer(common, common @ axes)
    largest = np.abs(axes).argmax(axis=0)
    return np.asarray(axes * np.sign(axes[largest, np.arange(axes.shape[1])]))


def main(arguments: list[str]) -> int:
    match arguments:
        case [source, target]:
            packed = pack(wheel.read(Path(source)))
            packed.write(Path(target))
            print(f"{len(packed.words):,} words in {target}")
            return 0
    print((__doc__ or "").strip(), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
