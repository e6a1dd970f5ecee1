"""What may lie on the table where people of a district meet: the numbers that everybody may read, and what is public.

The lists name all that one can still help with, come to or use, and not only what finds nobody. That nobody near would
like to help with a need, or that fewer than five people could come to a role, is a number below five about people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching import explanations
from matching.services.coordinating import gaps
from matching.services.explaining import counts
from organisations.models import Activity, District, Need, Offer, Role
from organisations.publicity.meeting import Line, Part, Sheet
from organisations.services import search
from organisations.services.needs import finding
from organisations.services.offers import available
from organisations.services.saying import listed

M = TypeVar("M", bound=Model)
MOST_WISHES, MOST_NEEDS, MOST_ROLES, MOST_OFFERS = 5, 3, 3, 3


def sheet(*, district: District, now: dt.datetime) -> Sheet:
    """Return what the sheet of *district* says, in the language that is switched on."""
    today = timezone.localdate(now)
    here = Q(venue__town__district=district) | Q(venue=None, organisation__town__district=district)
    to_be_had = available.to_be_had(now=now).filter(town__district=district).select_related("organisation")
    return Sheet(
        district=district.name,
        as_of=explanations.day_of_year(today),
        url=f"{settings.SITE_URL}/gaps/",
        wishes=_wishes(district, now),
        needs=_part(finding.find(today=today, district=district), MOST_NEEDS, _needs),
        roles=_part(search.find(now=now).filter(here), MOST_ROLES, _roles),
        offers=_part(to_be_had.order_by("-published_at", "-pk"), MOST_OFFERS, _offers),
    )


def _wishes(district: District, now: dt.datetime) -> list[tuple[str, int]]:
    wished = [cell for cell in gaps.public(now=now) if cell.district_id == district.pk and cell.wishes]
    most = sorted(wished, key=lambda cell: -cell.wishes)[:MOST_WISHES]
    names = Activity.objects.in_bulk([cell.activity_id for cell in most])
    return [(names[cell.activity_id].label, cell.wishes) for cell in most if cell.activity_id is not None]


def _part(rows: QuerySet[M], most: int, said: Callable[[Sequence[M]], list[Line]]) -> Part:
    return Part(said(list(rows[:most])), max(0, rows.count() - most))


def _needs(needs: Sequence[Need]) -> list[Line]:
    return [
        Line(
            need.label, _("%(place)s・%(day)sまで") % {"place": need.place, "day": explanations.day(need.wanted_until)}
        )
        for need in needs
    ]


def _roles(roles: Sequence[Role]) -> list[Line]:
    opens = counts.openings(roles)
    return [Line(role.label, _beside(role), _opens(opens[role.pk])) for role in roles]


def _beside(role: Role) -> str:
    left: int = role.places_left_total  # type: ignore[attr-defined]
    said = {
        "organisation": role.organisation.name,
        "moment": explanations.moment(role.next_starts_at),  # type: ignore[attr-defined]
        "left": left,
    }
    return (
        ngettext("%(moment)s・あと%(left)d人・%(organisation)s", "%(moment)s・あと%(left)d人・%(organisation)s", left)
        % said
    )


def _opens(conditions: Sequence[str]) -> str:
    if not conditions:
        return ""
    return _("ここが変われば、来られる方がふえます: %(conditions)s") % {"conditions": listed(conditions)}


def _offers(found: Sequence[Offer]) -> list[Line]:
    return [Line(offer.label, f"{offer.get_kind_display()}・{offer.organisation.name}") for offer in found]
