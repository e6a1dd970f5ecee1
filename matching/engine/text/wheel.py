"""Static word vectors out of a spaCy model's wheel, without spaCy: only the table is wanted.

Three members are read: the vectors (.npy), the map from a word's key to its row (msgpack), and the strings (JSON).
A key is the 64-bit MurmurHash2 of the word in UTF-8 with seed 1 [1]_. The map is written in the order in which the
words were trained, the most frequent first, so a word's place in it is its rank.

References
----------
.. [1] A. Appleby, MurmurHash64A, 2008.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

SEED = 1
_MULTIPLIER, _SHIFT, _64_BITS = 0xC6A4A7935BD1E995, 47, (1 << 64) - 1
_MAP_32, _POSITIVE = 0xDF, 0x80
_UINTS = {0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q"}


class NotAWheelOfVectors(ValueError):
    """The file is no wheel, or has no word vectors of the kind that is read here."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Words in the order of their frequency, the row of each, and the rows, float32 (rows, width)."""

    words: list[str]
    rows: list[int]
    vectors: npt.NDArray[np.float32]
    source: str


def read(path: Path) -> Trained:
    """Read the words and vectors of a wheel.

    Raises
    ------
    NotAWheelOfVectors : the file is no zip, or one of the three members is missing or has another form.
    """
    try:
        with zipfile.ZipFile(path) as wheel:
            vectors = np.load(io.BytesIO(_member(wheel, "vocab/vectors")), allow_pickle=False)
            row_of = dict(_pairs(_member(wheel, "vocab/key2row")))
            strings = json.loads(_member(wheel, "vocab/strings.json"))
            source = _source(json.loads(_member(wheel, "meta.json")))
    except (zipfile.BadZipFile, KeyError, ValueError, struct.error) as wrong:
        raise NotAWheelOfVectors(f"{path.name}: {wrong}") from wrong
    word_of = {murmur64(string.encode()): string for string in strings}
    known = [(word_of[key], row) for key, row in row_of.items() if key in word_of]
    return Trained([word for word, _ in known], [row for _, row in known], vectors, source)


def _member(wheel: zipfile.ZipFile, ending: str) -> bytes:
    found = sorted((name for name in wheel.namelist() if name.endswith(f"/{ending}")), key=len)
    if not found:
        raise KeyError(f"no {ending} in it")
    return wheel.read(found[0])


def _source(meta: dict[str, object]) -> str:
    return f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')} ({meta.get('license')})"


def murmur64(data: bytes, seed: int = SEED) -> int:
    """Return the 64-bit MurmurHash2 of some bytes."""
    whole = len(data) - len(data) % 8
    mixed = (seed ^ (len(data) * _MULTIPLIER)) & _64_BITS
    for (block,) in struct.iter_unpack("<Q", data[:whole]):
        block = block * _MULTIPLIER & _64_BITS  # noqa: PLW2901
        block = (block ^ (block >> _SHIFT)) * _MULTIPLIER & _64_BITS  # noqa: PLW2901
        mixed = (mixed ^ block) * _MULTIPLIER & _64_BITS
    if whole < len(data):
        mixed = (mixed ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _64_BITS
    mixed = (mixed ^ (mixed >> _SHIFT)) * _MULTIPLIER & _64_BITS
    return mixed ^ (mixed >> _SHIFT)


def _pairs(packed: bytes) -> Iterator[tuple[int, int]]:
    """Read a msgpack map of unsigned integers, in the order in which it was written."""
    kind, count = struct.unpack_from(">BI", packed)
    if kind != _MAP_32:
        raise ValueError("the rows are no msgpack map")
    at = struct.calcsize(">BI")
    for _ in range(count):
        key, at = _uint(packed, at)
        row, at = _uint(packed, at)
        yield key, row


def _uint(packed: bytes, at: int) -> tuple[int, int]:
    kind = packed[at]
    if kind < _POSITIVE:
        return kind, at + 1
    form = _UINTS.get(kind)
    if form is None:
        raise ValueError("the rows are no map of unsigned integers")
    return struct.unpack_from(form, packed, at + 1)[0], at + 1 + struct.calcsize(form)
