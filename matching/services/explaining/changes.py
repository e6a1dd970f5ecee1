"""What one change to a role would open up: how many more people could come if one thing about it were otherwise.

Counted are the people whom nothing else shuts out; nobody's travel limit, free time or wish is ever changed. A role
that is not open yet is looked at as if it were.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Value
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching import dataset, explanations
from matching.dataset import changes, one_role
from matching.dataset.changes import Idea, Kind
from matching.engine.fast import FastEngine
from matching.engine.variants import variants
from organisations.models import AccessFeature, Qualification, Role


@dataclass(frozen=True)
class Opened:
    """One change, as a sentence, and how many more people could come."""

    what: str
    more: int


def for_coordinator(*, role: Role, now: dt.datetime) -> list[Opened]:
    """Return what would open the role to more people, the most first. Exact: not for pages outside the console."""
    return worded(tried(role=role, now=now))


def tried(*, role: Role, now: dt.datetime) -> dict[Idea, int]:
    """Return for every idea how many more people could come with it, below 0 where it loses some."""
    days = dataset.days_from(now)
    around = one_role.near(role)
    problem, slot_ids = one_role.read(role=role, volunteer_ids=around, days=days, now=now, with_past=False)
    problem = replace(problem, roles=replace(problem.roles, is_approved=np.ones(1, dtype=np.bool_)))
    ideas = changes.of(role=role, problem=problem, slot_ids=slot_ids, days=days, now=now)
    could_come = FastEngine(variants(problem, list(ideas.values()))).tally().could_come
    return dict(zip(ideas, (could_come[1:] - could_come[0]).tolist(), strict=True))


def worded(more: dict[Idea, int]) -> list[Opened]:
    """Return what wins people, the most first, in the language that is switched on."""
    opened = sorted(((count, idea) for idea, count in more.items() if count > 0), key=lambda pair: -pair[0])
    words = in_words(idea for _count, idea in opened)
    return [Opened(words[idea], count) for count, idea in opened if idea in words]


def in_words(ideas: Iterable[Idea]) -> dict[Idea, str]:
    """Return each of *ideas* as a sentence, with one query at most; none for what the vocabulary no longer has."""
    wanted = set(ideas)
    first, *others = (
        model._default_manager.order_by()
        .filter(pk__in=[one.value for one in wanted if one.kind == kind])
        .values_list(Value(kind.value), "pk", "ja", "en")
        for kind, model in _NAMED.items()
    )
    names = {(Kind(kind), id_): _NAMED[Kind(kind)](ja=ja, en=en).label for kind, id_, ja, en in first.union(*others)}
    said = {idea: _WORDS[idea.kind](idea.value) for idea in wanted if idea.kind in _WORDS}
    named = {idea: names.get((idea.kind, idea.value)) for idea in wanted if idea.kind in _NAMED}
    return said | {idea: _about(idea.kind, name) for idea, name in named.items() if name is not None}


def _place(more: int) -> str:
    return ngettext("1回の人数を%(more)d人ふやす", "1回の人数を%(more)d人ふやす", more) % {"more": more}


def _about(kind: Kind, name: str) -> str:
    if kind == Kind.QUALIFICATION:
        return _("「%(name)s」の資格がなくても参加できるようにする") % {"name": name}
    return _("「%(name)s」にあたるか確かめて、あたれば書きそえる") % {"name": name}


# What is called by a word of the vocabulary.
_NAMED: dict[Kind, type[Qualification] | type[AccessFeature]] = {
    Kind.QUALIFICATION: Qualification,
    Kind.ACCESS: AccessFeature,
}
_WORDS: dict[Kind, Callable[[int], str]] = {
    Kind.EARLIER: lambda minutes: _("%(length)s早く始める") % {"length": explanations.length(minutes)},
    Kind.LATER: lambda minutes: _("%(length)s遅く始める") % {"length": explanations.length(minutes)},
    Kind.WEEKDAY: lambda day: _("同じ時間のまま、%(weekday)sにする") % {"weekday": WEEKDAYS[day]},
    Kind.PIECES: lambda minutes: (
        _("「このうち%(length)sだけ」でもよいことにする") % {"length": explanations.length(minutes)}
    ),
    Kind.PLACE: _place,
    Kind.GROUPS: lambda _nothing: _("グループでの参加も受け付ける"),
    Kind.MIN_AGE: lambda age: _("「%(age)d歳から」という決まりをなくす") % {"age": age},
    Kind.MAX_AGE: lambda age: _("「%(age)d歳まで」という決まりをなくす") % {"age": age},
    Kind.GUARDIAN: lambda _nothing: _("保護者の同意を、16歳未満の方だけにする"),
}
