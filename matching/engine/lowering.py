"""Rows are counted from the beginning alone: for whatever is below 0 numba would add the length, at each access.

A negative row means "from the end" in Python, and numba asks at every access whether it is one, if it cannot know: in
the search that is a sixth of all the time. Nothing compiled here counts from the end, so signed rows are lowered as
unsigned ones, which numba does not ask about. This is how numba lets a compiler be made to measure
(https://numba.readthedocs.io/en/stable/developer/custom_pipeline.html); other compiled code stays as it is.
"""

from __future__ import annotations

from typing import Any

from numba import types
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.lowering import Lower
from numba.core.typed_passes import NativeLowering


def _from_the_beginning(signature: Any) -> Any:
    """Return the same signature of an access to an array, its rows unsigned."""
    array, index, *value = signature.args
    rows: Any = index if isinstance(index, types.BaseTuple) else (index,)
    if not (isinstance(array, types.Array) and all(isinstance(row, types.Integer) for row in rows)):
        return signature
    unsigned = types.UniTuple(types.uintp, len(rows)) if isinstance(index, types.BaseTuple) else types.uintp
    return signature.replace(args=(array, unsigned, *value))


class _Lower(Lower):
    def lower_getitem(self, resty: Any, expr: Any, value: Any, index: Any, signature: Any) -> Any:
        usual: Any = super()
        return usual.lower_getitem(resty, expr, value, index, _from_the_beginning(signature))

    def lower_setitem(self, target_var: Any, index_var: Any, value_var: Any, signature: Any) -> Any:
        usual: Any = super()
        return usual.lower_setitem(target_var, index_var, value_var, _from_the_beginning(signature))


@register_pass(mutates_CFG=True, analysis_only=False)
class _Lowering(NativeLowering):
    _name = "lowering_from_the_beginning"

    @property
    def lowering_class(self) -> type[Lower]:
        return _Lower


class FromTheBeginning(CompilerBase):
    """Numba's usual passes, but for that into machine code."""

    def define_pipelines(self) -> list[PassManager]:
        usual = DefaultPassBuilder.define_nopython_pipeline(self.state)
        ours = PassManager("from_the_beginning")
        for step, says in usual.passes:
            ours.add_pass(_Lowering if step is NativeLowering else step, says)
        ours.finalize()
        return [ours]
