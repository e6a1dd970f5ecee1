"""Where wishes and needs do not meet, as tables by district: for coordinators and, coarser, for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from matching.services.coordinating.gaps import COLUMNS, Cell
from organisations.models import Activity, District

MOST_BARS = 8


@dataclass(frozen=True)
class Row:
    """One activity; ``code`` is what a search by it takes, empty where none was named."""

    label: str
    code: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Count:
    """How many of what a district has, and where on the page that is."""

    of: str
    number: int
    anchor: str


@dataclass
class Table:
    """One district, the most wished for first; it is None for towns without one.

    ``roles``, ``needs`` and ``offers`` of its rows are what a coordinator could do something about; ``is_first``: of
    all districts this one lacks most.
    """

    district: District | None
    rows: list[Row] = field(default_factory=list)
    roles: Sequence[object] = ()
    needs: Sequence[object] = ()
    offers: Sequence[object] = ()
    is_first: bool = False

    @property
    def anchor(self) -> str:
        """Where on its page the table begins."""
        return f"district-{self.district.pk if self.district else 0}"

    @property
    def columns(self) -> frozenset[str]:
        """Those that have a number in any row; the others would only fill a phone's screen."""
        return frozenset(name for name in COLUMNS if any(getattr(row.cell, name) for row in self.rows))

    @property
    def wished(self) -> list[Row]:
        return [row for row in self.rows if row.cell.wishes]

    @property
    def counted(self) -> list[Count]:
        """How much there is of each; somebody with several wishes counts several times, everything else once."""
        cells = [row.cell for row in self.rows]
        numbers = [
            (_("行ける募集がない方(のべ)"), sum(cell.wishes for cell in cells)),
            (_("合う方のいない地域ニーズ"), len({id_ for cell in cells for id_ in cell.need_ids})),
            (_("来られる方の少ない募集"), len({id_ for cell in cells for id_ in cell.role_ids})),
            (_("まだ使われていない提供"), len({id_ for cell in cells for id_ in cell.offer_ids})),
        ]
        return [Count(of, number, self.anchor) for of, number in numbers if number]

    @property
    def bars(self) -> list[dict[str, object]]:
        """What most people wish for in vain, for ``parts/figures/bars.html``."""
        wished = self.wished[:MOST_BARS]
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
