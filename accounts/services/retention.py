"""How long what is kept: each room names its own rows, a nightly task removes what is older."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, IdempotencyKey

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows that go after a while.

    Parameters
    ----------
    what : as it is named to the people whom it is about.
    keeps : how long it is kept, after the moment that ``rows`` looks at.
    rows : returns all that is older than a moment.
    end : what is done to each of them, where that is more than to delete it. It is not among the rows any more then.
    """

    what: str | Promise
    keeps: dt.timedelta
    rows: Callable[[dt.datetime], QuerySet[Any]]
    end: Callable[[Any, dt.datetime], object] | None = None

    @property
    def years(self) -> int | None:
        """How many years that is, where it is whole years."""
        years, rest = divmod(self.keeps.days, 365)
        return years if years and not rest else None


RULES = (
    Rule(
        _("くり返し送られたかを確かめる記録"),
        dt.timedelta(days=2),
        lambda before: IdempotencyKey.objects.filter(created_at__lt=before),
    ),
    Rule(
        _("サインインしていること"),
        dt.timedelta(0),
        lambda before: Session.objects.filter(expire_date__lt=before),
    ),
    Rule(
        _("退会した方の、同意の文面と日時"),
        dt.timedelta(days=5 * 365),
        lambda before: Consent.objects.filter(user__closed_at__lt=before),
    ),
)


def forget(rules: Iterable[Rule], *, now: dt.datetime) -> int:
    """Remove what is older than the rules say; returns how many rows went. Whoever stops halfway goes on next time."""
    return sum(_forget_some(rule, now - rule.keeps) if rule.end is None else _end_some(rule, now) for rule in rules)


def _end_some(rule: Rule, now: dt.datetime) -> int:
    """One at a time, each in a transaction of its own."""
    over = list(rule.rows(now - rule.keeps).order_by("pk")[:AT_ONCE])
    for row in over:
        if rule.end is not None:
            rule.end(row, now)
    return len(over)


def _forget_some(rule: Rule, before: dt.datetime) -> int:
    """Remove some thousand at a time, so that no lock is held for long."""
    gone = 0
    while some := list(rule.rows(before).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            # Asked once more: what has been used again since is not old any more.
            removed, by_model = rule.rows(before).filter(pk__in=some).delete()
        gone += by_model.get(rule.rows(before).model._meta.label, 0)
        if not removed:
            break
    return gone
