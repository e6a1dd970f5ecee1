"""What somebody is here: a volunteer, a host, a coordinator. Most are one, some are all."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.models import User
from organisations.models import DeskMembership, Membership
from volunteers.models import Volunteer


@dataclass(frozen=True)
class Hats:
    is_volunteer: bool = False
    is_host: bool = False
    is_coordinator: bool = False


def worn_by(user: User) -> Hats:
    """One query."""
    of = {"user": OuterRef("pk")}
    found = User.objects.filter(pk=user.pk).values_list(
        Exists(Volunteer.objects.filter(**of)),
        Exists(Membership.objects.filter(**of)),
        Exists(DeskMembership.objects.filter(**of)),
    )
    return Hats(*found.get())
