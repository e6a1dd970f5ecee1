from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.models.user import EASY
from tests.factories import (
    AttendanceFactory,
    JuniorFactory,
    PlacementFactory,
    SlotFactory,
    ThanksFactory,
    UserFactory,
    at,
)
from tests.web.conftest import BACKEND, said, signed_in
from volunteers.models import Attendance, Volunteer

PAGE = "/my/record/"
PDF = "/my/record/certificate.pdf"


def attended(volunteer: Volunteer, title: str, days: int, **row: object) -> Attendance:
    placement = PlacementFactory(volunteer=volunteer, slot=SlotFactory(role__title=title, starts_at=at(days, 9)))
    made: Attendance = AttendanceFactory(placement=placement, **row)
    return made


def test_hours_and_times_by_year(member: Client, volunteer: Volunteer) -> None:
    attended(volunteer, "今年の会", -3, minutes=90)
    attended(volunteer, "今年の会", -9, minutes=45)
    attended(volunteer, "去年の会", -90, minutes=60)
    page = said(member.get(PAGE))
    assert "<strong>3回</strong>、あわせて<strong>3時間15分</strong>" in page
    assert "2回、2時間15分" in page
    assert "去年の会" not in page
    page = said(member.get(f"{PAGE}?year=2026"))
    assert "去年の会" in page
    assert "1回、1時間" in page


def test_what_is_not_recorded_is_said_plainly(member: Client, volunteer: Volunteer) -> None:
    PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(-3, 9)))
    attended(volunteer, "行けなかった会", -4, came=False, minutes=0)
    page = said(member.get(PAGE))
    assert "団体がまだ記録していません" in page
    assert "お休みと記録されています" in page
    assert "<strong>0回</strong>" in page
    assert "参加証明書を受け取る" not in page
    assert member.post(PDF, {"year": "2027"})["Location"] == PAGE


def test_a_certificate_is_of_one_person_and_says_so_where_others_came_along(
    member: Client, volunteer: Volunteer
) -> None:
    attended(volunteer, "ひとりの会", -90, minutes=60)
    attended(volunteer, "家族の会", -3, minutes=90, people=3)
    only, whole = "いっしょに来た方の時間は入りません", "1時間30分"
    page = said(member.get(PAGE))
    assert only in page
    assert f"1回、{whole}" in page
    assert only not in said(member.get(f"{PAGE}?year=2026"))
    printed = {}
    for year in (2026, 2027):
        file = member.post(PDF, {"year": year, "name": "はな"})
        text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(file.content)).pages)
        printed[year] = text.replace("\n", "")
    assert whole in printed[2027]
    assert "ご本人の分だけです" in printed[2027]
    assert "ご本人の分だけです" not in printed[2026]


def test_thanks_are_shown_and_for_the_young_the_desk_tells_them(member: Client, volunteer: Volunteer) -> None:
    ThanksFactory(placement=attended(volunteer, "花の会", -3).placement, text="花が <元気> です")
    assert "花が &lt;元気&gt; です" in said(member.get(PAGE))
    junior = JuniorFactory()
    ThanksFactory(placement=attended(junior, "花の会", -3).placement, text="直接のことば")
    page = said(signed_in(junior.user).get(PAGE))
    assert "直接のことば" not in page
    assert "相談窓口からお伝えします" in page


def test_nothing_yet_leads_on(member: Client) -> None:
    page = said(member.get(PAGE))
    assert "まだ、参加の記録はありません" in page
    assert "/my/suggestions/" in page


def test_the_certificate_holds_the_name_as_wished_and_nothing_of_others(member: Client, volunteer: Volunteer) -> None:
    attended(volunteer, "駅前の花だん", -3, minutes=90)
    attended(volunteer, "去年の会", -90)
    attended(JuniorFactory(), "よその会", -3)
    before = Attendance.objects.count()
    member.cookies["django_language"] = EASY  # whom it is shown to, reads Japanese
    answer = member.post(PDF, {"year": "2027", "name": "髙橋 花子"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    for expected in ("髙橋 花子 様", "駅前の花だん", "1時間30分", "1回", "2月26日", "2027年3月1日"):
        assert expected in text
    assert "参加したことを伝える紙" not in text
    assert "去年の会" not in text
    assert "よその会" not in text
    volunteer.user.refresh_from_db()
    assert volunteer.user.name != "髙橋 花子"
    assert Attendance.objects.count() == before


def test_the_name_stands_in_no_address(member: Client, volunteer: Volunteer) -> None:
    attended(volunteer, "駅前の花だん", -3)
    [form] = re.findall(r"<form[^>]*certificate.pdf.*?</form>", said(member.get(PAGE)), re.DOTALL)
    assert 'method="post"' in form
    assert "csrfmiddlewaretoken" in form
    assert member.get(PDF, {"year": "2027", "name": "髙橋 花子"}).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(volunteer.user, backend=BACKEND)
    assert strict.post(PDF, {"year": "2027", "name": "髙橋 花子"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "status", "says"), [("", 400, "ここを書いて"), ("𠮷野", 409, "この書類では表せません")]
)
def test_a_name_that_cannot_be_printed_is_asked_again(
    member: Client, volunteer: Volunteer, name: str, status: int, says: str
) -> None:
    attended(volunteer, "駅前の花だん", -3)
    page = said(member.post(PDF, {"year": "2027", "name": name}), status)
    assert says in page
    assert "参加証明書を受け取る" in page


@pytest.mark.parametrize("year", ["", "x", "1999", "２０２７", "20270"])
def test_a_year_that_is_none_is_not_there(member: Client, year: str) -> None:
    assert member.get(PAGE, {"year": year}).status_code == 404
    assert member.post(PDF, {"year": year}).status_code == 404


def test_who_has_no_profile_has_no_record() -> None:
    assert signed_in(UserFactory()).get(PAGE).status_code == 404
