from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, Consent, User
from accounts.models.consent import ConsentKind
from accounts.services import people as accounts
from notifications.models import ContactPoint
from notifications.services import preferences
from organisations.models import Activity, Town
from tests.factories import NOW, UserFactory, VolunteerFactory
from tests.organisations.services.bringing_in.sheets import sheet
from tests.volunteers.services.bringing_in.conftest import TEXTS
from volunteers.models import Volunteer
from volunteers.services.bringing_in import people
from volunteers.services.people import availability

HANAKO = {
    "呼び名": "花子",
    "メールアドレス": "Hanako@yaritai.example",
    "電話": "",
    "生年月日": "昭和35年1月2日",
    "町": "左近山",
    "きまりに同意した日": "2027/2/20",
    "お知らせに同意した日": "2027/2/20",
}
TARO = HANAKO | {"呼び名": "太郎", "メールアドレス": "", "電話": "045-000-0001"}


def planned(coordinator: User, *lines: dict[str, str]):
    return people.plan(table=sheet(*lines), user=coordinator, now=NOW)


def brought(coordinator: User, *lines: dict[str, str]):
    plan = planned(coordinator, *lines)
    assert plan.faults == []
    people.write(fine=plan.fine, now=NOW, actor=coordinator, texts=TEXTS)


def test_a_line_becomes_a_person_with_all_that_it_says(coordinator: User):
    said = {
        "興味のある活動": "花の世話",
        "得意なこと": "写真",
        "やりたいこと": "土いじり",
        "行ける距離(km)": "1.5",
        "月": "午前",
        "ことば": "英語",
    }
    brought(coordinator, HANAKO | said)
    new = Volunteer.objects.select_related("user", "availability").get()
    assert (new.user.name, new.user.email, new.user.language) == ("花子", "hanako@yaritai.example", "en")
    assert (new.born_on, new.town.name, new.wish, new.travel_limit_km) == (
        dt.date(1960, 1, 2),
        "左近山",
        "土いじり",
        1.5,
    )
    assert [one.ja for one in (*new.interests.all(), *new.skills.all())] == ["花の世話", "写真"]
    assert new.availability.weekly == [availability.bits(540, 720), 0, 0, 0, 0, 0, 0]
    assert new.registered_by == coordinator
    assert not new.user.has_usable_password()


def test_the_consents_hold_the_exact_words_the_day_and_who_wrote_them_down(coordinator: User):
    brought(coordinator, HANAKO, TARO | {"お知らせに同意した日": ""})
    terms = Consent.objects.filter(kind=ConsentKind.TERMS)
    assert [(one.text, timezone.localdate(one.given_at), one.recorded_by) for one in terms] == [
        (TEXTS[ConsentKind.TERMS], dt.date(2027, 2, 20), coordinator)
    ] * 2
    assert [one.user.name for one in Consent.objects.filter(kind=ConsentKind.CONTACT)] == ["花子"]


def test_who_has_no_e_mail_is_called(coordinator: User):
    brought(coordinator, TARO)
    user = User.objects.get(name="太郎")
    assert (user.email, ContactPoint.objects.get(user=user).address) == (None, "045-000-0001")
    assert preferences.channels_for([user])[user.pk] == "call_list"


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"呼び名": ""}, "呼び名", "空いています"),
        ({"メールアドレス": "", "電話": ""}, "メールアドレス", "どちらか"),
        ({"メールアドレス": "花子"}, "", "メールアドレスの形"),
        ({"電話": "なし"}, "電話", "電話番号"),
        ({"生年月日": "2030/1/1"}, "", "生年月日"),
        ({"生年月日": "むかし"}, "生年月日", "日付"),
        ({"町": "どこか"}, "町", "見つかりません"),
        ({"行ける距離(km)": "60"}, "", "50km"),
        ({"興味のある活動": "花の世わ"}, "興味のある活動", "「花の世話」のことですか"),
        ({"きまりに同意した日": ""}, "きまりに同意した日", "空いています"),
        ({"お知らせに同意した日": "2027/3/2"}, "お知らせに同意した日", "まだ来ていない"),
        ({"土": "いつでも"}, "土", "午前"),
    ],
)
def test_what_is_wrong_is_said_beside_its_row(coordinator: User, change, column, said):
    (fault,) = planned(coordinator, TARO, HANAKO | change).faults
    assert (fault.row, fault.column) == (3, column)
    assert said in fault.sentence


def test_the_same_person_twice_in_a_table_is_a_fault(coordinator: User):
    plan = planned(
        coordinator, HANAKO, TARO, HANAKO | {"メールアドレス": "HANAKO@yaritai.example"}, TARO | {"電話": "0450000001"}
    )
    assert [(fault.row, fault.sentence[:4]) for fault in plan.faults] == [(4, "2行目と"), (5, "3行目と")]


def test_who_is_registered_already_stays_as_they_are(coordinator: User, home: Town):
    brought(coordinator, HANAKO, TARO)
    plan = planned(coordinator, HANAKO | {"やりたいこと": "別のこと"}, TARO, TARO | {"呼び名": "次郎"})
    assert ([one.number for one in plan.known], [one.number for one in plan.fine]) == ([2, 3], [4])


def test_a_person_who_was_brought_in_is_as_one_who_was_written_down(coordinator: User, home: Town):
    """The bulk way must leave what the services leave, row by row."""
    brought(coordinator, HANAKO)
    by_service = accounts.register(email="other@yaritai.example", name="別", now=NOW, actor=coordinator)
    fields = {"email", "id", "name", "password"}
    new = User.objects.get(name="花子")
    assert {f.name: getattr(new, f.name) for f in User._meta.concrete_fields if f.name not in fields} == {
        f.name: getattr(by_service, f.name) for f in User._meta.concrete_fields if f.name not in fields
    }


def test_each_new_person_has_a_line_in_the_audit_trail_without_a_word_of_theirs(coordinator: User):
    brought(coordinator, HANAKO | {"やりたいこと": "しるし"}, TARO)
    lines = AuditEntry.objects.filter(action="profile.bring_in")
    assert {line.target_id for line in lines} == {str(pk) for pk in Volunteer.objects.values_list("pk", flat=True)}
    assert "しるし" not in str(list(AuditEntry.objects.values()))


def test_what_is_taken_away_can_be_brought_in_again_and_changes_nothing(coordinator: User, home: Town):
    brought(coordinator, HANAKO | {"興味のある活動": "花の世話", "日": "夜", "家からの活動もしたい": "いいえ"}, TARO)
    VolunteerFactory(user=UserFactory(name="遠くの人"))
    names = [column.name for column in people.columns(coordinator)]
    before = [["" if cell is None else str(cell) for cell in row] for row in people.rows(coordinator)]
    again = [dict(zip(names, row, strict=True)) for row in before]
    assert [row["呼び名"] for row in again] == ["花子", "太郎"]
    plan = planned(coordinator, *again)
    assert (plan.fine, len(plan.known), plan.faults) == ([], 2, [])
    User.objects.filter(name__in=["花子", "太郎"]).delete()
    brought(coordinator, *again)
    assert [["" if cell is None else str(cell) for cell in row] for row in people.rows(coordinator)] == before
    assert Activity.objects.get(ja="花の世話").interested.count() == 1
