"""Answering a suggestion for somebody who says on the telephone what they would like."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.errors import DomainError
from matching.models import Answer, Feedback, Suggestion, SuggestionStatus
from matching.services.answering import suggestions
from notifications.models import Notification
from notifications.models.call import Outcome
from notifications.services import calls


class NotOnThisLine(DomainError):
    code = "suggestion_not_on_this_line"
    message = _("この電話のおすすめではありません。画面を開きなおしてください。")


def on_line(line: Notification) -> QuerySet[Any]:
    """Return the suggestions that a line of the call list is about, each with the ``answer`` in force, None without."""
    wishes = [line.about["feedback"]] if "feedback" in line.about else []
    about = Q(pk__in=line.about.get("suggestions", [])) | Q(feedback__in=wishes)
    in_force = Feedback.objects.filter(suggestion=OuterRef("pk"), undone_at=None).values("answer")[:1]
    rows = Suggestion.objects.filter(about, volunteer__user=line.user_id).annotate(answer=Subquery(in_force))
    whole = ("role__organisation", "role__venue__town", "slot", "volunteer__user", "volunteer__town")
    return rows.select_related(*whole).order_by("rank", "pk").distinct()


def waiting(line: Notification) -> QuerySet[Any]:
    """Return those that still wait for a yes or a no: with "call me" the person has only asked for this call."""
    asks = Q(status__in=[SuggestionStatus.PLANNED, SuggestionStatus.SENT, SuggestionStatus.SEEN])
    return on_line(line).filter(asks | Q(answer=Answer.CALL))


@transaction.atomic
def answer(*, line: Notification, suggestion_id: int, answer: str, now: dt.datetime, actor: User) -> Feedback:
    """Take the answer that *actor* was told on the telephone; after the last one the line is done.

    Raises
    ------
    NotOnThisLine, and what ``suggestions.answer`` raises
    """
    found = on_line(line).filter(pk=suggestion_id).first()
    if found is None:
        raise NotOnThisLine
    if found.answer == Answer.CALL != answer:
        suggestions.undo(suggestion=found, now=now, actor=actor)
    feedback = suggestions.answer(suggestion=found, answer=answer, now=now, actor=actor)
    if calls.is_open(line) and not waiting(line).exists():
        calls.note(line=line, outcome=Outcome.REACHED, now=now, actor=actor)
    return feedback
