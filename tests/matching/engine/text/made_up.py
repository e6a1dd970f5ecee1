"""A made-up wheel of word vectors: a few topics, each with words that are near one another."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import numpy as np

from matching.engine.text.wheel import murmur64

DIMS = 200
TOPICS = {
    "everyday": ["の", "を", "する", "人", "事", "好き", "活動"],
    "flowers": ["花", "庭", "園芸", "花壇", "育つ", "植物"],
    "books": ["本", "絵本", "読む", "物語", "読み聞かせ", "読書"],
    "animals": ["犬", "猫", "散歩", "ペット"],
    "cooking": ["料理", "食事", "調理", "弁当"],
    "children": ["子供", "児童", "受け付け", "教える"],
}


def words() -> list[str]:
    return [word for topic in TOPICS.values() for word in topic]


def vectors() -> np.ndarray:
    """Return what the words of a topic share and something of each word's own, float32 (words, `DIMS`)."""
    rng = np.random.default_rng(5)
    shared = [2.0 * rng.standard_normal(DIMS) for _ in TOPICS]
    rows = [
        part + rng.standard_normal(DIMS) for part, topic in zip(shared, TOPICS.values(), strict=True) for _ in topic
    ]
    return np.array(rows, dtype=np.float32)


def write(path: Path, *, without: str = "", dims: int = DIMS) -> Path:
    """Write the wheel into a folder, if wanted without one of its members, and return its path."""
    array = io.BytesIO()
    np.save(array, vectors()[:, :dims])
    members: dict[str, str | bytes] = {
        "vocab/vectors": array.getvalue(),
        "vocab/key2row": _packed({murmur64(word.encode()): row for row, word in enumerate(words())}),
        "vocab/strings.json": json.dumps([*reversed(words()), "stranger"]),
        "meta.json": json.dumps({"lang": "ja", "name": "made_up", "version": "1.0", "license": "MIT"}),
    }
    wheel = path / "made_up.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        for name, content in members.items():
            if name != without:
                file.writestr(f"ja_made_up/ja_made_up-1.0/{name}", content)
    return wheel


def _packed(rows: dict[int, int]) -> bytes:
    """Write a msgpack map: keys of 64 bits, rows as short as they go."""
    parts = [struct.pack(">BI", 0xDF, len(rows))]
    for key, row in rows.items():
        parts.append(struct.pack(">BQ", 0xCF, key))
        parts.append(struct.pack(">B", row) if row < 0x10 else struct.pack(">BH", 0xCD, row))
    return b"".join(parts)
