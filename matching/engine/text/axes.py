"""Fewer dimensions for word vectors, and none for what all texts have in common."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

EVENNESS = 0.5
"""How far axes along which words vary little are stretched: 0 not at all, 1 until words vary as much along each."""

_LEAST = 1e-9
Matrix = npt.NDArray[np.float64]


def common(texts: Matrix) -> Matrix:
    """Return the direction that texts have in common, length 1, or 0 where no text says anything.

    It is the first right singular vector of the texts, each of length 1 (the common component of Arora et al., see
    `matching.engine.text.rarity`).

    Parameters
    ----------
    texts : (texts, dims).
    """
    lengths = np.linalg.norm(texts, axis=1)
    if not lengths.any():
        return np.zeros(texts.shape[1])
    spoken = texts[lengths > 0] / lengths[lengths > 0, None]
    return np.asarray(np.linalg.svd(spoken, full_matrices=False)[2][0])


def main(words: Matrix, importance: Matrix, without: Matrix, width: int) -> Matrix:
    """Return the main axes of words, (dims, width): what a word keeps of itself is its product with them.

    Parameters
    ----------
    words : (words, dims), with mean 0.
    importance : (words,), how much is lost with each.
    without : (dims,), a direction of length 1 that no axis has a part of.
    width : how many axes, at most *dims*.
    """
    rest = words - np.outer(words @ without, without)
    spread, axes = (found[..., ::-1][..., :width] for found in np.linalg.eigh((rest * importance[:, None]).T @ rest))
    axes = (axes - np.outer(without, without @ axes)) * np.maximum(spread, spread[0] * _LEAST) ** (-EVENNESS / 2)
    # An axis has no direction of its own; its largest part is made positive, so that the same words give the same.
    largest = np.abs(axes).argmax(axis=0)
    return np.asarray(axes * np.sign(axes[largest, np.arange(axes.shape[1])]))


def whole(vectors: Matrix, most: int) -> tuple[npt.NDArray[np.int8], Matrix]:
    """Return vectors as whole numbers from -*most* to *most*, and the scale of each: vector ≈ scale · numbers."""
    scale = np.maximum(np.abs(vectors).max(axis=1), np.finfo(np.float64).tiny) / most
    return np.rint(vectors / scale[:, None]).astype(np.int8), scale
