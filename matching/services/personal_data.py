"""All that is known of one person, from all rooms: as a copy for them, and gone when they leave."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from accounts.models import User
from accounts.services import audit
from accounts.services import personal_data as of_accounts
from accounts.services.personal_data import plain
from matching.models import Feedback, Suggestion
from notifications.services import personal_data as of_notifications
from organisations.services import personal_data as of_organisations
from volunteers.services import personal_data as of_volunteers

ROOMS = (of_accounts, of_notifications, of_organisations, of_volunteers)
LEFT_OUT: Mapping[str, str] = {
    "matching.Allotment.volunteer": "sums of a run, gone with it; what came of them are the suggestions",
    "matching.PackedProfile.volunteer": "the profile once more, in one row, and packed anew when it changes",
    "matching.Run.requested_by": "a run is about nobody",
    "matching.Shortlist.volunteer": "what was reckoned out of the profile, and is reckoned anew when it changes",
    "matching.WeightSet.made_by": "weights are about nobody",
}
EXPORTED: Collection[str] = ("matching.Suggestion.volunteer",)


def of(user: User) -> dict[str, Any]:
    """A copy of what this room knows."""
    return {
        "suggestions": plain(Suggestion.objects.filter(volunteer__user=user)),
        "answers": plain(Feedback.objects.filter(suggestion__volunteer__user=user)),
    }


@transaction.atomic
def export(*, user: User, now: dt.datetime) -> bytes:
    """Return a JSON file of all that any room knows of *user*, and write down that they have asked for it."""
    rooms = {name: part for room in ROOMS for name, part in room.of(user).items()} | of(user)
    audit.record(actor=user, action="personal_data.export", target=user, now=now)
    return json.dumps({"made_at": now, **rooms}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def erase(user: User, now: dt.datetime) -> None:
    """Delete what any room knows of *user*; what this one knows goes with the profile."""
    for room in reversed(ROOMS):
        room.erase(user, now)


@transaction.atomic
def erase_again(user: User, now: dt.datetime) -> None:
    """Delete what others wrote to *user* in the very moment in which they closed their account; the moment stays."""
    account = User.objects.select_for_update().get(pk=user.pk)
    if account.closed_at is not None:
        erase(account, account.closed_at)
        audit.record(actor=None, action="user.erase_again", target=account, now=now)
