"""One role in many forms, as roles of one problem: what would be otherwise if one thing about it were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np
from scipy import sparse

from matching.engine.problem import Problem, Roles, Slots


@dataclass(frozen=True, slots=True)
class Change:
    """One thing about a role that is otherwise; what is not named stays.

    Parameters
    ----------
    role : column of `Roles`, none of the sparse ones → its value.
    slots : all slots in place of those there are; their ``role`` is not looked at.
    """

    role: Mapping[str, int] = field(default_factory=dict)
    slots: Slots | None = None


def variants(problem: Problem, changes: Sequence[Change]) -> Problem:
    """Return the problem of the same people and k + 1 roles: row 0 as it is, row *i* with ``changes[i - 1]``.

    Parameters
    ----------
    problem : n people, one role.
    changes : k of them.

    Raises
    ------
    ValueError
        Where there is not exactly one role, or a change names a column that roles do not have as plain numbers.
    """
    if len(problem.roles) != 1:
        raise ValueError(f"{len(problem.roles)} roles, not one")
    forms = [Change(), *changes]
    return replace(
        problem,
        roles=_roles(problem.roles, forms),
        slots=_slots([form.slots or problem.slots for form in forms]),
        closed=sparse.csr_array(problem.closed[:, np.zeros(len(forms), dtype=np.int64)]),
    )


def _roles(role: Roles, forms: Sequence[Change]) -> Roles:
    same = np.zeros(len(forms), dtype=np.int64)
    columns = {column.name: getattr(role, column.name)[same] for column in fields(role)}
    for row, form in enumerate(forms):
        for name, value in form.role.items():
            if not isinstance(columns.get(name), np.ndarray):
                raise ValueError(f"roles have no column {name} of plain numbers")
            columns[name][row] = value
    return Roles(**columns)


def _slots(of_each: Sequence[Slots]) -> Slots:
    """Put the slots of one form after those of another."""
    counts = [len(slots) for slots in of_each]
    begins = np.cumsum([0, *counts[:-1]])
    names = [column.name for column in fields(Slots) if column.name not in ("role", "choice_slot")]
    columns = {name: np.concatenate([getattr(slots, name) for slots in of_each]) for name in names}
    choices = [slots.choice_slot + begin for slots, begin in zip(of_each, begins, strict=True)]
    return Slots(
        **columns,
        role=np.repeat(np.arange(len(of_each)), counts).astype(np.int32),
        choice_slot=np.concatenate(choices).astype(np.int32),
    )
