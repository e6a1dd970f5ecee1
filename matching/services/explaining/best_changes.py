"""What would help the scarcest roles most, noted with a run once it has ended: whoever reads its trace never waits.

Trying out the changes to a role reads everybody around it. So a worker does it, for the roles that somebody is going to
be shown: the scarcest of all, and the scarcest in the area of each coordinator.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from django.db import transaction

from accounts.models import User
from matching import reports
from matching.dataset.changes import Idea, Kind
from matching.models import Run
from matching.services.explaining import changes
from matching.services.explaining.changes import Opened
from matching.services.running import runs
from organisations.models import Role

OF_EACH = 5
"""Of so many roles of an area, the scarcest, is it noted; of the others one asks role by role."""


def note(*, limit: int) -> int:
    """Note for at most so many roles of the newest run what would win most people; says of how many that was done."""
    run = runs.latest()
    if run is None or _noted(run).get("is_whole"):
        return 0
    before = _noted(run).get("roles", {})
    missing = [role for role in _shown(run) if str(role.pk) not in before]
    found = {str(role.pk): _best(role, run) for role in missing[:limit]}
    _write(run, found, is_whole=len(missing) <= limit)
    return len(found)


def of(run: Run) -> dict[int, Opened]:
    """Return role id → what would win most people, as far as that is noted and there is such a thing."""
    return worded(_noted(run).get("roles", {}))


def worded(noted: Mapping[str, list[object] | None]) -> dict[int, Opened]:
    """Return what is noted of roles, by their id as text, in the language that is switched on."""
    best = {
        int(role): (Idea(Kind(str(found[0])), int(str(found[1]))), int(str(found[2])))
        for role, found in noted.items()
        if found
    }
    words = changes.in_words(idea for idea, _more in best.values())
    return {role: Opened(words[idea], more) for role, (idea, more) in best.items() if idea in words}


def _noted(run: Run) -> Mapping[str, dict[str, list[object]]]:
    found: Mapping[str, dict[str, list[object]]] = run.trace.get("best", {})
    return found


def _shown(run: Run) -> list[Role]:
    """Return the scarcest roles of all, and of the area of each coordinator."""
    scarce = {one.role.pk: one.role for one in reports.under_served(run=run)}
    ids = list(islice(scarce, OF_EACH))
    for coordinator in User.objects.filter(desk_memberships__isnull=False).distinct().order_by("pk"):
        here = set(Role.objects.in_area_of(coordinator).filter(pk__in=scarce).values_list("pk", flat=True))
        ids += islice((id_ for id_ in scarce if id_ in here), OF_EACH)
    return [scarce[id_] for id_ in dict.fromkeys(ids)]


def _best(role: Role, run: Run) -> list[object] | None:
    more = changes.tried(role=role, now=run.as_of)
    best = max(more, key=lambda idea: more[idea], default=None)
    return None if best is None or more[best] <= 0 else [best.kind.value, best.value, more[best]]


@transaction.atomic
def _write(run: Run, found: Mapping[str, list[object] | None], *, is_whole: bool) -> None:
    current = Run.objects.select_for_update(no_key=True, of=("self",)).get(pk=run.pk)
    before = _noted(current).get("roles", {})
    current.trace["best"] = {"roles": {**before, **found}, "is_whole": is_whole}
    current.save(update_fields=["trace"])
