"""What became of a run: how far it came, how it shared people out, and which roles it could not help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching import reports
from matching.models import RolePrice, Run
from matching.reports import UnderServed
from matching.services.explaining import best_changes
from matching.services.explaining.changes import Opened
from matching.services.listing import weights
from matching.services.running import runs
from matching.services.running.runs import Progress
from organisations.models import Role

# The highest and the lowest prices, so many of each.
PRICES = 10
BLOCKED = 30

_NOBODY_NOW = _("いま、届けられる方がいません")
# Why a role is shown to no more people, by what the sharing calls it.
_WHY: dict[str, Promise] = {
    "few_fit": _("合う方みんなにとどけています"),
    "few_places": _("空いている人数に見合うだけ、とどけています"),
    "asks_used_up": _("合う方には、いまはこれ以上とどけられません"),
    "no_swap": _("ほかの募集を減らさずには、ふやせません"),
}

# What is noted of a run, as people read it.
_NAMES: dict[str, Promise] = {
    # what a score is made of
    "interest": _("好きなこと"),
    "wish": _("やりたいことのことば"),
    "skill": _("得意なこと"),
    "distance": _("近さ"),
    "time_fit": _("時間の合いかた"),
    "history": _("これまでの参加"),
    "urgency": _("急ぎかた"),
    "novelty": _("新しさ"),
    # who and what was shared out
    "people": _("参加者の人数"),
    "asked": _("今回おすすめできる人数"),
    "candidates": _("合う組み合わせの数"),
    "reserves": _("ひかえの組み合わせの数"),
    "roles": _("人をさがしている募集の数"),
    "floor": _("少なくともとどけたい人数"),
    "could_be_served": _("だれかにとどけられる募集の数"),
    "could_reach": _("その人数にとどけられる募集の数"),
    # round by round
    "below": _("下限にとどかない募集の数"),
    "overload": _("来すぎる見込みの人数"),
    "useful": _("埋まる見込みの人数"),
    "change": _("必要の値のいちばん大きな変化"),
    # before and after
    "score": _("点の合計"),
    "items": _("おすすめの数"),
    "reached": _("下限の人数にとどく募集の数"),
    "served": _("下限か、合う方みんなにとどく募集の数"),
    "expected": _("申し込みの見込みの人数"),
    # seconds
    "read": _("読むのにかかった秒数"),
    "allocate": _("分け合うのにかかった秒数"),
    "write": _("書くのにかかった秒数"),
}


@dataclass(frozen=True)
class UnderFloor:
    """A role that is shown to fewer people than the floor: to so many of those who fit, and why to no more."""

    role: Role
    shown: int
    fit: int
    why: str


@dataclass(frozen=True)
class Blocked:
    """A role that hardly anybody could come to, and the one change that would help most, where one is noted."""

    served: UnderServed
    best: Opened | None


@dataclass(frozen=True)
class Trace:
    """A run as it was carried out.

    ``numbers``, ``rounds``, ``before``, ``after`` and ``seconds`` are as the sharing of people noted them, empty where
    it did not; ``called`` says what each is in people's words.
    Prices are taken off scores: the highest are those of roles that too many would come to. Lists of roles
    hold those that the reader may see.
    """

    run: Run
    parts_done: int
    parts_all: int
    progress: Progress
    weights: Mapping[str, float]
    numbers: Mapping[str, float]
    rounds: list[Mapping[str, float]]
    before: Mapping[str, float]
    after: Mapping[str, float]
    seconds: Mapping[str, float]
    highest: list[RolePrice]
    lowest: list[RolePrice]
    floors: list[RolePrice]
    under_floor: list[UnderFloor]
    blocked: list[Blocked]

    @property
    def not_asked(self) -> int:
        """How many had heard as often as they wish before the run began, or wish for no regular suggestions."""
        return int(self.numbers.get("people", 0) - self.numbers.get("asked", self.numbers.get("people", 0)))


def called(name: str) -> str:
    """Return what people call what a run noted, in the active language."""
    return str(_NAMES.get(name, name))


def of(*, run: Run, now: dt.datetime, roles: QuerySet[Role] | None = None) -> Trace:
    """Return the trace of *run*; of single roles only those among *roles*, all where that is None."""
    seen = Role.objects.all() if roles is None else roles
    parts = run.shards.aggregate(all=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    prices = RolePrice.objects.filter(run=run, role__in=seen.values("pk")).select_related("role__organisation")
    return Trace(
        run=run,
        parts_done=parts["done"],
        parts_all=parts["all"],
        progress=runs.progress(run=run, now=now),
        weights=weights.of(run.weight_set).by_name(),
        numbers={name: number for name, number in run.trace.items() if isinstance(number, int | float)},
        rounds=_rounds(run.trace.get("rounds", {})),
        before=run.trace.get("before", {}),
        after=run.trace.get("after", {}),
        seconds=run.trace.get("seconds", {}),
        highest=list(prices.filter(price__gt=0).order_by("-price", "role")[:PRICES]),
        lowest=list(prices.filter(price__lt=0).order_by("price", "role")[:PRICES]),
        floors=list(prices.filter(given__gt=0).order_by("-given", "role")),
        under_floor=_under_floor(run, seen),
        blocked=_blocked(run, seen),
    )


def _rounds(columns: Mapping[str, list[float]]) -> list[Mapping[str, float]]:
    """Return one row a round."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _under_floor(run: Run, seen: QuerySet[Role]) -> list[UnderFloor]:
    noted = run.trace.get("under", [])
    roles = seen.select_related("organisation").in_bulk([one["role"] for one in noted])
    return [
        UnderFloor(roles[one["role"]], one["shown_to"], one["fit"], str(_why(one["why"], one["fit"])))
        for one in noted
        if one["role"] in roles
    ]


def _why(code: str, fit: int) -> Promise | str:
    """Say why no more are told; *fit* counts whom the role may be suggested to now, and not who was told before."""
    return _WHY.get(code, code) if fit else _NOBODY_NOW


def _blocked(run: Run, seen: QuerySet[Role]) -> list[Blocked]:
    scarce = reports.under_served(run=run)
    visible = set(seen.filter(pk__in=[one.role.pk for one in scarce]).values_list("pk", flat=True))
    best = best_changes.of(run)
    return [Blocked(one, best.get(one.role.pk)) for one in scarce if one.role.pk in visible][:BLOCKED]
