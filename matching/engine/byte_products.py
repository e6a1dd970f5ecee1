"""Products of rows of bytes, 64 numbers at a time.

Left to itself LLVM takes eight at a time, and twice as long. What is said here is any processor's: products of two
bytes are added up in neighbouring pairs, for which many have an instruction (`vpmaddwd`, `smlal`), as many at once as
the processor's registers hold.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from matching.engine.compiled import compiled

AT_ONCE = 64
_WORD = ir.IntType(32)
_PAIRS = ir.VectorType(_WORD, AT_ONCE // 2)


def _bytes_at(builder: ir.IRBuilder, array: Any, at: ir.Value) -> ir.Value:
    """Return so many bytes of a row, each in 32 bits."""
    there = builder.gep(array.data, [at])
    here = builder.load(builder.bitcast(there, ir.VectorType(ir.IntType(8), AT_ONCE).as_pointer()))
    here.align = 1
    return builder.sext(here, ir.VectorType(_WORD, AT_ONCE))


def _in_pairs(builder: ir.IRBuilder, products: ir.Value) -> ir.Value:
    every_second = [ir.Constant(ir.VectorType(_WORD, AT_ONCE // 2), list(range(first, AT_ONCE, 2))) for first in (0, 1)]
    nothing = ir.Constant(products.type, ir.Undefined)
    return builder.add(*(builder.shuffle_vector(products, nothing, which) for which in every_second))


def _whole_steps(_context: object, one: types.Type, other: types.Type) -> object:
    """Return the product of two rows up to the last multiple of `AT_ONCE`."""

    def build(context: Any, builder: ir.IRBuilder, signature: Any, values: list[ir.Value]) -> ir.Value:
        rows = [
            context.make_array(kind)(context, builder, row) for kind, row in zip(signature.args, values, strict=True)
        ]
        count = cgutils.unpack_tuple(builder, rows[0].shape)[0]
        step = ir.Constant(count.type, AT_ONCE)
        added = cgutils.alloca_once_value(builder, ir.Constant(_PAIRS, [0] * (AT_ONCE // 2)))
        with cgutils.for_range(builder, builder.udiv(count, step)) as loop:
            at = builder.mul(loop.index, step)
            products = builder.mul(*(_bytes_at(builder, row, at) for row in rows))
            builder.store(builder.add(builder.load(added), _in_pairs(builder, products)), added)
        name = f"llvm.vector.reduce.add.v{AT_ONCE // 2}i32"
        total = cgutils.get_or_insert_function(builder.module, ir.FunctionType(_WORD, [_PAIRS]), name)
        return builder.call(total, [builder.load(added)])

    return types.int32(one, other), build


_product_of_steps: Any = intrinsic(_whole_steps)


@compiled
def product(one: npt.NDArray[np.int8], other: npt.NDArray[np.int8]) -> np.int32:
    """Return the product of two rows of whole numbers up to ±127, exact up to 130,000 dimensions.

    Parameters
    ----------
    one, other : int8 (dims,), without gaps.
    """
    added = np.int32(_product_of_steps(one, other))
    for dim in range(len(one) - len(one) % AT_ONCE, len(one)):
        added += np.int32(one[dim]) * np.int32(other[dim])
    return np.int32(added)
