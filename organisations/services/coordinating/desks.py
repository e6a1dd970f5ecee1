"""Which desk to ask, and whose area a town is in."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When

from accounts.models import User
from organisations.models import DeskMembership, SupportDesk, Town
from organisations.models.organisation import Approval

CANDIDATES = 2


def for_town(town: Town | None) -> list[SupportDesk]:
    """Return at most two desks to ask: those that look after *town* first, then others of its ward, then any."""
    desks = SupportDesk.objects.filter(organisation__approval=Approval.APPROVED).select_related("organisation__town")
    if town is None:
        return list(desks.order_by("pk")[:CANDIDATES])
    looks_after = Exists(SupportDesk.towns.through.objects.filter(supportdesk=OuterRef("pk"), town=town))
    nearness = Case(
        When(looks_after, then=Value(0)),
        When(organisation__town__ward_code=town.ward_code, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    nearest = list(desks.annotate(nearness=nearness).order_by("nearness", "pk")[:CANDIDATES])
    return [desk for desk in nearest if desk.nearness == 0] or [*nearest]


def is_coordinator_of(user: User | AnonymousUser, town: Town) -> bool:
    """Say whether *town* lies in the area of a desk that *user* coordinates for."""
    if not user.is_authenticated or not user.is_active:
        return False
    return DeskMembership.objects.filter(user_id=user.pk, desk__towns=town).exists()


def coordinators_of(town: Town) -> list[User]:
    """Return everybody who coordinates in the area that *town* lies in."""
    return list(User.objects.filter(is_active=True, desk_memberships__desk__towns=town).distinct().order_by("pk"))


def of_coordinator(user: User, towns: Collection[Town]) -> SupportDesk | None:
    """Return the desk for which *user* looks after one of *towns*, else any desk of theirs."""
    own = SupportDesk.objects.filter(memberships__user=user).distinct().order_by("pk")
    return own.filter(towns__in=towns).first() or own.first()


def leads_of(town: Town) -> list[User]:
    """Return who leads the coordinators around *town*: of its desks, else of its ward; without leads, all of the ward.

    Where nobody coordinates in the ward, the staff.
    """
    people = User.objects.filter(is_active=True).distinct().order_by("pk")
    of_ward = people.filter(desk_memberships__desk__towns__ward_code=town.ward_code)
    circles = (
        people.filter(desk_memberships__desk__towns=town, desk_memberships__is_lead=True),
        people.filter(desk_memberships__desk__towns__ward_code=town.ward_code, desk_memberships__is_lead=True),
        of_ward,
        people.filter(is_staff=True),
    )
    return next((found for circle in circles if (found := list(circle))), [])
