"""What somebody's organisations have posted, and how it stands."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from organisations.models import Offer, Organisation, Review, Role
from organisations.models.review import ReviewOutcome
from organisations.models.role import RoleStatus


def of(user: User | AnonymousUser, *, now: dt.datetime) -> QuerySet[Organisation]:
    """Return the organisations that *user* acts for, with their roles, the newest first and what is over last.

    Each role says how many times lie ahead, ``ahead``, and how many places are left in them, ``left``.
    """
    coming = Q(slots__cancelled_at=None, slots__ends_at__gt=now)
    places = Sum(F("slots__capacity") - F("slots__taken"), filter=coming)
    over = Q(status__in=(RoleStatus.CLOSED, RoleStatus.CANCELLED))
    counted = Role.objects.annotate(ahead=Count("slots", filter=coming), left=Coalesce(places, 0))
    roles = counted.alias(is_over=over).order_by("is_over", "-pk")
    return Organisation.objects.of(user).select_related("town").prefetch_related(Prefetch("roles", roles))


def asked_for(subject: Organisation | Role | Offer) -> str:
    """Return what a coordinator last asked to have written anew; empty where nothing was."""
    about = {str(subject._meta.model_name): subject}
    last = Review.objects.filter(outcome=ReviewOutcome.SENT_BACK, **about).order_by("-at", "-pk").first()
    return last.reason if last is not None else ""
