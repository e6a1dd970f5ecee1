"""Who somebody is as a volunteer: what interests them, what they can do, how far they go."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Qualification
from organisations.services import words
from organisations.services.places.points import TownWithoutPoint, check_has_point
from volunteers.models import Availability, HeldQualification, Volunteer
from volunteers.models.volunteer import LONGEST_TRAVEL_KM

__all__ = [
    "TownWithoutPoint",
    "change",
    "check_birthday",
    "check_has_point",
    "confirm_qualification",
    "create",
    "pause",
]

OLDEST = 120
LARGEST_PARTY = 100
LISTS = ("interests", "avoids", "skills", "access_needs")
CHANGEABLE = frozenset(
    {"born_on", "town", "travel_limit_km", "wish", "takes_online", "is_home_only", "party_size", "minutes_at_most"}
)


class ProfileExists(DomainError):
    code = "profile_exists"
    message = _("「あなたのこと」はもう書かれています。「あなたのこと」の画面で変えられます。")


class StaleProfile(DomainError):
    code = "stale_form"
    message = _("別の画面で「あなたのこと」が変わっています。新しい内容を見てから、もう一度保存してください。")


class BadBirthday(DomainError):
    code = "bad_birthday"
    message = _("生年月日を確かめてください。")


class BadTravelLimit(DomainError):
    code = "bad_travel_limit"
    message = _("行ける距離は、0より大きく50kmまでで入れてください。")


class BadPartySize(DomainError):
    code = "bad_party_size"
    message = _("いっしょに参加する人数は、1人から100人までで入れてください。")


class HomeOnlyTakesOnline(DomainError):
    code = "home_only_takes_online"
    message = _("「家からの活動だけ」をえらぶときは、「家からの活動もしたい」にも印をつけてください。")


class PauseInPast(DomainError):
    code = "pause_in_past"
    message = _("お休みの終わりの日が、もう過ぎています。これからの日をえらんでください。")


class NotHeld(DomainError):
    code = "not_held"
    message = _("この資格は、この方の「あなたのこと」に入っていません。ご本人に確かめてください。")


@transaction.atomic
def create(*, user: User, now: dt.datetime, actor: User | None, **fields: Any) -> Volunteer:
    """Begin a profile, free at no time yet.

    Fields are those of ``Volunteer``, and the lists ``interests``, ``avoids``, ``skills``, ``qualifications``,
    ``access_needs``. An *actor* who is somebody else is kept as who registered the person.

    Raises
    ------
    ProfileExists, TownWithoutPoint, BadBirthday, BadTravelLimit, BadPartySize, HomeOnlyTakesOnline, and what
    ``words.checked`` raises
    """
    lists = _take_lists(fields)
    volunteer = made(user=user, now=now, actor=actor, **fields)
    try:
        with transaction.atomic():
            volunteer.save()
    except IntegrityError as error:
        raise ProfileExists from error
    Availability.objects.create(volunteer=volunteer)
    _set_lists(volunteer, lists)
    audit.record(actor=actor, action="profile.create", target=volunteer, now=now)
    return volunteer


def made(*, user: User, now: dt.datetime, actor: User | None, **fields: Any) -> Volunteer:
    """Return a profile that is checked and not yet written; its fields without the lists.

    Raises
    ------
    What ``create`` raises, but for ProfileExists
    """
    values = words.checked(Volunteer, _changeable(fields))
    volunteer = Volunteer(user=user, created_at=now, changed_at=now, **values)
    if actor is not None and actor != user:
        volunteer.registered_by = actor
    _check(volunteer, now)
    return volunteer


@transaction.atomic
def change(
    *,
    volunteer: Volunteer,
    now: dt.datetime,
    actor: User | None,
    expected_changed_at: dt.datetime | None = None,
    **fields: Any,
) -> Volunteer:
    """Change a profile.

    Raises
    ------
    StaleProfile where it was changed since *expected_changed_at*, and what ``create`` raises
    """
    locked = _lock(volunteer)
    if expected_changed_at is not None and expected_changed_at != locked.changed_at:
        raise StaleProfile
    lists = _take_lists(fields)
    for name, value in words.checked(Volunteer, _changeable(fields)).items():
        setattr(locked, name, value)
    _check(locked, now)
    _set_lists(locked, lists)
    return _saved(locked, "profile.change", now, actor, fields=sorted({*fields, *lists}))


@transaction.atomic
def pause(*, volunteer: Volunteer, until: dt.date | None, now: dt.datetime, actor: User | None) -> Volunteer:
    """Take a break through the date *until*; None: be back.

    Raises
    ------
    PauseInPast
    """
    if until is not None and until < timezone.localdate(now):
        raise PauseInPast
    locked = _lock(volunteer)
    locked.paused_until = until
    return _saved(locked, "profile.pause", now, actor, until=until)


@transaction.atomic
def confirm_qualification(
    *, volunteer: Volunteer, qualification: Qualification, now: dt.datetime, actor: User | None
) -> HeldQualification:
    """Write down that somebody looked at the proof.

    Raises
    ------
    NotHeld
    """
    locked = _lock(volunteer)
    held = HeldQualification.objects.filter(volunteer=locked, qualification=qualification).first()
    if held is None:
        raise NotHeld
    held.confirmed_at, held.confirmed_by = now, actor
    held.save(update_fields=["confirmed_at", "confirmed_by"])
    _saved(locked, "profile.confirm_qualification", now, actor, qualification=qualification.code)
    return held


def check_birthday(born_on: dt.date, on: dt.date) -> None:
    """Refuse a birthday that nobody can have on the date *on*.

    Raises
    ------
    BadBirthday
    """
    if born_on > on or Volunteer(born_on=born_on).age(on) > OLDEST:
        raise BadBirthday


def _lock(volunteer: Volunteer) -> Volunteer:
    locked = Volunteer.objects.select_for_update(no_key=True, of=("self",)).select_related("user", "town")
    return locked.get(pk=volunteer.pk)


def _saved(volunteer: Volunteer, action: str, now: dt.datetime, actor: User | None, **detail: Any) -> Volunteer:
    volunteer.changed_at = now
    volunteer.save()
    audit.record(actor=actor, action=action, target=volunteer, now=now, **detail)
    return volunteer


def _changeable(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"a profile's {', '.join(sorted(unknown))} cannot be set here")
    return fields


def _take_lists(fields: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: list(fields.pop(name)) for name in (*LISTS, "qualifications") if name in fields}


def _set_lists(volunteer: Volunteer, lists: dict[str, list[Any]]) -> None:
    for name in LISTS:
        if name in lists:
            getattr(volunteer, name).set(lists[name])
    if "qualifications" in lists:
        chosen = lists["qualifications"]
        volunteer.held_qualifications.exclude(qualification__in=chosen).delete()
        rows = [HeldQualification(volunteer=volunteer, qualification=one) for one in dict.fromkeys(chosen)]
        HeldQualification.objects.bulk_create(rows, ignore_conflicts=True)  # what was confirmed stays confirmed


def _check(volunteer: Volunteer, now: dt.datetime) -> None:
    check_birthday(volunteer.born_on, timezone.localdate(now))
    if not (math.isfinite(volunteer.travel_limit_km) and 0 < volunteer.travel_limit_km <= LONGEST_TRAVEL_KM):
        raise BadTravelLimit
    if not 1 <= volunteer.party_size <= LARGEST_PARTY:
        raise BadPartySize
    if volunteer.is_home_only and not volunteer.takes_online:
        raise HomeOnlyTakesOnline
    check_has_point(volunteer.town)
