"""What this room knows of one person: as a copy for them, and gone when they leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from accounts.models import User
from accounts.services.personal_data import plain, unname
from organisations.models import DeskMembership, Invitation, Membership, Organisation, Review

LEFT_OUT: Mapping[str, str] = {
    "organisations.Invitation.invited_by": "an invitation of somebody else",
    "organisations.Rewording.by": "the words of an organisation, which they only wrote down",
    "organisations.Rewording.first_read_by": "the words of an organisation, which they only read",
    "organisations.Rewording.read_by": "the words of an organisation, which they only read",
}
EXPORTED: Collection[str] = (
    "organisations.DeskMembership.user",
    "organisations.Invitation.user",
    "organisations.Membership.user",
    "organisations.Organisation.approved_by",
    "organisations.Review.by",
)


def of(user: User) -> dict[str, Any]:
    return {
        "memberships": plain(Membership.objects.filter(user=user)),
        "invitations": plain(Invitation.objects.filter(user=user)),
        "desks": plain(DeskMembership.objects.filter(user=user)),
        "reviews": plain(Review.objects.filter(by=user)),
        "approved": [str(each) for each in Organisation.objects.filter(approved_by=user)],
    }


def erase(user: User, _now: dt.datetime) -> None:
    """Delete what binds somebody to an organisation; what they wrote for it is the organisation's."""
    for rows in (
        Membership.objects.filter(user=user),
        Invitation.objects.filter(user=user),
        DeskMembership.objects.filter(user=user),
    ):
        unname(rows)
        rows.delete()
