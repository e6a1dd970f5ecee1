"""Every address of the site, as the resolver knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Doors of the packages we use, which keep them themselves; the repair desk has a test of its own.
THEIR_OWN = ("admin/", "language/", "health/")
# Answers "nothing here" to everybody.
NOTHING = "api:nowhere"


@dataclass(frozen=True)
class Route:
    """``name`` with its namespace, as ``reverse`` takes it."""

    name: str
    pattern: str
    view: Any
    converters: tuple[str, ...]

    @property
    def rules(self) -> Mapping[str, str]:
        """The rule of the table by method."""
        return getattr(getattr(self.view, "cls", self.view), "rules", {})

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")


def every_route() -> list[Route]:
    return list(_walk(get_resolver().url_patterns))


def ours() -> list[Route]:
    return [one for one in every_route() if not one.pattern.startswith(THEIR_OWN) and one.name != NOTHING]


def _walk(patterns: Any, before: str = "", space: str = "", converters: tuple[str, ...] = ()) -> Iterator[Route]:
    for entry in patterns:
        pattern, found = before + str(entry.pattern), (*converters, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, pattern, inner, found)
        elif isinstance(entry, URLPattern):
            yield Route(f"{space}{entry.name}", pattern, entry.callback, found)
