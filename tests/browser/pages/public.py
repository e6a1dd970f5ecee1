from __future__ import annotations

from organisations.models import Role
from tests.browser.kept import Kept
from tests.browser.pages.look import Look


def _role(_kept: Kept) -> str:
    role = Role.objects.open().filter(venue__isnull=False).earliest("pk")
    return f"/roles/{role.pk}/"


# By route; NOT_PAGES are routes that answer with no page of their own.
PAGES: dict[str, list[Look]] = {
    "public:home": [Look("", "/", is_dark=True)],
    "public:roles": [
        Look("", "/roles/", is_dark=True),
        Look("", "/roles/?words=zzzz"),
        Look("", "/roles/?within=x", is_dark=True),
    ],
    "public:map": [Look("", "/roles/map/")],
    "public:calendar": [Look("", "/roles/calendar/")],
    "public:role": [Look("", _role)],
    "public:desks": [Look("", "/desks/")],
    "public:about": [Look("", "/about/")],
    "public:privacy": [Look("", "/privacy/")],
    "public:accessibility": [Look("", "/accessibility/")],
    "public:terms": [Look("", "/terms/")],
    "account_login": [Look("", "/accounts/login/")],
    "account_signup": [Look("", "/accounts/signup/")],
    "account_inactive": [Look("", "/accounts/inactive/")],
}
NOT_PAGES = {"public:slot_calendar"}
