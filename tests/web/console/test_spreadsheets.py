"""From the file to the rows and back, as a coordinator does it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.models.consent import ConsentKind
from organisations.models import Organisation
from organisations.spreadsheets import read
from tests.factories import NOW, DeskMembershipFactory, TownFactory, VolunteerFactory
from tests.web.conftest import said, send, signed_in
from volunteers.models import Upload, Volunteer
from web.texts import CONTACT_TEXT, TERMS_TEXT

PEOPLE = (
    "呼び名,メールアドレス,生年月日,町,きまりに同意した日,お知らせに同意した日\n"
    "花子,h@yaritai.example,S35.1.2,左近山,2027/2/1,2027/2/1\n"
)
CLUBS = "名前,種類,町\n花の会,NPO法人など,左近山\n"


@pytest.fixture
def coordinator(db: None) -> Any:
    membership = DeskMembershipFactory()
    membership.desk.towns.add(TownFactory(name="左近山"))
    with time_machine.travel(NOW, tick=True):
        yield membership.user


def hand_in(client: Client, kind: str, text: str, once: str | None = None) -> Any:
    file = SimpleUploadedFile("表.csv", text.encode("cp932"))
    return send(client, f"/console/spreadsheets/{kind}/", once, file=file)


def test_a_table_is_handed_in_looked_at_and_brought_in(coordinator: User):
    client = signed_in(coordinator)
    looked = hand_in(client, "organisations", CLUBS)
    page = said(client.get(looked["Location"]))
    assert "花の会" in page
    assert not Organisation.objects.filter(name="花の会").exists()
    done = send(client, looked["Location"])
    assert done["Location"] == "/console/spreadsheets/"
    assert "1行を取り込みました" in said(client.get("/console/spreadsheets/"))
    assert Organisation.objects.filter(name="花の会").exists()


def test_people_come_in_only_with_their_agreement_and_in_the_very_words(coordinator: User):
    client = signed_in(coordinator)
    path = hand_in(client, "volunteers", PEOPLE)["Location"]
    assert str(CONTACT_TEXT) in said(client.get(path))
    assert "同意を確かめてから" in said(send(client, path), 400)
    assert not Volunteer.objects.exists()
    assert send(client, path, is_agreed="on").status_code == 302
    consents = dict(Volunteer.objects.get().user.consents.values_list("kind", "text"))
    assert consents == {ConsentKind.TERMS: str(TERMS_TEXT), ConsentKind.CONTACT: str(CONTACT_TEXT)}


def test_faults_are_shown_by_row_and_nothing_can_be_brought_in(coordinator: User):
    client = signed_in(coordinator)
    path = hand_in(client, "volunteers", PEOPLE + "太郎,,S35.13.1,月面,,\n")["Location"]
    page = said(client.get(path))
    assert "なるまで" not in page
    assert page.count('<th scope="row">3</th>') == 3
    assert "「月面」という町が見つかりません" in page
    assert "取り込む</button>" not in page
    send(client, path, is_agreed="on")
    assert not Volunteer.objects.exists()


@pytest.mark.parametrize("kind", ["volunteers", "organisations", "roles"])
def test_what_is_no_table_is_said_beside_the_file(coordinator: User, kind: str):
    page = said(hand_in(signed_in(coordinator), kind, "a,b\n1,2\n"), 409)
    assert "見出しの行が見つかりません" in page
    assert not Upload.objects.exists()


def test_without_a_file_and_with_an_empty_one_it_says_what_to_do(coordinator: User):
    client = signed_in(coordinator)
    assert "ファイルをえらんでください" in said(send(client, "/console/spreadsheets/roles/"), 400)
    assert "空です" in said(hand_in(client, "roles", ""), 400)


def test_the_same_key_with_another_file_is_not_taken_for_the_first(coordinator: User):
    client = signed_in(coordinator)
    hand_in(client, "organisations", CLUBS, once="k" * 32)
    hand_in(client, "organisations", CLUBS, once="k" * 32)
    assert Upload.objects.count() == 1
    hand_in(client, "organisations", CLUBS.replace("花の会", "海の会"), once="k" * 32)
    (row,) = read.unpacked(bytes(Upload.objects.get().content)).rows
    assert row.cells["名前"] == "花の会"


def test_a_colleague_does_not_see_the_table(coordinator: User):
    path = hand_in(signed_in(coordinator), "organisations", CLUBS)["Location"]
    desk = Upload.objects.get().desk
    colleague = signed_in(DeskMembershipFactory(desk=desk).user)
    assert colleague.get(path).status_code == 404
    assert send(colleague, f"{path}drop/").status_code == 404
    assert Upload.objects.exists()


def test_a_table_can_be_thrown_away(coordinator: User):
    client = signed_in(coordinator)
    path = hand_in(client, "organisations", CLUBS)["Location"]
    assert send(client, f"{path}drop/")["Location"] == "/console/spreadsheets/"
    assert not Upload.objects.exists()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("form", ["xlsx", "csv", "sjis.csv"])
def test_what_is_taken_away_is_a_file_that_can_be_brought_in(coordinator: User, form: str):
    VolunteerFactory(town=TownFactory(name="遠くの町"))
    client = signed_in(coordinator)
    send(client, hand_in(client, "volunteers", PEOPLE)["Location"], is_agreed="on")
    answer = client.get(f"/console/spreadsheets/volunteers/rows.{form}")
    assert answer["Content-Disposition"] == f'attachment; filename="volunteers-rows.{form}"'
    assert "no-store" in answer["Cache-Control"]
    (row,) = read.table(answer.content, wanted=["呼び名"]).rows
    assert (row.cells["呼び名"], row.cells["生年月日"], row.cells["町"]) == ("花子", "1960-01-02", "旭区左近山")
    assert AuditEntry.objects.filter(action="table.taken").count() == 1
    client.head(f"/console/spreadsheets/volunteers/rows.{form}")
    assert AuditEntry.objects.filter(action="table.taken").count() == 1


def test_an_empty_table_holds_the_columns_and_nobody(coordinator: User):
    VolunteerFactory(town=TownFactory(name="左近山北"))
    content = signed_in(coordinator).get("/console/spreadsheets/volunteers/template.xlsx").content
    found = read.table(content, wanted=["呼び名", "町"])
    assert found.rows == ()


@pytest.mark.parametrize("path", ["people/", "roles/rows.pdf", "roles/all.csv", "people/rows.csv"])
def test_other_kinds_and_forms_are_not_there(coordinator: User, path: str):
    assert signed_in(coordinator).get(f"/console/spreadsheets/{path}").status_code == 404
