"""From the file that somebody hands in to rows, with a look in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import SupportDesk
from organisations.services import words
from organisations.services.bringing_in.columns import Plan
from organisations.services.hosts.organisations import NameTaken
from organisations.spreadsheets.read import packed, unpacked
from organisations.spreadsheets.write import Cell
from volunteers.models import Upload
from volunteers.services.bringing_in import kinds

KEPT_FOR = dt.timedelta(hours=24)
# Two numbers that name the lock of this module among all of the database.
BRINGING_IN = (7_205, 1)


class AlreadyDone(DomainError):
    code = "upload_already_done"
    message = _("この表は、もう取り込まれています。")


class HasFaults(DomainError):
    code = "upload_has_faults"
    message = _("直していただきたい行があるため、まだ何も取り込んでいません。表を直して、もう一度お出しください。")


class NothingNew(DomainError):
    code = "upload_has_nothing_new"
    message = _("新しい行がありません。表の行は、もうすべて登録されています。")


class ChangedMeanwhile(DomainError):
    code = "upload_changed_meanwhile"
    message = _("たったいま、ほかの方が同じ内容を登録しました。まだ何も取り込んでいません。もう一度確かめてください。")


@transaction.atomic
def keep(*, kind: str, name: str, content: bytes, desk: SupportDesk, now: dt.datetime, actor: User) -> Upload:
    """Keep the table of a file until it is decided on.

    Raises
    ------
    TooLarge, NotATable, NoHeader: what cannot be read is not kept
    """
    found = kinds.read(kind=kind, content=content, user=actor)
    called = words.readable(name[-120:], at_most=120, field=_("ファイルの名前"))
    upload = Upload.objects.create(kind=kind, name=called, content=packed(found), by=actor, desk=desk, at=now)
    audit.record(actor=actor, action="upload.keep", target=upload, now=now, kind=kind)
    return upload


def look(*, upload: Upload, now: dt.datetime) -> Plan:
    """Say what bringing in *upload* would do; nothing is written."""
    return kinds.KINDS[upload.kind].plan(unpacked(bytes(upload.content)), upload.by, now)


@transaction.atomic
def bring(*, upload: Upload, now: dt.datetime, actor: User, texts: Mapping[str, str]) -> int:
    """Write all that is new in *upload*, or nothing; say how many lines. The file is not kept after that.

    Raises
    ------
    AlreadyDone, HasFaults, NothingNew, ChangedMeanwhile
    """
    locked = lock(upload)
    found = look(upload=locked, now=now)
    if found.faults:
        raise HasFaults
    if not found.fine:
        raise NothingNew
    try:
        with transaction.atomic():
            kinds.KINDS[locked.kind].write(found.fine, now, actor, texts)
    except (IntegrityError, NameTaken) as error:
        raise ChangedMeanwhile from error
    finish(locked, lines=len(found.fine), now=now, actor=actor)
    return len(found.fine)


def lock(upload: Upload) -> Upload:
    """Return the row, held until the transaction ends, and let no other table in meanwhile.

    Two tables at once may name the same people, and who has no e-mail address is known by no constraint.

    Raises
    ------
    AlreadyDone
    """
    locked = Upload.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=upload.pk)
    if locked.done_at is not None:
        raise AlreadyDone
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", BRINGING_IN)
    return locked


def finish(locked: Upload, *, lines: int, now: dt.datetime, actor: User) -> None:
    """Forget the file of what was brought in."""
    locked.content, locked.done_at = b"", now
    locked.save(update_fields=["content", "done_at"])
    audit.record(actor=actor, action="upload.bring", target=locked, now=now, lines=lines)


@transaction.atomic
def drop(*, upload: Upload, now: dt.datetime, actor: User) -> None:
    """Forget a file that is not wanted after all."""
    audit.record(actor=actor, action="upload.drop", target=upload, now=now)
    upload.delete()


@transaction.atomic
def table(*, kind: str, user: User, now: dt.datetime) -> Iterable[list[Cell]]:
    """Return what there is in the area of *user*, by the columns that are read; who took it away is written down."""
    rows = list(kinds.KINDS[kind].rows(user, now))
    audit.record(actor=user, action="table.taken", target=user, now=now, kind=kind, lines=len(rows))
    return rows
