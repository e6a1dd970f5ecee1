"""An offer and who could use it are brought together; another time or number is asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Cooperation, Need, Offer, Organisation, Role
from organisations.models.cooperation import CooperationStatus, ProposedBy, Side
from organisations.models.need import NeedStatus
from organisations.models.role import RoleStatus
from organisations.services import words
from organisations.services.cooperations import letters, terms
from organisations.services.cooperations.held import lock
from organisations.services.cooperations.sides import tick
from organisations.services.offers import available
from organisations.services.offers import held as offers_held
from organisations.services.roles.approval import NotApproved

_OWN_SIDE = {ProposedBy.HOST: Side.HOST, ProposedBy.DESK: Side.DESK}


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
    terms.check(row, held, now)
    side = _OWN_SIDE.get(ProposedBy(proposed_by))
    if side is not None:
        setattr(row, tick(side), now)
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
    held, row = lock(cooperation, CooperationStatus.PROPOSED)
    row.starts_at, row.ends_at, row.quantity = starts_at, ends_at, quantity
    terms.check(row, held, now)
    for one in Side:
        setattr(row, tick(one), now if one == side else None)
    row.save()
    audit.record(actor=actor, action="cooperation.arrange", target=row, now=now, side=side)
    letters.tell(letters.ARRANGED, row, now, but=Side(side), about=letters.of_answer(side, now))
    return row


def _open(offer_id: int, now: dt.datetime) -> Offer:
    held = offers_held.lock(offer_id)
    if not available.to_be_had(now=now).filter(pk=offer_id).exists():
        raise OfferNotOpen
    return held


def _check_wanted(need: Need | None, role: Role | None, host: Organisation) -> None:
    if need is not None and need.status not in (NeedStatus.OPEN, NeedStatus.TAKEN_UP):
        raise NotWanted
    if role is not None and (
        role.organisation_id != host.pk or role.status in (RoleStatus.CLOSED, RoleStatus.CANCELLED)
    ):
        raise NotWanted
