from __future__ import annotations

from accounts.services import audit
from tests.factories import NOW, DeskMembershipFactory, UserFactory, VolunteerFactory
from tests.web.conftest import said, signed_in
from volunteers.services.people import profiles


def test_one_reads_who_looked_oneself_too_and_who_did_what() -> None:
    who = VolunteerFactory(user__name="佐藤ハナ")
    me, gone = (DeskMembershipFactory(desk__towns=[who.town]).user for _ in range(2))
    colleague = UserFactory(name="同僚の田中")
    audit.looked_at(actor=gone, target=who, now=NOW, through="sheet")
    gone.delete()
    audit.looked_at(actor=colleague, target=who, now=NOW, through="call_line")
    profiles.change(volunteer=who, now=NOW, actor=who.user, wish="ひみつの願い")
    audit.record(actor=None, action="something.else", target=who, now=NOW)
    client = signed_in(me)
    client.get(f"/console/people/{who.pk}/")
    page = said(client.get(f"/console/people/{who.pk}/trail/"))
    for words in ("同僚の田中", "電話で伝えること", "もういない方", "印刷する紙", "ご本人", "あなた", "しくみが自動で"):
        assert words in page
    assert "ひみつの願い" not in page


def test_the_trail_of_another_area_is_not_there() -> None:
    me = DeskMembershipFactory().user
    assert signed_in(me).get(f"/console/people/{VolunteerFactory().pk}/trail/").status_code == 404
