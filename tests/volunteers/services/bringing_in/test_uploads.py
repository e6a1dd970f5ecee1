from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import AuditEntry, User
from accounts.services.retention import forget
from organisations.models import DeskMembership, Town
from organisations.spreadsheets import read, write
from tests.factories import NOW
from tests.together import together
from tests.volunteers.services.bringing_in.conftest import TEXTS
from tests.volunteers.services.bringing_in.test_people import HANAKO, TARO
from volunteers.models import Upload
from volunteers.models.upload import UploadKind
from volunteers.services.bringing_in import kinds, uploads
from volunteers.services.retention import RULES


def keep(coordinator: User, *lines: dict[str, str]) -> Upload:
    names = kinds.names(UploadKind.VOLUNTEERS, coordinator)
    content = write.xlsx("名簿", names, [[line.get(name, "") for name in names] for line in lines])
    desk = DeskMembership.objects.get(user=coordinator).desk
    return uploads.keep(
        kind=UploadKind.VOLUNTEERS, name="名簿.xlsx", content=content, desk=desk, now=NOW, actor=coordinator
    )


def counts() -> dict[str, int]:
    beside = {"volunteers.upload", "accounts.auditentry"}
    return {
        model._meta.label_lower: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label_lower not in beside
    }


def bring(upload: Upload) -> int:
    return uploads.bring(upload=upload, now=NOW, actor=upload.by, texts=TEXTS)


def test_looking_writes_nothing_and_bringing_writes_all(coordinator: User):
    before = counts()
    upload = keep(coordinator, HANAKO, TARO)
    assert len(uploads.look(upload=upload, now=NOW).fine) == 2
    assert counts() == before
    assert bring(upload) == 2
    assert counts()["volunteers.volunteer"] == before["volunteers.volunteer"] + 2


def test_one_fault_in_the_last_line_and_nothing_is_written(coordinator: User):
    people = [TARO | {"呼び名": f"太郎{n}"} for n in range(30)]
    upload = keep(coordinator, *people, HANAKO | {"町": "どこか"})
    before = counts()
    with pytest.raises(uploads.HasFaults):
        bring(upload)
    assert counts() == before


def test_a_crash_halfway_leaves_nothing(coordinator: User):
    upload = keep(coordinator, HANAKO, TARO)
    before = counts()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notifications_contactpoint ADD CONSTRAINT no_phone CHECK (channel <> 'call_list')")
    with pytest.raises(uploads.ChangedMeanwhile):
        bring(upload)
    assert counts() == before


def test_a_table_is_brought_in_once_and_its_file_is_gone(coordinator: User):
    upload = keep(coordinator, HANAKO)
    bring(upload)
    assert bytes(Upload.objects.get().content) == b""
    with pytest.raises(uploads.AlreadyDone):
        bring(upload)


def test_the_same_file_again_has_nothing_new(coordinator: User):
    bring(keep(coordinator, HANAKO))
    with pytest.raises(uploads.NothingNew):
        bring(keep(coordinator, HANAKO))


def test_what_cannot_be_read_is_not_kept(coordinator: User):
    desk = DeskMembership.objects.get(user=coordinator).desk
    with pytest.raises(read.NotATable):
        uploads.keep(kind=UploadKind.ROLES, name="x", content=b"\0", desk=desk, now=NOW, actor=coordinator)
    assert not Upload.objects.exists()


def test_a_file_that_is_not_decided_on_is_gone_after_a_day(coordinator: User):
    upload = keep(coordinator, HANAKO)
    forget(RULES, now=NOW + dt.timedelta(hours=23))
    assert Upload.objects.filter(pk=upload.pk).exists()
    forget(RULES, now=NOW + dt.timedelta(hours=25))
    assert not Upload.objects.exists()


def test_dropping_forgets_it_at_once(coordinator: User):
    uploads.drop(upload=keep(coordinator, HANAKO), now=NOW, actor=coordinator)
    assert not Upload.objects.exists()


def test_who_takes_a_table_away_is_written_down(coordinator: User):
    bring(keep(coordinator, HANAKO, TARO))
    assert len(list(uploads.table(kind=UploadKind.VOLUNTEERS, user=coordinator, now=NOW))) == 2
    line = AuditEntry.objects.get(action="table.taken")
    assert (line.actor, line.detail) == (coordinator, {"kind": "volunteers", "lines": 2})


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_of_table_names_as_many_columns_as_its_rows_have(coordinator: User, home: Town, kind: str):
    names = kinds.names(kind, coordinator)
    assert len(set(names)) == len(names)
    bring(keep(coordinator, HANAKO))
    assert {len(row) for row in uploads.table(kind=kind, user=coordinator, now=NOW)} <= {len(names)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("person", [HANAKO, TARO])
def test_two_who_bring_in_the_same_people_at_once_write_them_once(coordinator: User, person: dict[str, str]):
    both = [keep(coordinator, person), keep(coordinator, person)]
    said = together(2, lambda number: bring(both[number]))
    assert sorted(type(one).__name__ for one in said) == ["NothingNew", "int"]
    assert User.objects.filter(name=person["呼び名"]).count() == 1
