"""What holds of the 64 people of a block, asked of all of them side by side: one word, a bit for each.

The answers are collected in the processor's registers. Written to memory one by one and read again as a whole they
would have to be waited for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from matching.engine.compiled import LANES, compiled
from matching.engine.problem import Bits, Bool, Float, Int

AT_ONCE_BITS = 512
_WORD = ir.IntType(64)
_BITS = {ir.DoubleType(): 64}

Holds = Callable[[ir.Value, int], ir.Value]


def _bits(kind: Any) -> int:
    return _BITS[kind] if kind in _BITS else int(kind.width)


def _beside(builder: ir.IRBuilder, value: ir.Value, many: int) -> ir.Value:
    """Return the same value, so many times beside itself."""
    vector = ir.VectorType(value.type, many)
    first = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(ir.IntType(32), many), [0] * many))


def _some(builder: ir.IRBuilder, memory: ir.Value, at: ir.Value, many: int) -> ir.Value:
    """Return the value at this place of a row, and those after it."""
    kind = memory.type.pointee
    some = builder.load(builder.bitcast(builder.gep(memory, [at]), ir.VectorType(kind, many).as_pointer()))
    some.align = _bits(kind) // 8
    return some


def _word(builder: ir.IRBuilder, first: ir.Value, kind: Any, holds: Holds) -> ir.Value:
    """Return the word of what *holds* from the place of *first* on, for so many at once as there is room for."""
    word: ir.Value = ir.Constant(_WORD, 0)
    many = AT_ONCE_BITS // _bits(kind)
    for lane in range(0, LANES, many):
        some = builder.bitcast(holds(builder.add(first, ir.Constant(first.type, lane)), many), ir.IntType(many))
        word = builder.or_(word, builder.shl(builder.zext(some, _WORD) if many < LANES else some, _WORD(lane)))
    return word


def _memory(context: Any, builder: ir.IRBuilder, kind: types.Type, value: ir.Value) -> Any:
    return context.make_array(kind)(context, builder, value)


def _agreeing(_context: object, row: types.Type, _first: types.Type, _mask: types.Type, _wanted: types.Type) -> object:
    def build(context: Any, builder: ir.IRBuilder, signature: Any, values: list[ir.Value]) -> ir.Value:
        memory = _memory(context, builder, signature.args[0], values[0]).data

        def holds(at: ir.Value, many: int) -> ir.Value:
            mask, wanted = (_beside(builder, value, many) for value in values[2:])
            return builder.icmp_unsigned("==", builder.and_(_some(builder, memory, at, many), mask), wanted)

        return _word(builder, values[1], memory.type.pointee, holds)

    return types.uint64(row, types.int64, types.uint64, types.uint64), build


def _comparing(sign: str) -> Any:
    """Return what compares whole numbers with a limit by this *sign*."""

    def typed(_context: object, row: types.Array, _first: types.Type, _limit: types.Type) -> object:
        def build(context: Any, builder: ir.IRBuilder, signature: Any, values: list[ir.Value]) -> ir.Value:
            memory = _memory(context, builder, signature.args[0], values[0]).data
            kind = memory.type.pointee
            limit = values[2] if values[2].type == kind else builder.zext(values[2], kind)  # a bool is a byte in memory

            def holds(at: ir.Value, many: int) -> ir.Value:
                return builder.icmp_signed(sign, _some(builder, memory, at, many), _beside(builder, limit, many))

            return _word(builder, values[1], kind, holds)

        return types.uint64(row, types.int64, row.dtype), build

    return intrinsic(typed)


def _reaching(sign: str) -> Any:
    """Return what compares the squares of straight lines, and of how far people go, by this *sign*."""

    def typed(
        _context: object,
        place: types.Type,
        reach: types.Type,
        _first: types.Type,
        _times: types.Type,
        _x: types.Type,
        _y: types.Type,
        _z: types.Type,
    ) -> object:
        def build(context: Any, builder: ir.IRBuilder, signature: Any, values: list[ir.Value]) -> ir.Value:
            places, reaches = (_memory(context, builder, signature.args[side], values[side]) for side in range(2))
            length = cgutils.unpack_tuple(builder, places.shape)[1]

            def holds(at: ir.Value, many: int) -> ir.Value:
                times, *point = (_beside(builder, value, many) for value in values[3:])
                squares = []
                for axis, there in enumerate(point):
                    before = builder.mul(length, ir.Constant(length.type, axis))
                    apart = builder.fsub(_some(builder, places.data, builder.add(before, at), many), there)
                    squares.append(builder.fmul(apart, apart))
                limit = builder.fmul(times, _some(builder, reaches.data, at, many))
                square = builder.fadd(builder.fadd(squares[0], squares[1]), squares[2])
                return builder.fcmp_ordered(sign, square, builder.fmul(limit, limit))

            return _word(builder, values[2], reaches.data.type.pointee, holds)

        return types.uint64(place, reach, types.int64, *[types.float64] * 4), build

    return intrinsic(typed)


_agree: Any = intrinsic(_agreeing)
_under, _over, _differ, _reach, _fall_short = (
    _comparing("<"),
    _comparing(">"),
    _comparing("!="),
    _reaching("<="),
    _reaching(">"),
)


@compiled
def agreeing(row: Bits, first: int, mask: np.uint64, wanted: np.uint64) -> np.uint64:
    """Return which of the 64 from *first* on have, of the bits in *mask*, those *wanted* and no others.

    Parameters
    ----------
    row : uint64 (k,), without gaps.
    """
    return np.uint64(_agree(row, first, mask, wanted))


@compiled
def under(row: Int, first: int, limit: int) -> np.uint64:
    """Return which of the 64 numbers from *first* on are less than *limit*; row : int32 (k,), without gaps."""
    return np.uint64(_under(row, first, limit))


@compiled
def over(row: Int, first: int, limit: int) -> np.uint64:
    """Return which of the 64 numbers from *first* on are more than *limit*; row : int32 (k,), without gaps."""
    return np.uint64(_over(row, first, limit))


@compiled
def holding(row: Bool, first: int) -> np.uint64:
    """Return of which of the 64 from *first* on it holds; row : bool (k,), without gaps."""
    return np.uint64(_differ(row, first, False))


@compiled
def within(place: Float, reach: Float, first: int, point: Float) -> np.uint64:
    """Return which of the 64 from *first* on reach *point* in a straight line; not who lives nobody knows where.

    Parameters
    ----------
    place : float64 (3, k), km; reach : float64 (k,), km; point : float64 (3,), km, all without gaps.
    """
    return np.uint64(_reach(place, reach, first, 1.0, point[0], point[1], point[2]))


@compiled
def beyond(place: Float, reach: Float, first: int, point: Float, times: float) -> np.uint64:
    """Return for which of the 64 *point* is farther than so many *times* their reach, see `within`.

    Not for whom it is not known where they live.
    """
    return np.uint64(_fall_short(place, reach, first, times, point[0], point[1], point[2]))
