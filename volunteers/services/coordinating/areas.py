"""Who lives in the area that somebody coordinates, and who acts there."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from organisations.models import Membership, Organisation
from volunteers.models import GuardianRequest, Volunteer


def people_of(coordinator: User) -> QuerySet[User]:
    """Return the accounts of who lives there and takes part, of their guardians, and of who acts for organisations.

    Whoever takes part belongs to where they live, whatever else they do elsewhere.
    """
    here = Volunteer.objects.in_area_of(coordinator)
    guardians = GuardianRequest.objects.filter(volunteer__in=here.values("pk"))
    hosts = Membership.objects.filter(organisation__in=Organisation.objects.in_area_of(coordinator).values("pk"))
    acts = Q(pk__in=guardians.values("guardian")) | Q(pk__in=hosts.values("user"))
    return User.objects.filter(Q(pk__in=here.values("user")) | (acts & Q(volunteer=None)))
