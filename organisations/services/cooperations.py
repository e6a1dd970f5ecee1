"""An offer and who can use it: proposed, agreed by three sides in any order, booked, done or called off.

Whoever changes a cooperation holds its offer first, then the cooperation.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Cooperation, DeskMembership, Membership, Need, Offer, Organisation, Role
from organisations.models.cooperation import CooperationStatus, ProposedBy, Side
from organisations.models.need import NeedStatus
from organisations.models.offer import Help, OfferStatus
from organisations.models.role import RoleStatus
from organisations.services import bookings, desks, food, offers, words
from organisations.services import cooperation_letters as letters
from organisations.services.roles import NotApproved

FURTHEST_AHEAD = dt.timedelta(days=730)
LONGEST = dt.timedelta(days=31)
MOST = 100_000
ALIVE = (CooperationStatus.PROPOSED, CooperationStatus.AGREED)
_OWN_SIDE = {ProposedBy.HOST: Side.HOST, ProposedBy.DESK: Side.DESK}


class WrongCooperationStatus(DomainError):
    code = "wrong_cooperation_status"
    message = _("いまの状態では、この協力にこの操作はできません。画面を開きなおして、状態を確かめてください。")


class OfferNotOpen(DomainError):
    code = "offer_not_open"
    message = _("この提供は、いまは受け付けていません。ほかの提供をさがすか、相談窓口にお声がけください。")


class OwnOffer(DomainError):
    code = "own_offer"
    message = _("自分の団体の提供です。申し込まなくても、そのまま使えます。")


class AlreadyProposed(DomainError):
    code = "already_proposed"
    message = _("この提供については、もう相談が始まっています。")


class NotWanted(DomainError):
    code = "nothing_to_cooperate_on"
    message = _("このニーズや募集は、いまは受け付けていません。")


class PurposeMissing(DomainError):
    code = "purpose_missing"
    message = _("何に使うかを、ひとこと書いてください。")


class BadTime(DomainError):
    code = "bad_cooperation_time"
    message = _("日時を確かめてください。これからの2年のうちで、1回は31日までです。")


class OutsideOffer(DomainError):
    code = "outside_offer"
    message = _("提供している期間や、「何日前までに」に合いません。提供のページで確かめてください。")


class TooMany(DomainError):
    code = "more_than_offered"
    message = _("提供している数・人数より多くなっています。数を少なくしてください。")


class NotOverYet(DomainError):
    code = "cooperation_not_over"
    message = _("まだ始まっていません。終わってから、もう一度押してください。")


@transaction.atomic
def propose(
    *,
    offer: Offer,
    host: Organisation,
    proposed_by: str,
    now: dt.datetime,
    actor: User | None = None,
    need: Need | None = None,
    role: Role | None = None,
    purpose: str = "",
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
    quantity: int = 1,
    score: float | None = None,
    parts: dict[str, Any] | None = None,
) -> Cooperation:
    """Bring an offer and who could use it together. Who proposes has agreed; the others are asked.

    What the service finds by itself is told by who found it, with the reasons: this writes no letter then.

    Raises
    ------
    OfferNotOpen, NotApproved, OwnOffer, NotWanted, PurposeMissing, BadTime, OutsideOffer, TooMany, AlreadyProposed,
    AlreadyBooked where a room or vehicle is taken at that time, and what ``words.checked`` raises
    """
    held = _open(offer.pk, now)
    if not host.is_approved:
        raise NotApproved
    if host.pk == held.organisation_id:
        raise OwnOffer
    _check_wanted(need, role, host)
    purpose = words.checked(Cooperation, {"purpose": purpose})["purpose"]
    if proposed_by == ProposedBy.HOST and not (purpose or need or role):
        raise PurposeMissing
    row = Cooperation(offer=held, host=host, need=need, role=role, proposed_by=proposed_by, purpose=purpose)
    row.score, row.parts, row.proposed_at = score, parts or {}, now
    row.starts_at, row.ends_at, row.quantity = starts_at, ends_at, quantity
    _check_terms(row, held, now)
    side = _OWN_SIDE.get(ProposedBy(proposed_by))
    if side is not None:
        setattr(row, _tick(side), now)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise AlreadyProposed from error
    audit.record(actor=actor, action="cooperation.propose", target=row, now=now)
    if side is not None:
        letters.tell(letters.PROPOSED, row, now, but=side, quoted=purpose)
    return row


@transaction.atomic
def arrange(
    *,
    cooperation: Cooperation,
    side: str,
    now: dt.datetime,
    actor: User | None,
    starts_at: dt.datetime | None,
    ends_at: dt.datetime | None,
    quantity: int,
) -> Cooperation:
    """Propose another time or number. The side that does so has agreed to it; the others are asked anew.

    Raises
    ------
    WrongCooperationStatus, and what ``propose`` raises about time and number
    """
    held, row = _lock(cooperation, CooperationStatus.PROPOSED)
    row.starts_at, row.ends_at, row.quantity = starts_at, ends_at, quantity
    _check_terms(row, held, now)
    for one in Side:
        setattr(row, _tick(one), now if one == side else None)
    row.save()
    audit.record(actor=actor, action="cooperation.arrange", target=row, now=now, side=side)
    letters.tell(letters.ARRANGED, row, now, but=Side(side), about=_at(side, now))
    return row


@transaction.atomic
def agree(*, cooperation: Cooperation, side: str, now: dt.datetime, actor: User | None) -> Cooperation:
    """Say yes for *side*; with the third yes it is settled and booked. Saying it twice changes nothing.

    Raises
    ------
    WrongCooperationStatus, OfferNotOpen; with the third yes BadTime where the time has come meanwhile, and what
    ``bookings.book`` raises
    """
    held, row = _lock(cooperation, CooperationStatus.PROPOSED, CooperationStatus.AGREED)
    if getattr(row, _tick(Side(side))) is not None:
        return row
    if held.status != OfferStatus.OPEN or not food.is_good(held, on=timezone.localdate(now)):
        raise OfferNotOpen
    setattr(row, _tick(Side(side)), now)
    audit.record(actor=actor, action="cooperation.agree", target=row, now=now, side=side)
    if waiting_for(row):
        row.save()
        letters.tell(letters.WAITS, row, now, but=Side(side), only=waiting_for(row), about=_at(side, now))
        return row
    return _settle(row, now)


@transaction.atomic
def end(*, cooperation: Cooperation, side: str, reason: str, now: dt.datetime, actor: User | None) -> Cooperation:
    """Say no, or call off what was settled; what was booked is free again, and the other sides hear why.

    Raises
    ------
    WrongCooperationStatus, TextMissing, TextTooLong, UnreadableText
    """
    _held, row = _lock(cooperation, *ALIVE)
    field = Cooperation._meta.get_field("end_reason")
    reason = words.readable(reason, at_most=500, field=field.verbose_name)
    if not reason:
        raise words.TextMissing(field.verbose_name)
    return _end(row, Side(side), reason, now, actor)


@transaction.atomic
def finish(*, cooperation: Cooperation, now: dt.datetime, actor: User | None) -> Cooperation:
    """Say that it has taken place.

    Raises
    ------
    WrongCooperationStatus, NotOverYet
    """
    _held, row = _lock(cooperation, CooperationStatus.AGREED)
    if row.starts_at is not None and row.starts_at > now:
        raise NotOverYet
    row.status, row.done_at = CooperationStatus.DONE, now
    row.save(update_fields=["status", "done_at"])
    audit.record(actor=actor, action="cooperation.finish", target=row, now=now)
    letters.tell(letters.DONE, row, now)
    return row


@transaction.atomic
def end_stale(*, now: dt.datetime) -> int:
    """End what nobody can agree to any more: its offer is over, or its time has come. Says how many."""
    stale = Cooperation.objects.filter(
        Q(offer__status=OfferStatus.CLOSED) | Q(starts_at__lte=now), status=CooperationStatus.PROPOSED
    )
    ended = 0
    for cooperation in stale.order_by("pk"):
        _held, row = _lock(cooperation, *ALIVE, CooperationStatus.ENDED)
        if row.status == CooperationStatus.PROPOSED:
            _end(row, None, "", now, None)
            ended += 1
    return ended


def waiting_for(cooperation: Cooperation) -> list[Side]:
    """Return the sides that have not said yes yet."""
    return [side for side in Side if getattr(cooperation, _tick(side)) is None]


def sides_of(*, cooperation: Cooperation, user: User) -> list[Side]:
    """Return the sides that *user* may speak for. Where a desk is the host, its coordinators speak for the host too."""
    own = set(Membership.objects.filter(user=user).values_list("organisation", flat=True))
    desk = DeskMembership.objects.filter(user=user, desk__organisation=cooperation.host_id)
    towns = (cooperation.host.town, cooperation.offer.organisation.town)
    speaks = {
        Side.OFFER: cooperation.offer.organisation_id in own,
        Side.HOST: cooperation.host_id in own or desk.exists(),
        Side.DESK: any(desks.is_coordinator_of(user, town) for town in towns),
    }
    return [side for side, is_so in speaks.items() if is_so]


def host_of(need: Need) -> Organisation:
    """Return who would be the host of *need*: the group that took it up, else its desk."""
    return need.host or need.desk.organisation


def _at(side: str, now: dt.datetime) -> str:
    """Tell what a side said now from what it said before another time was proposed."""
    return f"{side}:{now:%Y%m%d%H%M%S}"


def _tick(side: Side) -> str:
    return f"{side.value}_agreed_at"


def _open(offer_id: int, now: dt.datetime) -> Offer:
    held = offers.lock(offer_id)
    if not offers.to_be_had(now=now).filter(pk=offer_id).exists():
        raise OfferNotOpen
    return held


def _lock(cooperation: Cooperation, *allowed: CooperationStatus) -> tuple[Offer, Cooperation]:
    held = offers.lock(cooperation.offer_id)
    rows = Cooperation.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("offer__organisation__town", "host__town").get(pk=cooperation.pk)
    if row.status not in allowed:
        raise WrongCooperationStatus
    return held, row


def _settle(row: Cooperation, now: dt.datetime) -> Cooperation:
    if row.starts_at is not None and row.starts_at <= now:
        raise BadTime
    row.status, row.agreed_at = CooperationStatus.AGREED, now
    row.save()
    bookings.book(cooperation=row, now=now)
    letters.tell(letters.SETTLED, row, now)
    return row


def _end(row: Cooperation, side: Side | None, reason: str, now: dt.datetime, actor: User | None) -> Cooperation:
    row.status, row.ended_at, row.end_reason = CooperationStatus.ENDED, now, reason
    row.ended_by = side.value if side is not None else ""
    row.save(update_fields=["status", "ended_at", "ended_by", "end_reason"])
    bookings.cancel(cooperation=row, now=now)
    audit.record(actor=actor, action="cooperation.end", target=row, now=now, side=row.ended_by)
    letters.tell(letters.ENDED if side is not None else letters.LAPSED, row, now, but=side, quoted=reason)
    return row


def _check_wanted(need: Need | None, role: Role | None, host: Organisation) -> None:
    if need is not None and need.status not in (NeedStatus.OPEN, NeedStatus.TAKEN_UP):
        raise NotWanted
    if role is not None and (
        role.organisation_id != host.pk or role.status in (RoleStatus.CLOSED, RoleStatus.CANCELLED)
    ):
        raise NotWanted


def _check_terms(row: Cooperation, offer: Offer, now: dt.datetime) -> None:
    """Refuse a time or a number that the offer does not have."""
    most = offer.left if offer.kind == Help.GOODS else offer.people
    if not 1 <= row.quantity <= (MOST if most is None else min(most, MOST)):
        raise TooMany
    if row.starts_at is None and row.ends_at is None:
        return
    if row.starts_at is None or row.ends_at is None or not _is_in_time(row.starts_at, row.ends_at, now):
        raise BadTime
    first, last = timezone.localdate(row.starts_at), timezone.localdate(row.ends_at)
    if (offer.starts_on is not None and first < offer.starts_on) or (
        offer.ends_on is not None and last > offer.ends_on
    ):
        raise OutsideOffer
    if first < timezone.localdate(now) + dt.timedelta(days=offer.notice_days):
        raise OutsideOffer
    if not bookings.is_free(offer=offer, starts_at=row.starts_at, ends_at=row.ends_at):
        raise bookings.AlreadyBooked


def _is_in_time(starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime) -> bool:
    return now < starts_at < ends_at <= now + FURTHEST_AHEAD and ends_at - starts_at <= LONGEST
