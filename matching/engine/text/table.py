"""The packed word vectors: one file, read in a moment."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.text.counting import counts
from matching.engine.text.whole import Whole
from matching.engine.text.words import Words

WIDTH = 160
"""Dimensions of a table."""

_FORMAT = 1


class NotATable(ValueError):
    """The file is no table of word vectors, or was packed by another version."""


@dataclass(frozen=True, slots=True)
class Table:
    """Words and what each adds to the vector of a text.

    ``words`` are numbered; word *i* adds ``gains[i]`` · ``vectors[rows[i]]``, whole numbers both, so that sums are
    exact in any order. ``gains`` is int32 (words,), ``rows`` int32 (words,), ``vectors`` int8 (rows, dims).
    """

    words: Words
    gains: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]
    vectors: npt.NDArray[np.int8]
    fingerprint: str
    about: str

    def sums(self, texts: Sequence[str]) -> Whole:
        """Return what the words of each text add up to, whole numbers (texts, dims)."""
        said = counts(texts, self.words.read)
        used, place = np.unique(said.indices, return_inverse=True)
        parts = self.vectors[self.rows[used]].astype(np.float64) * self.gains[used, None]
        return np.asarray(sparse.csr_array((said.data, place, said.indptr), shape=(len(texts), len(used))) @ parts)


@dataclass(frozen=True, slots=True)
class Packed:
    """A table as it lies in its file."""

    words: list[str]
    starts: list[str]
    costs: npt.NDArray[np.uint16]
    gains: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]
    vectors: npt.NDArray[np.int8]
    about: str

    def write(self, path: Path) -> None:
        """Write the table, whole or not at all; the same table gives the same bytes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            np.savez(
                file,
                format=np.array(_FORMAT),
                about=_bytes(self.about),
                words=_bytes("\n".join(self.words)),
                starts=_bytes("\n".join(self.starts)),
                costs=self.costs,
                gains=self.gains,
                rows=self.rows,
                vectors=self.vectors,
            )
        part.replace(path)

    def table(self) -> Table:
        return Table(
            words=Words(self.words, self.costs.tolist(), self.starts),
            gains=self.gains,
            rows=self.rows,
            vectors=self.vectors,
            fingerprint=self._fingerprint(),
            about=self.about,
        )

    def _fingerprint(self) -> str:
        digest = hashlib.blake2b(digest_size=6)
        for array in (self.costs, self.gains, self.rows, self.vectors):
            digest.update(np.ascontiguousarray(array).tobytes())
        digest.update("\n".join(self.words).encode())
        return digest.hexdigest()


def read(path: Path) -> Table:
    """Read a table.

    Raises
    ------
    FileNotFoundError : there is no such file.
    NotATable : it holds something else.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            if int(file["format"]) != _FORMAT or file["vectors"].shape[1] != WIDTH:
                raise NotATable(f"{path} was packed by another version: pack it anew")
            return Packed(
                words=_text(file["words"]).split("\n"),
                starts=_text(file["starts"]).split("\n"),
                costs=file["costs"],
                gains=file["gains"],
                rows=file["rows"],
                vectors=file["vectors"],
                about=_text(file["about"]),
            ).table()
    except FileNotFoundError:
        raise
    except (KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile) as wrong:
        raise NotATable(f"{path} is no table of word vectors: {wrong}") from wrong


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _text(array: npt.NDArray[np.uint8]) -> str:
    return array.tobytes().decode()
