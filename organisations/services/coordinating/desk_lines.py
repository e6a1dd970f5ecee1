"""What waits for a desk and is said in one line each, of four tables in one query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import CharField, Count, F, QuerySet, Value, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from accounts.models import User
from organisations.models import Cooperation, Initiative, Offer, Organisation
from organisations.models.cooperation import CooperationStatus
from organisations.models.in_two_languages import CalledInTwoLanguages
from organisations.models.offer import Help, OfferStatus
from organisations.models.organisation import Approval, Kind

SHOWN = 10
NOTHING = Value("")

T = TypeVar("T")
L = TypeVar("L", bound="Line")


@dataclass(frozen=True)
class Part(Generic[T]):
    """The first of so many rows."""

    rows: list[T] = field(default_factory=list)
    all: int = 0

    @property
    def more(self) -> int:
        return self.all - len(self.rows)


@dataclass(frozen=True)
class Line(CalledInTwoLanguages):
    """``sort`` is the code of what kind it is, ``whose`` names a town, a giver, a host or a person.

    ``at`` is since when it waits or, of a plan, until when somebody was promised an answer.
    """

    pk: int
    title: str
    title_en: str
    sort: str
    whose: str
    at: dt.datetime | None


class _Row(NamedTuple):
    """A row of the query, its columns in the order in which they are selected; ``all`` counts those of its table."""

    table: str
    pk: int
    title: str
    title_en: str
    sort: str
    whose: str
    at: dt.datetime | None
    all: int

    def line(self, made: type[L]) -> L:
        return made(self.pk, self.title, self.title_en, self.sort, self.whose, self.at)


class OrganisationLine(Line):
    @property
    def kind(self) -> str:
        return str(Kind(self.sort).label)


class OfferLine(Line):
    @property
    def kind(self) -> str:
        return str(Help(self.sort).label)


@dataclass(frozen=True)
class Lines:
    """Organisations and offers to be looked at, cooperations to agree to, and plans that wait for an answer."""

    organisations: Part[OrganisationLine]
    offers: Part[OfferLine]
    cooperations: Part[Line]
    initiatives: Part[Line]

    @property
    def to_look_at(self) -> int:
        return self.organisations.all + self.offers.all + self.cooperations.all


def of(user: User) -> Lines:
    """Return the lines of the area of *user*, what has waited longest first."""
    first, *others = _organisations(user), _offers(user), _cooperations(user), _initiatives(user)
    rows = [_Row(*row) for row in first.union(*others, all=True)]
    rows.sort(key=lambda row: (row.at is None, row.at, row.pk))

    def part(table: str, made: type[L]) -> Part[L]:
        own = [row for row in rows if row.table == table]
        return Part([row.line(made) for row in own], own[0].all if own else 0)

    return Lines(
        part("organisation", OrganisationLine),
        part("offer", OfferLine),
        part("cooperation", Line),
        part("initiative", Line),
    )


def _organisations(user: User) -> QuerySet[Any, Any]:
    waiting = Organisation.objects.in_area_of(user).filter(approval=Approval.WAITING)
    return _lines("organisation", waiting, title=F("name"), sort=F("kind"), whose=F("town__name"), at=F("created_at"))


def _offers(user: User) -> QuerySet[Any, Any]:
    waiting = Offer.objects.in_area_of(user).filter(status=OfferStatus.WAITING)
    title, title_en, whose = F("title"), F("title_en"), F("organisation__name")
    return _lines("offer", waiting, title=title, title_en=title_en, sort=F("kind"), whose=whose, at=F("submitted_at"))


def _cooperations(user: User) -> QuerySet[Any, Any]:
    asked = Cooperation.objects.in_area_of(user).filter(status=CooperationStatus.PROPOSED, desk_agreed_at=None)
    title, title_en, sort = F("offer__title"), F("offer__title_en"), F("offer__kind")
    whose, at = F("host__name"), F("proposed_at")
    return _lines("cooperation", asked, title=title, title_en=title_en, sort=sort, whose=whose, at=at)


def _initiatives(user: User) -> QuerySet[Any, Any]:
    unanswered = Initiative.objects.in_area_of(user).open().filter(answered_at=None)
    whose = Coalesce(NullIf(F("user__name"), Value("")), F("user__email"), Value(""), output_field=CharField())
    return _lines("initiative", unanswered, title=F("title"), whose=whose, at=F("answer_by"))


def _lines(
    table: str,
    rows: QuerySet[Any],
    *,
    title: F,
    whose: Combinable,
    at: F,
    title_en: Combinable = NOTHING,
    sort: Combinable = NOTHING,
) -> QuerySet[Any, Any]:
    """Select the columns of ``_Row``; under other names, for the models have fields of these."""
    columns = {"title": title, "title_en": title_en, "sort": sort, "whose": whose, "at": at}
    named = {f"line_{name}": column for name, column in columns.items()}
    found = rows.order_by(at.asc(), "pk").annotate(table=Value(table), **named, number=Window(Count("pk")))
    lines: QuerySet[Any, Any] = found.values_list("table", "pk", *named, "number")[:SHOWN]
    return lines
