from __future__ import annotations

from accounts.models import AuditEntry
from tests.factories import DeskMembershipFactory, PlacementFactory, SlotFactory, VolunteerFactory, at
from tests.matching import rows
from tests.web.conftest import said, signed_in


def test_the_sheet_says_what_is_suggested_why_what_is_coming_and_whom_to_ring() -> None:
    likes = rows.gardening()
    who = rows.person(likes, name="佐藤ハナ")
    role = rows.role(likes, title="花だんの水やり")
    PlacementFactory(volunteer=who, slot=SlotFactory(role=rows.role(title="本の読み聞かせ"), starts_at=at(4, 14)))
    member = DeskMembershipFactory(desk__towns=[who.town], desk__organisation__phone="045-000-9999")
    parts = {"interest": 0.9}
    rows.suggestion(who, role, parts=parts, weights=dict.fromkeys(parts, 1.0))
    page = said(signed_in(member.user).get(f"/console/people/{who.pk}/sheet/"))
    for words in ("佐藤ハナさんへのお知らせ", "花だんの水やり", "本の読み聞かせ", "045-000-9999", "おすすめの理由"):
        assert words in page
    assert [entry.detail for entry in AuditEntry.objects.filter(action="looked_at")] == [{"through": "sheet"}]


def test_the_sheet_of_somebody_with_nothing_still_says_whom_to_ring() -> None:
    who = VolunteerFactory()
    member = DeskMembershipFactory(desk__towns=[who.town], desk__organisation__phone="045-000-9999")
    page = said(signed_in(member.user).get(f"/console/people/{who.pk}/sheet/"))
    assert "いまは、おすすめがありません" in page
    assert "045-000-9999" in page
