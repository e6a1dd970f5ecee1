"""Which weights the suggestions are made with: the table's, or a set learnt from people's answers.

Sets are never changed and never deleted, so that one can always go back. However the weights come out, the hard
constraints stay as they are: no weight lets somebody's travel limit or free time go.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from matching.dataset import answers
from matching.dataset.answers import Answers
from matching.engine import learning
from matching.engine.scoring import USUAL, Weights
from matching.models import WeightSet

logger = logging.getLogger(__name__)

# Two numbers that name the lock of whoever learns, among all of the database.
LEARNING = (7_204, 1)
EVERY = dt.timedelta(days=7)
# Older answers were given to other roles, by people with other lives.
LOOKS_BACK = dt.timedelta(days=365)
# In simulations fewer do not tell eight weights from chance.
MIN_ANSWERS = 400
MIN_OF_EACH = 80
MIN_PEOPLE = 50


class TooFewAnswers(DomainError):
    code = "too_few_answers"

    def __init__(self, said: Answers) -> None:
        super().__init__(said)
        self.message = _(
            "学ぶには返事がまだ足りません。%(people)d人から%(answers)d件、少ないほうの返事は%(rarer)d件です。"
        ) % {"people": said.people, "answers": len(said), "rarer": said.of_rarer}


class NotBetter(DomainError):
    code = "not_better"
    message = _("この重みは、もとの重みよりよくなかったため、使えません。")


class Outdated(DomainError):
    code = "outdated"
    message = _("この重みは、今の点の付け方に合わないため、使えません。")


def active() -> WeightSet | None:
    """Return the set in use; None where it is the table."""
    return WeightSet.objects.filter(is_active=True).first()


def current() -> Weights:
    return of(active())


def of(weight_set: WeightSet | None) -> Weights:
    """Return the weights of a set, and the table's for None and for a set from before a signal came or went."""
    if weight_set is None:
        return USUAL
    try:
        return Weights.of(weight_set.values)
    except ValueError:
        logger.warning("weights %s do not fit the signals of this version: the table is used", weight_set)
        return USUAL


@transaction.atomic
def refit(*, now: dt.datetime, actor: User | None = None) -> WeightSet:
    """Learn weights from the answers and write them down with how well they foretell others; nothing uses them yet.

    Raises
    ------
    TooFewAnswers
    """
    said = answers.read(since=now - LOOKS_BACK)
    if len(said) < MIN_ANSWERS or said.of_rarer < MIN_OF_EACH or said.people < MIN_PEOPLE:
        raise TooFewAnswers(said)
    before = active()
    lesson = learning.learn(said.signals, said.accepted, said.person, of(before))
    made = WeightSet.objects.create(
        values=lesson.weights.by_name(),
        made_at=now,
        made_by=actor,
        learnt_from=before,
        answers=len(said),
        people=said.people,
        loss_before=lesson.before,
        loss_after=lesson.after,
        is_better=lesson.is_better,
    )
    audit.record(actor=actor, action="weights.refit", target=made, now=now, is_better=made.is_better)
    return made


def refit_when_due(*, now: dt.datetime) -> WeightSet | None:
    """Learn once a week, and use what is better; return it. Does nothing unless ``WEIGHTS_REFIT`` is on.

    Nor while somebody else does the same. Whether a week has passed is only asked once nobody else can be learning:
    else a second step, from the weights that the first has just brought, would follow at once.
    """
    if not settings.WEIGHTS_REFIT:
        return None
    try:
        with transaction.atomic():
            if not alone() or WeightSet.objects.filter(made_at__gt=now - EVERY).exists():
                return None
            made = refit(now=now)
            if not made.is_better or made.learnt_from != active():
                return None
            use(weight_set=made, now=now)
    except (TooFewAnswers, IntegrityError):  # somebody has switched by hand meanwhile, and that holds
        return None
    return made


def alone() -> bool:
    """Return whether nobody else learns; if so, nobody begins to before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", LEARNING)
        (is_alone,) = cursor.fetchone()
    return bool(is_alone)


@transaction.atomic
def use(*, weight_set: WeightSet, now: dt.datetime, actor: User | None = None) -> None:
    """Make suggestions with *weight_set* from the next run on, an old one too.

    Raises
    ------
    NotBetter, Outdated
    """
    if not weight_set.is_better:
        raise NotBetter
    try:
        Weights.of(weight_set.values)
    except ValueError as unfit:
        raise Outdated from unfit
    _put_away()
    WeightSet.objects.filter(pk=weight_set.pk).update(is_active=True)
    weight_set.is_active = True
    audit.record(actor=actor, action="weights.used", target=weight_set, now=now)


@transaction.atomic
def back_to_usual(*, now: dt.datetime, actor: User | None = None) -> None:
    """Make suggestions with the table's weights from the next run on."""
    for weight_set in _put_away():
        audit.record(actor=actor, action="weights.put_away", target=weight_set, now=now)


def _put_away() -> list[WeightSet]:
    """Take whatever is in use out of use. All sets are locked, in one order, so that two switches follow each other."""
    list(WeightSet.objects.select_for_update().order_by("pk"))
    in_use = list(WeightSet.objects.filter(is_active=True))
    WeightSet.objects.filter(is_active=True).update(is_active=False)
    return in_use
