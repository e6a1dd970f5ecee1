"""Where wishes and needs do not meet."""

from __future__ import annotations

from tests.factories import DistrictFactory
from tests.web.objects.target import Grow, Target, Which

OBJECTS: dict[str, Which] = {"public:meeting_sheet": lambda _side: Target({"pk": DistrictFactory().pk})}
LISTS: dict[str, tuple[str, Grow]] = {}
