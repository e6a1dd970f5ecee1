from __future__ import annotations

from tests.web.objects.target import Grow, Which

OBJECTS: dict[str, Which] = {}
LISTS: dict[str, tuple[str, Grow]] = {}
