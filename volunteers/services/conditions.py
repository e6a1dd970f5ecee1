"""Whom a role's conditions shut out; the same conditions as those of the suggestions."""

from __future__ import annotations

import datetime as dt

from accounts.models.consent import ConsentKind, GuardianScope
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
    if lacks_guardian(volunteer=volunteer, role=role, on=on):
        raise NeedsGuardian


def lacks_guardian(*, volunteer: Volunteer, role: Role, on: dt.date) -> bool:
    """Whether this person needs a guardian's consent for this role and has none in force."""
    return is_for_guardians(volunteer=volunteer, role=role, on=on) and not _has_consent(volunteer, on)


def check_guardian_of_minor(*, volunteer: Volunteer, on: dt.date) -> None:
    """Refuse everybody under age without a guardian's consent in force, where no role says from which age on.

    Raises
    ------
    NeedsGuardian
    """
    if volunteer.age(on) < ADULT_AGE and not _has_consent(volunteer, on):
        raise NeedsGuardian


def is_for_guardians(*, volunteer: Volunteer, role: Role, on: dt.date) -> bool:
    """Whether this person needs a guardian's consent for this role."""
    return volunteer.age(on) < min(max(role.guardian_under, COORDINATOR_UNDER), ADULT_AGE)


def guardian_scope(*, volunteer: Volunteer, on: dt.date) -> list[str]:
    """Return what a guardian allows on the date *on*; nothing without a consent in force."""
    consent = volunteer.user.consents.in_force(ConsentKind.GUARDIAN, on).first()
    return consent.scope if consent is not None else []


def needs_guardian(*, volunteer: Volunteer, on: dt.date) -> bool:
    """Whether nothing may happen yet: under 16, and no guardian's consent in force."""
    if volunteer.age(on) >= COORDINATOR_UNDER:
        return False
    return not _has_consent(volunteer, on)


def is_looked_at_first(*, volunteer: Volunteer, on: dt.date) -> bool:
    """Whether a coordinator releases what this person asks for: the young, and whose guardian decides each time."""
    age = volunteer.age(on)
    return age < COORDINATOR_UNDER or (age < ADULT_AGE and asks_each_time(volunteer=volunteer, on=on))


def asks_each_time(*, volunteer: Volunteer, on: dt.date) -> bool:
    return GuardianScope.ASK_EACH_TIME in guardian_scope(volunteer=volunteer, on=on)


def _has_consent(volunteer: Volunteer, on: dt.date) -> bool:
    return consents.holds(user=volunteer.user, kind=ConsentKind.GUARDIAN, on=on)


def _check_qualifications(volunteer: Volunteer, role: Role) -> None:
    held = {
        one.qualification_id
        for one in volunteer.held_qualifications.select_related("qualification")
        if one.confirmed_at is not None or one.qualification.proof == Proof.SELF
    }
    missing = [one for one in role.qualifications.all() if one.pk not in held]
    if missing:
        raise NeedsQualification(missing)
