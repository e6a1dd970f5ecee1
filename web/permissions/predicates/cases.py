"""Whose the story of a cooperation is, and who may read it."""

from __future__ import annotations

from organisations.models import CaseStudy, Cooperation, Membership
from web.permissions.predicates.coordinator import has_area
from web.permissions.predicates.person import Person, predicate


@predicate
def reads_case(user: Person, case: CaseStudy | None) -> bool:
    """Whether it is public, of one's own organisation, or of one's own area."""
    return case is None or CaseStudy.objects.visible(user).filter(pk=case.pk).exists()


@predicate
def tells_case(user: Person, told: CaseStudy | Cooperation | None) -> bool:
    """Whether somebody acts for one of the two sides, or for any organisation."""
    if not user.is_authenticated:
        return False
    if told is None:
        return Membership.objects.filter(user=user).exists()
    return Cooperation.objects.of(user).filter(pk=_cooperation(told)).exists()


@predicate
def looks_after_case(user: Person, case: CaseStudy | None) -> bool:
    """Whether one of the two sides is in the area that somebody coordinates, or they have one."""
    if not user.is_authenticated:
        return False
    here = Cooperation.objects.in_area_of(user)
    return has_area(user) if case is None else here.filter(pk=case.cooperation_id).exists()


def _cooperation(told: CaseStudy | Cooperation) -> int:
    return told.pk if isinstance(told, Cooperation) else told.cooperation_id
