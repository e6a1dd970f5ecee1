"""Finding needs by word, activity, kind of help, place and day; only those that help is still wanted for."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Activity, District, Need, Organisation, Town
from organisations.models.need import NeedQuerySet, NeedStatus
from organisations.models.role import RoleStatus
from organisations.services import words
from organisations.services.search import LONGEST_SEARCH, branch, folded, words_of_terms

GOING_ON = (RoleStatus.OPEN, RoleStatus.FILLED)


class NeedOver(DomainError):
    code = "need_over"
    message = _("この地域ニーズは、もう終わったか、活動になりました。ほかの地域ニーズもご覧ください。")


def find(
    *,
    today: dt.date,
    text: str = "",
    activity: Activity | None = None,
    helps: str = "",
    town: Town | None = None,
    district: District | None = None,
    until: dt.date | None = None,
) -> NeedQuerySet:
    """Return the open needs of *today*, those that end first in front, with what a list shows in three queries.

    Every word of *text* must occur. A *town* also finds what its whole district needs; a *district* also finds what
    one of its towns needs. *until*: help is wanted by that day.

    Raises
    ------
    TextTooLong, UnreadableText
    """
    needs = wanted(today)
    for word in words.fold(words.readable(text, at_most=LONGEST_SEARCH, field=_("さがすことば"))).split():
        needs = needs.filter(search_text__contains=word)  # Django escapes % and _
    if activity is not None:
        named = Need.activities.through.objects.filter(need=OuterRef("pk"), activity__in=branch(activity))
        needs = needs.filter(Exists(named))
    if helps:
        needs = needs.filter(helps__contains=[helps])
    if town is not None:
        needs = needs.filter(Q(town=town) | Q(district__isnull=False, district=town.district_id))
    if district is not None:
        needs = needs.filter(Q(district=district) | Q(town__district=district))
    if until is not None:
        needs = needs.filter(wanted_until__lte=until)
    return with_list_fields(needs).order_by("wanted_until", "pk")


def wanted(today: dt.date) -> NeedQuerySet:
    """Return the needs that one can still help with."""
    return Need.objects.open().filter(wanted_until__gte=today)


def of_organisation(organisation: Organisation, today: dt.date) -> NeedQuerySet:
    """Return what the page of *organisation* shows: what it has taken up and goes on with, and what its desk asks for.

    What it has only begun to think about, in a draft that nobody has seen, is not told.
    """
    taken_up = Q(host=organisation, status=NeedStatus.TAKEN_UP, role__status__in=GOING_ON)
    asked_for = Q(pk__in=wanted(today).filter(desk__organisation=organisation).values("pk"))
    return with_list_fields(Need.objects.filter(taken_up | asked_for)).order_by("wanted_until", "pk")


def is_wanted(need: Need, today: dt.date) -> bool:
    return need.status == NeedStatus.OPEN and need.wanted_until >= today


def with_list_fields(needs: NeedQuerySet) -> NeedQuerySet:
    return needs.select_related("town", "district", "desk__organisation").prefetch_related("activities")


def index(*, needs: QuerySet[Need]) -> int:
    """Write anew the folded words by which *needs* are found; say how many."""
    whole = needs.order_by("pk").select_related("town__district", "district")
    rows = list(whole.prefetch_related("activities__parent", "skills").distinct())
    for need in rows:
        need.search_text = _words_of(need)
    return Need.objects.bulk_update(rows, ["search_text"], batch_size=500)


def _words_of(need: Need) -> str:
    texts = [need.title, need.title_en, need.summary, need.summary_en]
    district = need.district
    if need.town is not None:
        texts += [need.town.name, need.town.kana]
        district = need.town.district
    if district is not None:
        texts += [district.name, district.kana]
    return folded([*texts, *words_of_terms(need.activities.all(), need.skills.all())])
