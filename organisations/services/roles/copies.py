"""A role written once serves as the beginning of the next."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from organisations.models import Role
from organisations.services.roles import writing


@transaction.atomic
def copy(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Return a new draft that says all that *role* says; it has no times yet, and nobody has looked at it.

    Raises
    ------
    What ``writing.draft`` raises where the rules have changed since *role* was written
    """
    said = {name: getattr(role, name) for name in writing.CHANGEABLE}
    lists = {name: list(getattr(role, name).all()) for name in writing.LISTS}
    activities = [one.activity for one in role.role_activities.select_related("activity")]
    made = writing.draft(organisation=role.organisation, now=now, actor=actor, activities=activities, **said, **lists)
    audit.record(actor=actor, action="role.copy", target=made, now=now, copy_of=role.pk)
    return made
