"""What holds of the 64 people of a block, asked of all of them side by side: one word, a bit for each.

The answers are collected in the processor's registers. Written to memory one by one and read again as a whole they
would have to be waited for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from matching.engine.compiled import LANES, compiled
from matching.engine.problem import Bits, Float

AT_ONCE = 8
_WORD, _REAL = ir.IntType(64), ir.DoubleType()


def _beside(builder: ir.IRBuilder, value: ir.Value) -> ir.Value:
    """Return the same value, so many times beside itself."""
    vector = ir.VectorType(value.type, AT_ONCE)
    first = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(ir.IntType(32), AT_ONCE), [0] * AT_ONCE))


def _some(builder: ir.IRBuilder, memory: ir.Value, at: ir.Value) -> ir.Value:
    """Return the values at this place of a row, and those after it."""
    vector = ir.VectorType(memory.type.pointee, AT_ONCE)
    some = builder.load(builder.bitcast(builder.gep(memory, [at]), vector.as_pointer()))
    some.align = 8
    return some


def _word(builder: ir.IRBuilder, first: ir.Value, holds: Any) -> ir.Value:
    """Return the word of what *holds* from the place of *first* on."""
    word: ir.Value = ir.Constant(_WORD, 0)
    for lane in range(0, LANES, AT_ONCE):
        some = holds(builder.add(first, ir.Constant(first.type, lane)))
        bits = builder.zext(builder.bitcast(some, ir.IntType(AT_ONCE)), _WORD)
        word = builder.or_(word, builder.shl(bits, ir.Constant(_WORD, lane)))
    return word


def _typed_agreeing(
    _context: object, row: types.Type, _first: types.Type, _mask: types.Type, _wanted: types.Type
) -> object:
    """Return who has just the *wanted* bits of *mask*."""

    def build(context: Any, builder: ir.IRBuilder, signature: Any, values: list[ir.Value]) -> ir.Value:
        memory = context.make_array(signature.args[0])(context, builder, values[0]).data
        mask, wanted = (_beside(builder, value) for value in values[2:])
        return _word(
            builder,
            values[1],
            lambda at: builder.icmp_unsigned("==", builder.and_(_some(builder, memory, at), mask), wanted),
        )

    return types.uint64(row, types.int64, types.uint64, types.uint64), build


def _typed_within(
    _context: object,
    place: types.Type,
    reach: types.Type,
    _first: types.Type,
    _x: types.Type,
    _y: types.Type,
    _z: types.Type,
) -> object:
    """Return whose straight line to a point is not longer than they reach."""

    def build(context: Any, builder: ir.IRBuilder, signature: Any, values: list[ir.Value]) -> ir.Value:
        places, reaches = (
            context.make_array(kind)(context, builder, value)
            for kind, value in zip(signature.args[:2], values[:2], strict=True)
        )
        length = cgutils.unpack_tuple(builder, places.shape)[1]
        point = [_beside(builder, value) for value in values[3:]]

        def holds(at: ir.Value) -> ir.Value:
            squares = []
            for axis, there in enumerate(point):
                before = builder.mul(length, ir.Constant(length.type, axis))
                apart = builder.fsub(_some(builder, places.data, builder.add(before, at)), there)
                squares.append(builder.fmul(apart, apart))
            limit = _some(builder, reaches.data, at)
            square = builder.fadd(builder.fadd(squares[0], squares[1]), squares[2])
            return builder.fcmp_ordered("<=", square, builder.fmul(limit, limit))

        return _word(builder, values[2], holds)

    return types.uint64(place, reach, types.int64, *[types.float64] * 3), build


_agreeing: Any = intrinsic(_typed_agreeing)
_within: Any = intrinsic(_typed_within)


@compiled
def agreeing(row: Bits, first: int, mask: np.uint64, wanted: np.uint64) -> np.uint64:
    """Return which of the 64 from *first* on have, of the bits in *mask*, those *wanted* and no others.

    Parameters
    ----------
    row : uint64 (k,), without gaps.
    """
    return np.uint64(_agreeing(row, first, mask, wanted))


@compiled
def within(place: Float, reach: Float, first: int, point: Float) -> np.uint64:
    """Return which of the 64 from *first* on reach *point* in a straight line; not who lives nobody knows where.

    Parameters
    ----------
    place : float64 (3, k), km; reach : float64 (k,), km; point : float64 (3,), km, all without gaps.
    """
    return np.uint64(_within(place, reach, first, point[0], point[1], point[2]))
