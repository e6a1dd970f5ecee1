"""What waits for a desk and is said in one line each, of four tables in one query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import CharField, Count, F, QuerySet, Value, Window
from django.db.models.functions import Coalesce, NullIf

from accounts.models import User
from accounts.models.user import said
from organisations.models import Cooperation, Initiative, Offer, Organisation
from organisations.models.cooperation import CooperationStatus
from organisations.models.offer import Help, OfferStatus
from organisations.models.organisation import Approval, Kind

SHOWN = 10

T = TypeVar("T")


@dataclass(frozen=True)
class Part(Generic[T]):
    """The first of so many rows."""

    rows: list[T] = field(default_factory=list)
    all: int = 0

    @property
    def more(self) -> int:
        return self.all - len(self.rows)


@dataclass(frozen=True)
class Line:
    """``sort`` is the code of what kind it is, ``whose`` names a town, a giver, a host or a person.

    ``at`` is since when it waits or, of a plan, until when somebody was promised an answer.
    """

    pk: int
    title: str
    title_en: str
    sort: str
    whose: str
    at: dt.datetime | None

    @property
    def label(self) -> str:
        return said(ja=self.title, en=self.title_en)


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
    found = sorted(first.union(*others, all=True), key=lambda row: (row[0], row[-2] is None, row[-2], row[1]))

    def part(table: str, made: type[Any]) -> Part[Any]:
        rows = [row for row in found if row[0] == table]
        return Part([made(*row[1:-1]) for row in rows], rows[0][-1] if rows else 0)

    return Lines(
        part("organisation", OrganisationLine),
        part("offer", OfferLine),
        part("cooperation", Line),
        part("initiative", Line),
    )


def _organisations(user: User) -> QuerySet[Any, Any]:
    waiting = Organisation.objects.in_area_of(user).filter(approval=Approval.WAITING)
    return _lines("organisation", waiting, F("name"), Value(""), F("kind"), F("town__name"), F("created_at"))


def _offers(user: User) -> QuerySet[Any, Any]:
    waiting = Offer.objects.in_area_of(user).filter(status=OfferStatus.WAITING)
    whose = F("organisation__name")
    return _lines("offer", waiting, F("title"), F("title_en"), F("kind"), whose, F("submitted_at"))


def _cooperations(user: User) -> QuerySet[Any, Any]:
    asked = Cooperation.objects.in_area_of(user).filter(status=CooperationStatus.PROPOSED, desk_agreed_at=None)
    title, title_en = F("offer__title"), F("offer__title_en")
    return _lines("cooperation", asked, title, title_en, F("offer__kind"), F("host__name"), F("proposed_at"))


def _initiatives(user: User) -> QuerySet[Any, Any]:
    unanswered = Initiative.objects.in_area_of(user).open().filter(answered_at=None)
    whose = Coalesce(NullIf(F("user__name"), Value("")), F("user__email"), Value(""), output_field=CharField())
    return _lines("initiative", unanswered, F("title"), Value(""), Value(""), whose, F("answer_by"))


def _lines(table: str, rows: QuerySet[Any], *columns: Any) -> QuerySet[Any, Any]:
    *_said, at = columns
    named = {f"column_{place}": column for place, column in enumerate(columns)}
    found = rows.order_by(at.asc(), "pk").annotate(table=Value(table), **named, number=Window(Count("pk")))
    lines: QuerySet[Any, Any] = found.values_list("table", "pk", *named, "number")[:SHOWN]
    return lines
