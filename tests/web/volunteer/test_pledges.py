from __future__ import annotations

from django.test import Client

from organisations.models.need import NeedStatus
from tests.factories import JuniorFactory, NeedFactory, PledgeFactory, RoleFactory, UserFactory, VolunteerFactory
from tests.web.conftest import said, send, signed_in
from volunteers.models import Pledge, Volunteer


def test_a_stranger_signs_in_first_and_who_has_no_profile_is_led_to_one(client: Client) -> None:
    path = f"/my/needs/{NeedFactory().pk}/pledge/"
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
    assert "/start/" in said(signed_in(UserFactory()).get(path))


def test_one_is_told_who_will_know_says_so_and_finds_it_again(member: Client) -> None:
    need = NeedFactory(title="庭の草取り")
    path = f"/my/needs/{need.pk}/pledge/"
    page = said(member.get(path))
    assert need.title in page
    assert f"「{need.desk}」に伝わります" in page
    assert not Pledge.objects.exists()
    assert send(member, path, note="土曜なら行けます")["Location"] == "/my/places/"
    row = Pledge.objects.get()
    assert row.words == "土曜なら行けます"
    page = said(member.get("/my/places/"))
    assert "庭の草取り" in page
    assert "土曜なら行けます" in page
    assert f"/my/pledges/{row.pk}/withdraw/" in page
    assert "もう「力になれます」とお聞きしています" in said(send(member, path), 409)
    assert "長すぎます" in said(send(member, path, note="あ" * 301), 400)


def test_taking_it_back_asks_once_more_and_no_reason(member: Client, volunteer: Volunteer) -> None:
    row = PledgeFactory(volunteer=volunteer)
    path = f"/my/pledges/{row.pk}/withdraw/"
    assert "理由はいりません" in said(member.get(path))
    assert send(member, path)["Location"] == "/my/places/"
    assert row.need.title not in said(member.get("/my/places/"))
    assert member.get(path).status_code == 404
    assert signed_in(VolunteerFactory().user).get(f"/my/pledges/{PledgeFactory().pk}/withdraw/").status_code == 404


def test_what_became_a_role_leads_there(member: Client, volunteer: Volunteer) -> None:
    role = RoleFactory()
    PledgeFactory(volunteer=volunteer, need=NeedFactory(status=NeedStatus.TAKEN_UP, role=role))
    page = said(member.get("/my/places/"))
    assert "活動になりました" in page
    assert f'href="/roles/{role.pk}/"' in page


def test_the_young_without_consent_are_led_to_their_guardian() -> None:
    young = signed_in(JuniorFactory(guardian=None).user)
    path = f"/my/needs/{NeedFactory().pk}/pledge/"
    assert 'href="/my/guardian/"' in said(send(young, path), 409)
