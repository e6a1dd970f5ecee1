"""The pages about one person of a coordinator's area."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from accounts.models import User
from matching.services.answering import suggestions
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from volunteers.models import Volunteer


def _person(kept: Kept) -> Volunteer:
    """Somebody of the coordinator's area to whom something is suggested."""
    email = next(one.email for one in kept.ward.sign_ins if one.kind == "coordinator")
    here = Volunteer.objects.in_area_of(User.objects.get(email=email)).select_related("user", "town").order_by("pk")
    return next(one for one in here if suggestions.show(volunteer=one, now=timezone.now()))


def _of_person(page: str) -> Callable[[Kept], str]:
    return lambda kept: f"/console/people/{_person(kept).pk}/{page}"


def _answer(kept: Kept) -> str:
    person = _person(kept)
    found = suggestions.show(volunteer=person, now=timezone.now())[0].suggestion
    return f"/console/people/{person.pk}/answer/{found.pk}/"


PAGES: dict[str, list[Look]] = {
    "console:people": [Look("coordinator", "/console/people/", is_dark=True)],
    "console:register": [Look("coordinator", "/console/people/new/")],
    "console:person": [Look("coordinator", _of_person(""))],
    "console:change_person": [Look("coordinator", _of_person("profile/"))],
    "console:pause_person": [Look("coordinator", _of_person("pause/"))],
    "console:answer_for": [Look("coordinator", _answer)],
    "console:paper": [Look("coordinator", _of_person("guardian/"))],
    "console:sheet": [Look("coordinator", _of_person("sheet/"))],
    "console:trail": [Look("coordinator", _of_person("trail/"))],
    "console:figures": [Look("coordinator", "/console/figures/", is_dark=True)],
}
# Files to take along.
NOT_PAGES = {"console:figures_csv", "console:figures_sjis", "console:figures_xlsx"}
