"""How the kernel is compiled, and the bit arithmetic that everything in it uses.

A set of the 64 people of a block is one ``uint64``, lane *i* being bit *i*. Nothing here adds numbers up in another
order than written (no fast-math), so the same pair has the same score wherever it stands.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from matching.engine.lowering import FromTheBeginning


def _fingerprint() -> str:
    """Return a name for the engine as it stands: what is compiled holds parts of other files, constants too."""
    here = Path(__file__).parent
    sources = (path.read_bytes() for path in sorted(here.rglob("*.py")))
    return hashlib.blake2b(b"".join(sources), digest_size=8).hexdigest()


CACHE = Path(os.environ.get("NUMBA_CACHE_DIR") or Path(__file__).parent / "__pycache__") / f"engine-{_fingerprint()}"
"""Where the compiled engine lies; numba alone would look at one file, and miss a change in another."""

numba.config.CACHE_DIR = str(CACHE)  # type: ignore[attr-defined]

LANES = 64
ONE, NONE, ALL = np.uint64(1), np.uint64(0), np.uint64(0xFFFF_FFFF_FFFF_FFFF)

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile for this processor, once, and keep the result in `CACHE`."""
    # Nothing is allocated in here, so nothing need be counted for the sake of freeing it: threads would wait for that.
    options: dict[str, Any] = {
        "error_model": "numpy",
        "forceinline": True,
        "_nrt": False,
        "pipeline_class": FromTheBeginning,
    }
    return cast(F, njit(cache=True, nogil=True, **options)(function))


def compiled_with_memory(function: F) -> F:
    """Compile in the same way what makes arrays of its own."""
    return cast(F, njit(cache=True, nogil=True)(function))


def _instruction(name: str) -> Any:
    """Return what one instruction of the processor does to a word; numba has no name for it."""

    def typed(_context: object, _word: types.Type) -> object:
        def build(_context: object, builder: ir.IRBuilder, _signature: object, values: list[ir.Value]) -> ir.Value:
            more = [ir.Constant(ir.IntType(1), 0)] if name == "cttz" else []
            return getattr(builder, name)(values[0], *more)

        return types.int64(types.uint64), build

    return intrinsic(typed)


_set_bits, _zeros_below = _instruction("ctpop"), _instruction("cttz")


@compiled
def count(word: np.uint64) -> np.int64:
    """Return how many lanes are set."""
    return np.int64(_set_bits(word))


@compiled
def lowest(word: np.uint64) -> int:
    """Return the first lane that is set; 64 where none is."""
    return int(_zeros_below(word))
