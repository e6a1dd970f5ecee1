"""What this room knows of one person: as a copy for them, and gone when they leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from accounts.models import User
from accounts.services.personal_data import plain, unname
from organisations.models import (
    CaseStudy,
    DeskMembership,
    Initiative,
    Invitation,
    Membership,
    Need,
    Organisation,
    Review,
    SupportNotice,
)

LEFT_OUT: Mapping[str, str] = {
    "organisations.CasePhoto.added_by": "a picture of an organisation, which they only handed in",
    "organisations.HostingRequest.asked_by": "a question to an organisation, asked for the desk",
    "organisations.Initiative.answered_by": "the plan of somebody else, which they only answered",
    "organisations.Invitation.invited_by": "an invitation of somebody else",
    "organisations.Offer.vehicle_checked_by": "an offer of an organisation, which they only looked at",
    "organisations.Referral.by": "the worry of somebody else, which they only passed on",
    "organisations.Rewording.by": "the words of an organisation, which they only wrote down",
    "organisations.Rewording.first_read_by": "the words of an organisation, which they only read",
    "organisations.Rewording.read_by": "the words of an organisation, which they only read",
    "organisations.Worry.answered_by": "the worry of somebody else, which they only answered",
    "organisations.Worry.typed_in_by": "the worry of somebody else, which they only wrote down",
}
EXPORTED: Collection[str] = (
    "organisations.CaseStudy.changed_by",
    "organisations.DeskMembership.user",
    "organisations.Initiative.user",
    "organisations.Invitation.user",
    "organisations.Membership.user",
    "organisations.Need.written_by",
    "organisations.Organisation.approved_by",
    "organisations.Review.by",
    "organisations.SupportNotice.written_by",
)


def of(user: User) -> dict[str, Any]:
    return {
        "memberships": plain(Membership.objects.filter(user=user)),
        "invitations": plain(Invitation.objects.filter(user=user)),
        "desks": plain(DeskMembership.objects.filter(user=user)),
        "reviews": plain(Review.objects.filter(by=user)),
        "initiatives": plain(Initiative.objects.filter(user=user)),
        "needs_written": [str(each) for each in Need.objects.filter(written_by=user)],
        "case_studies_changed": [str(each) for each in CaseStudy.objects.filter(changed_by=user)],
        "support_notices_written": [str(each) for each in SupportNotice.objects.filter(written_by=user)],
        "approved": [str(each) for each in Organisation.objects.filter(approved_by=user)],
    }


def erase(user: User, _now: dt.datetime) -> None:
    """Delete what binds somebody to an organisation; what they wrote for it is the organisation's."""
    for rows in (
        Membership.objects.filter(user=user),
        Invitation.objects.filter(user=user),
        DeskMembership.objects.filter(user=user),
        Initiative.objects.filter(user=user),
    ):
        unname(rows)
        rows.delete()
