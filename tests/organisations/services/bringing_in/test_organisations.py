from __future__ import annotations

from accounts.models import User
from organisations.models import Organisation, Town
from organisations.models.organisation import Approval
from organisations.services.bringing_in import organisations
from tests.factories import NOW, OrganisationFactory, TownFactory
from tests.organisations.services.bringing_in.sheets import sheet

GARDEN = {
    "名前": "花とみどりの会",
    "よみ": "はなとみどりのかい",
    "種類": "地域の団体・グループ",
    "町": "旭区鶴ケ峰本町1丁目",
}


def faults(plan):
    return [(fault.row, fault.column) for fault in plan.faults]


def test_what_is_fine_is_registered_and_waits_for_approval(coordinator: User):
    plan = organisations.plan(table=sheet(GARDEN), user=coordinator)
    assert (len(plan.fine), plan.known, plan.faults) == (1, [], [])
    organisations.write(fine=plan.fine, now=NOW, actor=coordinator)
    new = Organisation.objects.get(name="花とみどりの会")
    assert (new.approval, new.kana, new.town.name) == (Approval.WAITING, "はなとみどりのかい", "鶴ケ峰本町1丁目")


def test_the_town_is_known_by_each_of_its_spellings_and_only_in_the_own_area(coordinator: User):
    TownFactory(name="白根1丁目")
    spelt = [
        {**GARDEN, "名前": f"会{n}", "町": town}
        for n, town in enumerate(["鶴ヶ峰本町1丁目", "鶴が峰本町１丁目", "横浜市旭区鶴ケ峰本町1丁目"])
    ]
    plan = organisations.plan(
        table=sheet(*spelt, {**GARDEN, "町": "白根1丁目"}, {**GARDEN, "町": "どこか"}), user=coordinator
    )
    assert len(plan.fine) == 3
    assert [(fault.row, fault.sentence) for fault in plan.faults] == [
        (5, "この町は、受け持ちの地域の外です。"),
        (6, "「どこか」という町が見つかりません。町丁目の名前で書いてください。"),
    ]


def test_each_fault_names_its_row_and_column(coordinator: User):
    wrong = {"名前": "", "種類": "会社", "町": "鶴ケ峰本町1丁目", "メール": "あ", "ホームページ": "yaritai"}
    plan = organisations.plan(table=sheet(GARDEN, wrong, GARDEN), user=coordinator)
    assert {column for row, column in faults(plan) if row == 3} == {"名前", "種類", "メール", "ホームページ"}
    assert (4, "名前") in faults(plan)


def test_who_is_there_already_stays_as_it_is(coordinator: User, home: Town):
    OrganisationFactory(name="花とみどりの会", town=home, about="むかしから")
    plan = organisations.plan(table=sheet(GARDEN), user=coordinator)
    assert (plan.fine, len(plan.known)) == ([], 1)


def test_what_is_taken_away_can_be_brought_in_again_and_changes_nothing(coordinator: User, home: Town):
    own = OrganisationFactory(town=home, about="花だんの世話\n毎週", phone="045-000-0000", email="a@b.example")
    elsewhere = OrganisationFactory()
    names = [column.name for column in organisations.columns(coordinator)]
    before = [list(map(str, row)) for row in organisations.rows(coordinator)]
    assert {own.name} <= {row[0] for row in before}
    assert elsewhere.name not in {row[0] for row in before}
    again = sheet(*(dict(zip(names, row, strict=True)) for row in before))
    plan = organisations.plan(table=again, user=coordinator)
    assert (plan.fine, len(plan.known), plan.faults) == ([], len(before), [])
    own.delete()
    plan = organisations.plan(table=again, user=coordinator)
    organisations.write(fine=plan.fine, now=NOW, actor=coordinator)
    assert [list(map(str, row)) for row in organisations.rows(coordinator)] == before
