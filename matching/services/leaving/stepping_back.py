"""Stepping back from a place or a question: a yes to a suggestion is taken back with it, and can be said again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from matching.models import Answer, Feedback
from matching.services.answering import suggestions
from volunteers.models import Application, Placement
from volunteers.services.taking_part import applications, placements


@transaction.atomic
def cancel(*, placement: Placement, now: dt.datetime, actor: User | None) -> Placement:
    """Give a place back.

    Raises
    ------
    What ``placements.cancel`` raises
    """
    ended = placements.cancel(placement=placement, now=now, actor=actor)
    _take_back_yes(ended, now, actor)
    return ended


@transaction.atomic
def withdraw(*, application: Application, now: dt.datetime, actor: User | None) -> Application:
    """Take a question back.

    Raises
    ------
    What ``applications.withdraw`` raises
    """
    ended = applications.withdraw(application=application, now=now, actor=actor)
    _take_back_yes(ended, now, actor)
    return ended


def _take_back_yes(ended: Placement | Application, now: dt.datetime, actor: User | None) -> None:
    """The person is locked since the place or the question ended."""
    said = Feedback.objects.filter(
        answer=Answer.ACCEPT,
        undone_at=None,
        suggestion__volunteer_id=ended.volunteer_id,
        suggestion__slot_id=ended.slot_id,
    )
    for feedback in said.select_related("suggestion"):
        suggestions.take_back(feedback, now, actor)
