"""A calendar that an organisation hands in: looked at, then brought in whole or not at all."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from organisations.models import Organisation
from organisations.services import words
from organisations.services.bringing_in import events
from organisations.services.bringing_in.events import EventPlan
from organisations.spreadsheets.read import packed, unpacked
from volunteers.models import Upload
from volunteers.models.upload import UploadKind
from volunteers.services.bringing_in.uploads import HasFaults, NothingNew, finish, lock


@transaction.atomic
def keep(*, organisation: Organisation, name: str, content: bytes, now: dt.datetime, actor: User) -> Upload:
    """Keep what a file says until it is decided on.

    Raises
    ------
    NotACalendar, CalendarTooLarge, TooLarge, NotATable, NoHeader: what cannot be read is not kept
    """
    found = events.table(content, now=now)
    called = words.readable(name[-120:], at_most=120, field=_("ファイルの名前"))
    upload = Upload.objects.create(
        kind=UploadKind.EVENTS, name=called, content=packed(found), by=actor, organisation=organisation, at=now
    )
    audit.record(actor=actor, action="upload.keep", target=upload, now=now, kind=UploadKind.EVENTS)
    return upload


def look(*, upload: Upload, now: dt.datetime) -> EventPlan:
    """Say what bringing in *upload* would do; nothing is written."""
    if upload.organisation is None:
        raise NothingNew
    return events.plan(table=unpacked(bytes(upload.content)), organisation=upload.organisation, now=now)


@transaction.atomic
def bring(*, upload: Upload, now: dt.datetime, actor: User) -> int:
    """Write all drafts that are new or changed, or nothing; say how many. The file is not kept after that.

    Raises
    ------
    AlreadyDone, HasFaults, NothingNew
    """
    locked = lock(upload)
    found = look(upload=locked, now=now)
    if found.faults:
        raise HasFaults
    if not found.fine or locked.organisation is None:
        raise NothingNew
    lines = events.write(found=found, organisation=locked.organisation, now=now, actor=actor)
    finish(locked, lines=lines, now=now, actor=actor)
    return lines
