"""Every kind of page, on a phone and on a desk: axe finds nothing, nothing runs over the side, no complaint."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from matching.models import Suggestion
from notifications.services import links
from organisations.models import Membership, Role
from tests.browser.conftest import check, sign_in
from volunteers.models import Volunteer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
PUBLIC = [
    "/",
    "/roles/",
    "/roles/?words=zzzz",
    "/roles/?within=x",
    "/desks/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/terms/",
    "/accounts/login/",
    "/accounts/signup/",
    "/no/such/page/",
    "/l/unknown/",
]
PERSONAL = [
    "/my/places/",
    "/my/profile/",
    "/my/pause/",
    "/my/notices/",
    "/my/notices/choices/",
    "/accounts/email/",
    "/accounts/logout/",
]


def test_public_pages(site: str, quiet_page: Page) -> None:
    role = Role.objects.open().filter(venue__isnull=False).order_by("pk").first()
    assert role is not None
    for path in [*PUBLIC, f"/roles/{role.pk}/"]:
        quiet_page.goto(site + path)
        check(quiet_page, dark=path in ("/", "/roles/", "/roles/?within=x"))


def test_personal_pages(site: str, quiet_page: Page) -> None:
    page = quiet_page
    User.objects.create_user("new@yaritai.example")
    page.goto(f"{site}/accounts/login/?next=/my/profile/")
    sign_in(page, "new@yaritai.example")
    page.locator("main form button").last.click()
    check(page, dark=True)  # the questions, with what is missing
    page.goto(f"{site}/my/suggestions/")
    check(page)  # no profile yet
    page.goto(f"{site}/my/")
    check(page, dark=True)  # the three ways
    page.locator("header form button").last.click()
    page.locator("[role=status]").wait_for()

    page.goto(f"{site}/accounts/login/?next=/my/suggestions/")
    sign_in(page, "makoto@yaritai.example")
    check(page, dark=True)
    person = Volunteer.objects.get(user__email="makoto@yaritai.example")
    suggestion = Suggestion.objects.filter(volunteer=person).first()
    assert suggestion is not None
    join = f"/my/slots/{suggestion.slot_id}/join/"
    why_not = f"/my/roles/{suggestion.role_id}/why-not/"
    for path in [*PERSONAL, join, why_not, *_links(person, suggestion)]:
        page.goto(site + path)
        check(page)
    page.goto(f"{site}/my/suggestions/")
    page.get_by_role("button", name="行けます").first.click()
    page.get_by_role("button", name="返事を取り消す").wait_for()
    check(page)
    page.get_by_role("link", name="予定を見る").click()
    page.get_by_role("link", name="参加をとりやめる").first.click()
    page.get_by_role("button", name="とりやめる").wait_for()
    check(page)


def _links(person: Volunteer, suggestion: Suggestion) -> list[str]:
    now = timezone.now()
    tokens = [
        links.issue(user=person.user, action=action, target_id=suggestion.pk, now=now)
        for action in ("accept", "unsubscribe")
    ]
    return [f"/l/{token}/" for token in tokens]


def test_pages_of_an_organisation(site: str, quiet_page: Page) -> None:
    host = Membership.objects.filter(organisation__roles__status="open").order_by("pk").first()
    assert host is not None
    host.user.email = "host@yaritai.example"
    host.user.save()
    quiet_page.goto(f"{site}/accounts/login/?next=/organisation/")
    sign_in(quiet_page, "host@yaritai.example")
    check(quiet_page, dark=True)
