"""A company's people come together: a team with a code, and the roles that have room for all of it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Abs, Ceil, Extract
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Organisation, Slot, Team
from organisations.models.organisation import Approval
from organisations.models.pattern import When
from organisations.models.role import RoleStatus
from organisations.services.teams import holds

LARGEST = 1000
# Without what is easily read as something else: 0 and O, 1 and I and L, 8 and B, 2 and Z.
ALPHABET = "3456789ACDEFGHJKMNPQRTUVWXY"
HALF = 4
FURTHEST_AHEAD = dt.timedelta(days=180)
# Within this much, a length counts as the one that was wished for.
ALIKE_MIN = 30


class TeamTooBig(DomainError):
    code = "team_size"
    message = _("人数は1人から1000人までで入れてください。")


class TeamNotApproved(DomainError):
    code = "team_not_approved"
    message = _("団体の確認がまだ終わっていません。承認されてから、チームを作れます。")


class TeamIsClosed(DomainError):
    code = "team_is_closed"
    message = _("このチームは終わっています。新しいチームを作ってください。")


@transaction.atomic
def create(
    *,
    organisation: Organisation,
    name: str,
    size: int,
    now: dt.datetime,
    actor: User | None,
    when: Collection[str] = (),
    minutes: int | None = None,
) -> Team:
    """Begin a team; its code is for its company to hand out.

    Raises
    ------
    TeamNotApproved, TeamTooBig
    """
    if organisation.approval != Approval.APPROVED:
        raise TeamNotApproved
    if not 1 <= size <= LARGEST:
        raise TeamTooBig
    made = Team.objects.create(
        organisation=organisation,
        name=name,
        size=size,
        when=[one for one in When.values if one in when],
        minutes=minutes,
        code=_code(),
        created_at=now,
    )
    audit.record(actor=actor, action="team.create", target=made, now=now, size=size)
    return made


@transaction.atomic
def close(*, team: Team, now: dt.datetime, actor: User | None) -> Team:
    """End a team: its code opens nothing any more, what is still held is given back; who has a place keeps it.

    Doing so twice changes nothing.
    """
    current = lock(team)
    if current.closed_at is None:
        current.closed_at = now
        current.save(update_fields=["closed_at"])
        for hold in current.holds.alive().order_by("slot_id"):
            holds.release(hold=hold, now=now, actor=actor)
        audit.record(actor=actor, action="team.close", target=current, now=now)
    return current


def lock(team: Team) -> Team:
    """Return the team's row, held until the transaction ends; it is locked before a slot."""
    return Team.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation").get(pk=team.pk)


def by_code(text: str) -> Team | None:
    """Return the team of a code, however it was typed: in small letters, with or without the hyphen."""
    plain = "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())
    if len(plain) != 2 * HALF:
        return None
    code = f"{plain[:HALF]}-{plain[HALF:]}"
    return Team.objects.select_related("organisation").filter(code=code, closed_at=None).first()


def room_for(team: Team, *, now: dt.datetime) -> QuerySet[Slot]:
    """Return the times at which the whole team finds a place, what fits its wishes first, then the earliest.

    Only where one joins at once and groups are welcome: elsewhere the organisation answers each person first.
    ``off_by`` is by how many half hours a time is longer or shorter than wished.
    """
    soonest = now + holds.BEFORE_THE_START
    ahead = Slot.objects.filter(starts_at__gt=soonest, starts_at__lte=now + FURTHEST_AHEAD, cancelled_at=None)
    open_ = ahead.filter(role__status=RoleStatus.OPEN, role__organisation__approval=Approval.APPROVED)
    roomy = open_.filter(minutes=None, taken__lte=F("capacity") - team.size, role__asks_first=False)
    if team.size > 1:
        roomy = roomy.filter(role__takes_groups=True)
    known = roomy.filter(_at(team.when)).exclude(holds__in=team.holds.alive())
    lasts = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    wished = team.minutes or 0
    off = Ceil(Abs(Extract(lasts, "epoch") / 60.0 - wished) / float(ALIKE_MIN)) if wished else F("minutes")
    ranked = known.annotate(off_by=off).order_by(F("off_by").asc(nulls_first=True), "starts_at", "pk")
    return ranked.select_related("role__organisation__town", "role__venue__town")


def _at(when: Collection[str]) -> Q:
    """Say in SQL whether a time begins within one of the rough times of *when*; none of them means any."""
    any_of = Q()
    for one in map(When, when):
        first, last = one.hours
        within = Q(starts_at__time__gte=first, starts_at__time__lt=last)
        any_of |= Q(starts_at__iso_week_day=one.weekday + 1) & within
    return any_of


def _code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _letter in range(2 * HALF))
    return f"{letters[:HALF]}-{letters[HALF:]}"
