"""「力になれます」: saying so to the desk of a need, and hearing when it has become a role.

Nothing is settled by it. Its desk reads who it was; an organisation never does, and the public reads a rounded number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from notifications.models import Notification
from organisations.models import Need
from organisations.models.need import NeedStatus
from organisations.models.role import RoleStatus
from organisations.services import words
from organisations.services.needs import finding
from organisations.services.needs.finding import NeedOver
from volunteers.models import Placement, Pledge, Volunteer
from volunteers.services.conditions import check_guardian_of_minor
from volunteers.services.taking_part import placements
from volunteers.services.telling import letters

LONGEST_WORDS = 300
# Who said so is told of the role within this time of its publication, or not at all: older news helps nobody.
TOLD_WITHIN = dt.timedelta(days=3)


class AlreadyPledged(DomainError):
    code = "already_pledged"
    message = _("この地域ニーズには、もう「力になれます」とお聞きしています。「予定」の画面で確かめられます。")


class AlreadyWithdrawn(DomainError):
    code = "pledge_withdrawn"
    message = _("この「力になれます」は、もうとりやめています。")


@transaction.atomic
def pledge(*, volunteer: Volunteer, need: Need, now: dt.datetime, actor: User | None, note: str = "") -> Pledge:
    """Write down that somebody could help, and let the coordinators of the desk know that somebody could.

    Raises
    ------
    NeedOver, AlreadyPledged, NeedsGuardian, TextTooLong, UnreadableText
    """
    note = words.readable(note, at_most=LONGEST_WORDS, field=_("ひとこと"))
    person = placements.lock_person(volunteer)
    current = Need.objects.select_for_update(no_key=True, of=("self",)).select_related("desk").get(pk=need.pk)
    if not finding.is_wanted(current, timezone.localdate(now)):
        raise NeedOver
    check_guardian_of_minor(volunteer=person, on=timezone.localdate(now))
    try:
        with transaction.atomic():
            made = Pledge.objects.create(volunteer=person, need=current, words=note, pledged_at=now)
    except IntegrityError as error:
        raise AlreadyPledged from error
    audit.record(actor=actor, action="pledge.make", target=made, now=now, need=current.pk)
    _tell_desk(current, now)
    return made


@transaction.atomic
def withdraw(*, pledge: Pledge, now: dt.datetime, actor: User | None) -> Pledge:
    """Take it back; nobody is told, and no reason is asked for.

    Raises
    ------
    AlreadyWithdrawn
    """
    placements.lock_person(pledge.volunteer)
    locked = Pledge.objects.select_for_update(no_key=True).get(pk=pledge.pk)
    if locked.withdrawn_at is not None:
        raise AlreadyWithdrawn
    locked.withdrawn_at = now
    locked.save(update_fields=["withdrawn_at"])
    audit.record(actor=actor, action="pledge.withdraw", target=locked, now=now)
    return locked


def of(volunteer: Volunteer) -> QuerySet[Pledge]:
    """Return what somebody has offered and what may still come of it, the latest first; not where they are coming."""
    coming = Placement.objects.active().filter(volunteer=volunteer).values("slot__role")
    alive = Pledge.objects.alive().filter(volunteer=volunteer).exclude(need__status=NeedStatus.CLOSED)
    rows = alive.exclude(need__role__in=coming).select_related("need__town", "need__district", "need__role")
    return rows.order_by("-pledged_at", "-pk")


def on(need: Need) -> QuerySet[Pledge]:
    """Return who would help with *need*, the first one first: for the coordinators of its desk alone."""
    return Pledge.objects.alive().filter(need=need).select_related("volunteer__user", "volunteer__town")


@transaction.atomic
def tell_taken_up(*, now: dt.datetime) -> int:
    """Tell those who would help that there is a role now, each once; says how many letters that is."""
    new = Pledge.objects.alive().filter(
        need__status=NeedStatus.TAKEN_UP,
        need__role__status=RoleStatus.OPEN,
        need__role__published_at__range=(now - TOLD_WITHIN, now),
    )
    rows = list(new.select_related("need__role", "volunteer__user").order_by("pk"))
    sent = Notification.objects.filter(kind=BECAME_ROLE.code, about__pledge__in=[row.pk for row in rows])
    told = {about["pledge"] for about in sent.values_list("about", flat=True)}
    rows = [row for row in rows if row.pk not in told]
    for row in rows:
        letters.write(BECAME_ROLE, [row.volunteer.user], row, now, path=f"/roles/{row.need.role_id}/")
    return len(rows)


def _tell_desk(need: Need, now: dt.datetime) -> None:
    """Once a day and need: who it was, and how many there are, stands on its page."""
    users = User.objects.filter(desk_memberships__desk=need.desk, is_active=True).distinct().order_by("pk")
    day = timezone.localdate(now).isoformat()
    letters.write(PLEDGED, users, need, now, path=f"/console/needs/{need.pk}/pledges/", about=day)


def _names(row: Need | Pledge) -> Mapping[str, str]:
    return {"need": (row.need if isinstance(row, Pledge) else row).label}


def _is_wanted_still(notification: Notification, _now: dt.datetime) -> bool:
    need = notification.about["need"]
    return Pledge.objects.alive().filter(need=need, need__status=NeedStatus.OPEN).exists()


def _is_open_still(notification: Notification, _now: dt.datetime) -> bool:
    alive = Pledge.objects.alive().filter(pk=notification.about["pledge"])
    return alive.filter(need__role__status=RoleStatus.OPEN).exists()


PLEDGED = letters.Kind(
    "pledge_made",
    _("「力になれます」がとどきました:%(need)s"),
    _("地域ニーズ「%(need)s」に、力になれるという方がいます。お名前とひとことは、下のページで見られます。"),
    _is_wanted_still,
    words=_names,
)
BECAME_ROLE = letters.Kind(
    "need_became_role",
    _("活動になりました:%(need)s"),
    _(
        "「力になれます」と言ってくださった「%(need)s」が、活動になりました。"
        "日にちと場所を見て、よければお申し込みください。断っても大丈夫です。"
    ),
    _is_open_still,
    words=_names,
)
STILL_RIGHT = letters.still_right(PLEDGED, BECAME_ROLE)
