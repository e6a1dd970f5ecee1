from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from matching.models import Feedback
from notifications.services import contact_points
from organisations.models import Activity
from tests.factories import (
    NOW,
    CallFactory,
    DeskMembershipFactory,
    JuniorFactory,
    VolunteerFactory,
)
from tests.matching import rows
from tests.web.conftest import said, send, signed_in
from volunteers.models import Placement, Volunteer


@pytest.fixture
def hana() -> Volunteer:
    made = rows.person(rows.gardening(), name="佐藤ハナ", wish="バラを育てたい")
    contact_points.set_phone(user=made.user, number="045-000-1234", now=NOW)
    return made


@pytest.fixture
def coordinator(hana: Volunteer) -> User:
    member: User = DeskMembershipFactory(desk__towns=[hana.town]).user
    return member


@pytest.fixture
def stranger() -> Volunteer:
    return VolunteerFactory(user__name="よその佐藤")


def test_one_finds_people_of_ones_own_area_and_no_name_is_in_an_address(
    coordinator: User, hana: Volunteer, stranger: Volunteer
) -> None:
    client = signed_in(coordinator)
    for page in (said(client.get("/console/people/")), said(client.post("/console/people/", {"words": "佐藤"}))):
        assert f'href="/console/people/{hana.pk}/"' in page
        assert "よその佐藤" not in page
        assert 'method="get"' not in page
    assert "見つかりませんでした" in said(client.post("/console/people/", {"words": "山田"}))
    assert "佐藤ハナ" in said(client.post("/console/people/", {"words": "1234"}))


def test_the_page_tells_what_was_told(coordinator: User, hana: Volunteer) -> None:
    rows.suggestion(hana, rows.role(title="花だんの水やり"))
    CallFactory(notification__user=hana.user, note="夕方がよい", by=coordinator)
    page = said(signed_in(coordinator).get(f"/console/people/{hana.pk}/"))
    for words in ("佐藤ハナ", "バラを育てたい", "花だんの手入れ", "045-000-1234", "花だんの水やり", "夕方がよい"):
        assert words in page


def looks(coordinator: User) -> list[Any]:
    return list(
        AuditEntry.objects.filter(actor=coordinator, action="looked_at").values_list("target", "target_id", "detail")
    )


def test_each_look_is_one_line_and_asking_for_headers_alone_is_none(coordinator: User, hana: Volunteer) -> None:
    client, path = signed_in(coordinator), f"/console/people/{hana.pk}/"
    client.head(path)
    assert looks(coordinator) == []
    for _ in range(2):
        client.get(path)
    client.get(f"{path}profile/")
    about = ("volunteers.volunteer", str(hana.pk))
    assert looks(coordinator) == [
        (*about, {"through": "person"}),
        (*about, {"through": "person"}),
        (*about, {"through": "profile"}),
    ]


@pytest.mark.parametrize("page", ["", "profile/", "pause/"])
def test_people_of_another_area_are_not_there_and_leave_no_line(
    coordinator: User, stranger: Volunteer, page: str
) -> None:
    assert signed_in(coordinator).get(f"/console/people/{stranger.pk}/{page}").status_code == 404
    assert looks(coordinator) == []


def test_a_suggestion_of_somebody_else_is_not_answered_for_this_person(
    coordinator: User, hana: Volunteer, stranger: Volunteer
) -> None:
    other = rows.suggestion(stranger, rows.role())
    path = f"/console/people/{hana.pk}/answer/{other.pk}/"
    assert send(signed_in(coordinator), path, answer="decline").status_code == 404


def test_a_yes_on_behalf_takes_the_place_once_and_names_who_wrote_it(coordinator: User, hana: Volunteer) -> None:
    found = rows.suggestion(hana, rows.role())
    client, path = signed_in(coordinator), f"/console/people/{hana.pk}/answer/{found.pk}/"
    page = said(client.get(path))
    assert "<legend>返事<" in page
    assert "行けます" in page
    for _ in range(2):
        answer = send(client, path, once="one", answer="accept", reason="ひざが痛いが行きたい")
        assert answer.headers["Location"] == f"/console/people/{hana.pk}/"
    assert Placement.objects.get().volunteer == hana
    assert Feedback.objects.get().reason == "ひざが痛いが行きたい"
    entry = AuditEntry.objects.get(action="suggestion.answered")
    assert (entry.actor, entry.detail) == (coordinator, {"answer": "accept"})
    assert "これまでのお返事" in said(client.get(f"/console/people/{hana.pk}/"))


def test_the_profile_is_changed_on_behalf_and_the_trail_does_not_repeat_it(coordinator: User, hana: Volunteer) -> None:
    client, path = signed_in(coordinator), f"/console/people/{hana.pk}/profile/"
    assert "バラを育てたい" in said(client.get(path))
    told: dict[str, Any] = {
        "name": "佐藤はな",
        "born_on_0": "1951",
        "born_on_1": "4",
        "born_on_2": "1",
        "town": hana.town_id,
        "travel_limit_km": "2.0",
        "where": "either",
        "party_size": "2",
        "wish": "ダリアを育てたい",
    }
    assert send(client, path, **told).status_code == 302
    hana.refresh_from_db()
    assert (hana.wish, hana.party_size, hana.user.name) == ("ダリアを育てたい", 2, "佐藤はな")
    entry = AuditEntry.objects.get(action="profile.change")
    assert entry.actor == coordinator
    assert "ダリア" not in "".join(str(one.detail) for one in AuditEntry.objects.all())
    stale = said(send(client, path, **told, seen_at="2026-01-01T00:00:00+00:00"), 409)
    assert "別の画面で" in stale


def test_a_break_on_behalf_and_back(coordinator: User, hana: Volunteer) -> None:
    client, path = signed_in(coordinator), f"/console/people/{hana.pk}/pause/"
    until = timezone.localdate() + dt.timedelta(days=14)
    assert send(client, path, until=until.isoformat()).status_code == 302
    assert "お休み中です" in said(client.get(path))
    assert "もう過ぎています" in said(send(client, path, until="2020-01-01"), 409)
    assert send(client, path, back="1").status_code == 302
    hana.refresh_from_db()
    assert hana.paused_until is None
    assert AuditEntry.objects.filter(action="profile.pause", actor=coordinator).count() == 2


def test_what_fits_now_is_put_before_the_person_at_the_desk(coordinator: User, hana: Volunteer) -> None:
    rows.role(Activity.objects.get(), title="花だんの水やり")
    rows.run_once(NOW)
    client = signed_in(coordinator)
    assert "花だんの水やり" not in said(client.get(f"/console/people/{hana.pk}/"))
    answer = send(client, f"/console/people/{hana.pk}/suggest/")
    assert answer.headers["Location"] == f"/console/people/{hana.pk}/#suggestions"
    assert "古くなっています" in said(client.post(f"/console/people/{hana.pk}/suggest/"), 409)
    assert "花だんの水やり" in said(client.get(f"/console/people/{hana.pk}/"))


def test_a_young_person_with_a_guardians_consent_waits_for_nothing(coordinator: User, hana: Volunteer) -> None:
    young = JuniorFactory(town=hana.town)
    assert "保護者の同意書を待っています" not in said(signed_in(coordinator).get(f"/console/people/{young.pk}/"))
