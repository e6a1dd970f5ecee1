"""Where wishes and needs do not meet."""

from __future__ import annotations

from tests.factories import DistrictFactory
from tests.web.objects.target import Grow, Target, Which, by_pk

OBJECTS: dict[str, Which] = {
    "public:meeting_sheet": lambda _side: Target({"pk": DistrictFactory().pk}),
    "console:another_day": lambda side: by_pk(side.posted.role),
    "organisation:another_day": lambda side: by_pk(side.posted.role),
}
LISTS: dict[str, tuple[str, Grow]] = {}
