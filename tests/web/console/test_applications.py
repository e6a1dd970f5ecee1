from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.models import AuditEntry, Consent
from accounts.models.consent import ConsentKind, GuardianScope
from organisations.models import Town
from tests.factories import (
    NOW,
    ApplicationFactory,
    ConsentFactory,
    DeskMembershipFactory,
    JuniorFactory,
    SlotFactory,
    TownFactory,
    VolunteerFactory,
)
from tests.web.conftest import said, send, signed_in
from volunteers.models import Application
from volunteers.services.taking_part import applications


@pytest.fixture
def town() -> Town:
    return TownFactory()


@pytest.fixture
def desk(town: Town) -> Client:
    return signed_in(DeskMembershipFactory(desk__towns=[town]).user)


@pytest.fixture
def young(town: Town) -> Application:
    volunteer = JuniorFactory(town=town, user__name="はるき", guardian=None)
    ConsentFactory(
        user=volunteer.user,
        kind=ConsentKind.GUARDIAN,
        guardian_name="樋渡 あきら",
        scope=[GuardianScope.TAKE_PART, GuardianScope.PHOTO],
        expires_on=NOW.date() + dt.timedelta(days=90),
    )
    found: Application = ApplicationFactory(volunteer=volunteer, slot=SlotFactory(), note="がんばります")
    return found


def looks() -> list[tuple[str, object]]:
    found = AuditEntry.objects.filter(action="looked_at").order_by("pk")
    return list(found.values_list("target", "detail"))


def path(application: Application) -> str:
    return f"/console/applications/{application.public_id}/"


def test_who_asks_for_what_and_what_the_guardian_allows(desk: Client, young: Application) -> None:
    page = said(desk.get(path(young)))
    for words in ("はるき", "14歳", "がんばります", young.slot.role.title, "樋渡 あきら", "2027年5月30日まで"):
        assert words in page
    allowed = [part.split("</li>")[0] for part in page.split("<li>") if "この子" in part or "写真" in part]
    assert ["はい" in one for one in allowed if "tag" in one] == [True, False, True]
    assert young.volunteer.born_on.isoformat() not in page


def test_each_look_is_one_line_and_asking_for_the_head_is_none(desk: Client, young: Application) -> None:
    desk.head(path(young))
    assert looks() == []
    for times in (1, 2):
        desk.get(path(young))
        assert looks() == [("volunteers.volunteer", {"through": "application"})] * times
    entry = AuditEntry.objects.filter(action="looked_at").latest("pk")
    assert entry.target_id == str(young.volunteer_id)


def test_released_the_organisation_hears_of_it_once(desk: Client, young: Application) -> None:
    for _twice in range(2):
        assert send(desk, path(young), once="k" * 32)["Location"] == "/console/"
    young.refresh_from_db()
    assert young.released_at is not None
    assert AuditEntry.objects.filter(action="application.release").count() == 1
    page = said(desk.get(path(young)))
    assert "に団体に伝えました" in page
    assert '<form method="post">' not in page


def test_without_a_guardians_consent_one_is_told_to_get_it_first(desk: Client, young: Application) -> None:
    Consent.objects.filter(kind=ConsentKind.GUARDIAN).update(expires_on=NOW.date() - dt.timedelta(days=1))
    page = said(desk.get(path(young)))
    assert "いま、保護者の同意がありません" in page
    assert "団体に伝える</button>" not in page


def test_what_was_taken_back_is_not_released(desk: Client, young: Application) -> None:
    applications.withdraw(application=young, now=NOW, actor=None)
    assert "もう" in said(send(desk, path(young)), 409)
    assert "団体に伝える</button>" not in said(desk.get(path(young)))


def test_an_adult_of_the_area_needs_no_guardian(desk: Client, town: Town) -> None:
    application = ApplicationFactory(volunteer=VolunteerFactory(town=town), released_at=NOW)
    assert "保護者" not in said(desk.get(path(application)))


def test_nobody_of_another_area(desk: Client) -> None:
    there = ApplicationFactory(volunteer=JuniorFactory())
    assert desk.get(path(there)).status_code == 404
    assert send(desk, path(there)).status_code == 404
    assert looks() == []


def test_the_letter_to_the_coordinator_leads_to_the_page(town: Town, young: Application) -> None:
    user = DeskMembershipFactory(desk__towns=[town]).user
    application = applications.ask(
        volunteer=young.volunteer,
        slot=SlotFactory(starts_at=NOW + dt.timedelta(days=9)),
        now=NOW,
        actor=None,
        is_released=False,
    )
    letter = user.notifications.get(kind="application_to_check")
    assert letter.url.endswith(path(application))
