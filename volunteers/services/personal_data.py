"""What this room knows of one person: as a copy for them, and gone when they leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.services.personal_data import plain, unname
from notifications.models import Notification
from volunteers.models import (
    Application,
    Attendance,
    Availability,
    AvailabilityException,
    GuardianRequest,
    HeldQualification,
    Placement,
    Pledge,
    Thanks,
    Upload,
    Volunteer,
    Waiting,
)
from volunteers.services.people.availability import ranges

LISTS = ("interests", "avoids", "skills", "access_needs")
LEFT_OUT: Mapping[str, str] = {
    "volunteers.Attendance.recorded_by": "the presence of somebody else, which they only wrote down",
    "volunteers.HeldQualification.confirmed_by": "the proof of somebody else, which they only looked at",
    "volunteers.Volunteer.registered_by": "the profile of somebody else, whom they only registered",
    "volunteers.Volunteer.greeted_by": "the profile of somebody else, whom they only greeted",
}
EXPORTED: Collection[str] = (
    "volunteers.Application.volunteer",
    "volunteers.Availability.volunteer",
    "volunteers.AvailabilityException.volunteer",
    "volunteers.GuardianRequest.guardian",
    "volunteers.GuardianRequest.volunteer",
    "volunteers.HeldQualification.volunteer",
    "volunteers.Placement.volunteer",
    "volunteers.Pledge.volunteer",
    "volunteers.Thanks.by",
    "volunteers.Upload.by",
    "volunteers.Volunteer.user",
    *(f"volunteers.Volunteer_{name}.volunteer" for name in LISTS),
    "volunteers.Waiting.volunteer",
)


def of(user: User) -> dict[str, Any]:
    """A copy of what this room knows; free time is written as the clock tells it."""
    own = {"volunteer__user": user}
    took_part = {"placement__volunteer__user": user}
    return {
        "profile": plain(Volunteer.objects.filter(user=user)),
        **{name: _named(user, name) for name in LISTS},
        "qualifications": plain(HeldQualification.objects.filter(**own)),
        "week": [[_clock(day) for day in each.weekly] for each in Availability.objects.filter(**own)],
        "days": {str(each.on): _clock(each.free) for each in AvailabilityException.objects.filter(**own)},
        "applications": plain(Application.objects.filter(**own)),
        "placements": plain(Placement.objects.filter(**own), without=("busy",)),
        "pledges": plain(Pledge.objects.filter(**own)),
        "waiting": plain(Waiting.objects.filter(**own)),
        "attendance": plain(Attendance.objects.filter(**took_part)),
        "thanks": plain(Thanks.objects.filter(**took_part)),
        "thanks_written": plain(Thanks.objects.filter(by=user), without=("placement",)),
        "guardian_asked": plain(GuardianRequest.objects.filter(**own), without=("volunteer",)),
        "asked_as_guardian": plain(GuardianRequest.objects.filter(guardian=user), without=("volunteer",)),
        "uploads": plain(Upload.objects.filter(by=user), without=("content",)),
    }


def erase(user: User, _now: dt.datetime) -> None:
    """Delete the profile, and with it all that hangs on it; letters to a guardian name the young person and go, too.

    Thanks that somebody wrote belong to those whom they thanked.
    """
    own = {"volunteer__user": user}
    took_part = {"placement__volunteer__user": user}
    _letters_about(user).delete()
    for rows in (
        Attendance.objects.filter(**took_part),
        Thanks.objects.filter(**took_part),
        *(
            model._default_manager.filter(**own)
            for model in (Application, Placement, Pledge, Waiting, HeldQualification)
        ),
        GuardianRequest.objects.filter(**own),
        GuardianRequest.objects.filter(guardian=user),
        Upload.objects.filter(by=user),
        Volunteer.objects.filter(user=user),
    ):
        unname(rows)
        rows.delete()


def _letters_about(user: User) -> QuerySet[Notification]:
    asked = GuardianRequest.objects.filter(volunteer__user=user)
    guardians, requests = asked.values("guardian"), list(asked.values_list("pk", flat=True))
    return Notification.objects.filter(user__in=guardians, about__guardianrequest__in=requests)


def _named(user: User, name: str) -> list[str]:
    return [str(each) for person in Volunteer.objects.filter(user=user) for each in getattr(person, name).all()]


def _clock(mask: int) -> list[str]:
    """Return 「9:00-12:00」 and so on."""
    return [f"{start // 60}:{start % 60:02}-{end // 60}:{end % 60:02}" for start, end in ranges(mask)]
