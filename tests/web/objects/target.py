from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.web.world import Side


@dataclass(frozen=True)
class Target:
    """What the address names, and the row that the table is asked about; none where it asks about the kind alone."""

    kwargs: dict[str, Any]
    row: object = None


# Picks out of a side of the world what the address is about.
Which = Callable[[Side], Target]
# Adds so many more rows to the list of somebody.
Grow = Callable[[Side, int], None]


def by_pk(row: Any) -> Target:
    return Target({"pk": row.pk}, row)


def by_public_id(row: Any) -> Target:
    return Target({"public_id": row.public_id}, row)
