"""The pages about starting something, and about what supports it."""

from __future__ import annotations

from collections.abc import Callable

from organisations.models import Initiative, Organisation, SupportNotice
from tests.browser.kept import Kept
from tests.browser.pages.look import Look


def _idea(page: str, start: str) -> Callable[[Kept], str]:
    return lambda _kept: f"{start}initiatives/{Initiative.objects.earliest('pk').pk}/{page}"


def _notice(page: str) -> Callable[[Kept], str]:
    return lambda _kept: f"/console/support/{SupportNotice.objects.earliest('pk').pk}/{page}"


def _following(kept: Kept) -> str:
    organisation = Organisation.objects.get(pk=kept.ward.organisation_ids["hanamichi"])
    return f"/organisation/{organisation.pk}/support/{SupportNotice.objects.exclude(deadline=None).earliest('pk').pk}/"


PAGES: dict[str, list[Look]] = {
    "public:starting": [Look("", "/starting/", is_dark=True)],
    "public:support": [Look("", "/support/"), Look("host", "/support/")],
    "organisation:initiatives": [Look("volunteer", "/organisation/initiatives/")],
    "organisation:new_initiative": [Look("volunteer", "/organisation/initiatives/new/")],
    "organisation:initiative": [Look("volunteer", _idea("", "/organisation/"))],
    "organisation:end_initiative": [Look("volunteer", _idea("end/", "/organisation/"))],
    "organisation:follow": [Look("host", _following)],
    "console:initiatives": [Look("coordinator", "/console/initiatives/")],
    "console:initiative": [Look("coordinator", _idea("", "/console/"), is_dark=True)],
    "console:initiative_becomes": [Look("coordinator", _idea("become/", "/console/"))],
    "console:support": [Look("coordinator", "/console/support/")],
    "console:new_support": [Look("coordinator", "/console/support/new/")],
    "console:change_support": [Look("coordinator", _notice(""))],
    "console:remove_support": [Look("coordinator", _notice("remove/"))],
}
NOT_PAGES: set[str] = set()
