"""Where wishes and needs do not meet, as tables by district: for coordinators and, coarser, for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matching.services.gaps import Cell
from organisations.models import Activity, District

MOST_BARS = 8


@dataclass(frozen=True)
class Row:
    """One activity; ``code`` is what a search by it takes, empty where none was named."""

    label: str
    code: str
    cell: Cell


@dataclass
class Table:
    """One district, the most wished for first; it is None for towns without one.

    ``roles`` and ``needs`` of its rows are what a coordinator could do something about.
    """

    district: District | None
    rows: list[Row] = field(default_factory=list)
    roles: Sequence[object] = ()
    needs: Sequence[object] = ()

    @property
    def anchor(self) -> str:
        """Where on its page the table begins."""
        return f"district-{self.district.pk if self.district else 0}"

    @property
    def bars(self) -> list[dict[str, object]]:
        """What most people wish for in vain, for ``parts/figures/bars.html``."""
        wished = [row for row in self.rows if row.cell.wishes][:MOST_BARS]
        most = max((row.cell.wishes for row in wished), default=1)
        return [{"label": row.label, "value": row.cell.wishes, "width": 100 * row.cell.wishes / most} for row in wished]


def tables(cells: Iterable[Cell]) -> list[Table]:
    """Return a table for each district that has something to show: two queries."""
    shown = list(cells)
    activities = Activity.objects.in_bulk([cell.activity_id for cell in shown if cell.activity_id is not None])
    districts = District.objects.in_bulk([cell.district_id for cell in shown if cell.district_id is not None])
    found: dict[int | None, Table] = {}
    for cell in sorted(shown, key=lambda cell: (-cell.wishes, -cell.needs, -cell.roles, -cell.offers)):
        named = activities.get(cell.activity_id or 0)
        where = districts.get(cell.district_id or 0)
        table = found.setdefault(where.pk if where else None, Table(where))
        table.rows.append(Row(named.label if named else "", named.code if named else "", cell))
    order = {pk: place for place, pk in enumerate(sorted(districts, key=lambda pk: districts[pk].position))}
    return [found[pk] for pk in sorted(found, key=lambda pk: order.get(pk or 0, len(order)))]
