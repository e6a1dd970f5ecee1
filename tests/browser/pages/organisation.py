from __future__ import annotations

from organisations.models import Organisation
from tests.browser.kept import Kept
from tests.browser.pages.look import Look


def _organisation(kept: Kept) -> Organisation:
    """The one of the host who signs in."""
    email = next(one.email for one in kept.ward.sign_ins if one.kind == "host")
    return Organisation.objects.filter(memberships__user__email=email).earliest("pk")


def _page(kept: Kept) -> str:
    return f"/organisation/{_organisation(kept).pk}/"


PAGES: dict[str, list[Look]] = {
    "organisation:home": [Look("host", "/organisation/", is_dark=True), Look("volunteer", "/organisation/")],
    "organisation:new": [Look("host", "/organisation/new/")],
    "organisation:organisation": [Look("host", _page, is_dark=True)],
    "organisation:edit": [Look("host", lambda kept: f"{_page(kept)}edit/")],
}
NOT_PAGES: set[str] = set()
