"""Writing many rows at once by COPY, with ids of our own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models


class Copier:
    """Writes rows and counts them by table; ``finish`` sets the sequences behind the ids and gathers statistics."""

    def __init__(self) -> None:
        self.made: dict[str, int] = {}
        self._models: list[type[models.Model]] = []

    def ids(self, model: type[models.Model], count: int) -> range:
        """Return *count* free ids of *model*."""
        last: int = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
        return range(last + 1, last + 1 + count)

    def copy(self, model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Write *rows*, whose values are those of *columns*, in this order."""
        table = model._meta.db_table
        names = ", ".join(f'"{column}"' for column in columns)
        count = 0
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for count, row in enumerate(rows, start=1):  # noqa: B007
                copy.write_row(row)
        self.made[table] = self.made.get(table, 0) + count
        self._models.append(model)

    def link(self, through: type[models.Model], pairs: Iterable[tuple[int, int]]) -> None:
        """Write *pairs* of ids into a table between two models, in the order of its two foreign keys."""
        keys = [field.attname for field in through._meta.concrete_fields if field.is_relation]
        self.copy(through, keys, pairs)

    def finish(self) -> None:
        """Let the next rows get ids behind ours, and tell the planner about the new sizes."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(dict.fromkeys(self._models))):
                cursor.execute(statement)
            for table in self.made:
                cursor.execute(f'ANALYZE "{table}"')
