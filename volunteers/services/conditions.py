"""Whom a role's conditions shut out; the same conditions as those of the suggestions."""

from __future__ import annotations

import datetime as dt

from accounts.models.consent import ConsentKind
from accounts.services import consents
from organisations.models import Role
from organisations.models.vocabulary import Proof
from volunteers.models import Volunteer
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.refusals import NeedsGuardian, NeedsQualification, NoGroups, TooOld, TooYoung

# Under this age a coordinator looks first, and a guardian has agreed, whatever the role says.
COORDINATOR_UNDER = 16


def check_allowed(*, volunteer: Volunteer, role: Role, on: dt.date) -> None:
    """Refuse whom the role's conditions shut out.

    Raises
    ------
    TooYoung, TooOld, NeedsGuardian, NeedsQualification, NoGroups
    """
    age = volunteer.age(on)
    if age < role.min_age:
        raise TooYoung(role.min_age)
    if role.max_age is not None and age > role.max_age:
        raise TooOld(role.max_age)
    check_guardian(volunteer=volunteer, role=role, on=on)
    _check_qualifications(volunteer, role)
    if volunteer.party_size > 1 and not role.takes_groups:
        raise NoGroups


def check_guardian(*, volunteer: Volunteer, role: Role, on: dt.date) -> None:
    """Refuse the young without a guardian's consent that is in force.

    Raises
    ------
    NeedsGuardian
    """
    is_young = volunteer.age(on) < min(max(role.guardian_under, COORDINATOR_UNDER), ADULT_AGE)
    if is_young and not consents.holds(user=volunteer.user, kind=ConsentKind.GUARDIAN, on=on):
        raise NeedsGuardian


def _check_qualifications(volunteer: Volunteer, role: Role) -> None:
    held = {
        one.qualification_id
        for one in volunteer.held_qualifications.select_related("qualification")
        if one.confirmed_at is not None or one.qualification.proof == Proof.SELF
    }
    missing = [one for one in role.qualifications.all() if one.pk not in held]
    if missing:
        raise NeedsQualification(missing)
