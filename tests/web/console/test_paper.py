"""A guardian agrees at the desk."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from accounts.models import Consent
from accounts.models.consent import ConsentKind
from tests.factories import NOW, DeskMembershipFactory, JuniorFactory, VolunteerFactory
from tests.web.conftest import said, send, signed_in
from web.texts import GUARDIAN_SCOPES, GUARDIAN_TEXT


@pytest.fixture
def desk(db: None) -> Any:
    with time_machine.travel(NOW, tick=True):
        yield DeskMembershipFactory()


def consents() -> Any:
    return Consent.objects.filter(kind=ConsentKind.GUARDIAN, withdrawn_at=None)


def test_what_was_agreed_on_paper_is_kept_in_the_words_that_were_read(desk: Any) -> None:
    junior = JuniorFactory(guardian=None)
    desk.desk.towns.add(junior.town)
    client, path = signed_in(desk.user), f"/console/people/{junior.pk}/guardian/"
    assert path in said(client.get(f"/console/people/{junior.pk}/"))
    assert str(GUARDIAN_TEXT) in said(client.get(path))
    assert "同意を確かめてから" in said(send(client, path, guardian_name="母"), 400)
    assert not consents().exists()
    answer = send(client, path, guardian_name="母", scope=["go_alone"], is_agreed="on")
    assert answer["Location"] == f"/console/people/{junior.pk}/"
    consent = consents().get()
    assert (consent.guardian_name, consent.recorded_by) == ("母", desk.user)
    assert consent.text == f"{GUARDIAN_TEXT}\n- {GUARDIAN_SCOPES['take_part']}\n- {GUARDIAN_SCOPES['go_alone']}"


def test_adults_need_none_and_other_areas_are_not_there(desk: Any) -> None:
    adult, elsewhere = VolunteerFactory(), JuniorFactory(guardian=None)
    desk.desk.towns.add(adult.town)
    client = signed_in(desk.user)
    said(send(client, f"/console/people/{adult.pk}/guardian/", guardian_name="母", is_agreed="on"), 409)
    assert send(client, f"/console/people/{elsewhere.pk}/guardian/", guardian_name="母").status_code == 404
    assert not consents().exists()
