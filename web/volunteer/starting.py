"""What somebody answered before they have an account: kept in their own session for two hours, and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

KEY = "start"
KEPT_FOR = dt.timedelta(hours=2)
LONGEST = 2_000
MOST = 500


def keep(session: SessionBase, step: str, sent: QueryDict, fields: Iterable[str]) -> None:
    """Keep what was *sent* for the *fields* of one step; a date comes in parts, ``born_on_0`` and so on."""
    names = set(fields)
    answers = {
        name: [value for value in values if len(value) <= LONGEST][:MOST]
        for name, values in sent.lists()
        if name in names or name.rpartition("_")[0] in names
    }
    session[KEY] = {**_kept(session), step: answers, "at": timezone.now().isoformat()}
    session.set_expiry(KEPT_FOR)


def note(session: SessionBase, name: str, value: Any) -> None:
    """Keep something beside the answers: where to go afterwards, the words that were agreed to."""
    session[KEY] = {**_kept(session), name: value, "at": timezone.now().isoformat()}


def noted(session: SessionBase, name: str) -> Any:
    return _kept(session).get(name)


def answered(session: SessionBase, step: str) -> MultiValueDict[str, str] | None:
    """The answers of one step, as a form takes them; None where it was not answered, or too long ago."""
    found = _kept(session).get(step)
    return None if found is None else MultiValueDict(found)


def as_initial(answers: MultiValueDict[str, str] | None, form: type[forms.Form]) -> dict[str, Any]:
    """The answers as they stand in the form again, without saying what is still missing."""
    if answers is None:
        return {}
    empty: MultiValueDict[str, Any] = MultiValueDict()
    fields = form.base_fields
    return {name: field.widget.value_from_datadict(answers, empty, name) for name, field in fields.items()}


def forget(session: SessionBase) -> None:
    """From here on the session lasts as everybody's does."""
    if session.pop(KEY, None) is not None:
        session.set_expiry(None)


def _kept(session: SessionBase) -> dict[str, Any]:
    kept = session.get(KEY)
    if kept is None or timezone.now() - dt.datetime.fromisoformat(kept["at"]) > KEPT_FOR:
        return {}
    return dict(kept)
