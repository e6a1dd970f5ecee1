"""How far something has come: the way it goes, and where on it it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import Offer, Organisation, Role
from organisations.models.offer import OfferStatus
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus


@dataclass(frozen=True)
class Stage:
    """One part of the way; ``is_done`` and ``is_now`` are never both true."""

    words: Promise
    is_done: bool
    is_now: bool


OF_ORGANISATION = (_("登録を書く"), _("窓口が確かめる"), _("承認"))
_APPROVALS = {Approval.SENT_BACK: 0, Approval.WAITING: 1, Approval.APPROVED: 2}

OF_ROLE = (_("下書き"), _("窓口が確かめる"), _("募集中"), _("おわり"))
_STATUSES = {
    RoleStatus.DRAFT: 0,
    RoleStatus.WAITING: 1,
    RoleStatus.OPEN: 2,
    RoleStatus.FILLED: 2,
    RoleStatus.RESTING: 2,
    RoleStatus.CLOSED: 3,
}

OF_OFFER = (_("下書き"), _("窓口が確かめる"), _("受け付け中"), _("おわり"))


def of_organisation(organisation: Organisation) -> list[Stage]:
    """Return the way to approval; none where the organisation is suspended."""
    now = _APPROVALS.get(Approval(organisation.approval))
    return [] if now is None else way(OF_ORGANISATION, now)


def of_role(role: Role) -> list[Stage]:
    """Return the way from the draft to the end; none where the role was called off."""
    now = _STATUSES.get(RoleStatus(role.status))
    return [] if now is None else way(OF_ROLE, now)


def of_offer(offer: Offer) -> list[Stage]:
    """Return the way from the draft to the end."""
    return way(OF_OFFER, list(OfferStatus).index(OfferStatus(offer.status)))


def way(words: Sequence[Promise], now: int) -> list[Stage]:
    return [Stage(each, is_done=number < now, is_now=number == now) for number, each in enumerate(words)]
