"""Somebody stops acting for an organisation."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Membership, Organisation


class LastMember(DomainError):
    code = "last_member"
    message = _("担当者はあなただけです。ほかの方を招待してから、おやめください。団体を閉じるときは、相談窓口へ。")


@transaction.atomic
def leave(*, membership: Membership, now: dt.datetime, actor: User | None) -> None:
    """End a membership; somebody always stays who acts for the organisation.

    Raises
    ------
    LastMember
    """
    # Two who leave at once wait for each other here.
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    others = organisation.memberships.filter(user__is_active=True).exclude(pk=membership.pk)
    if not others.exists():
        raise LastMember
    audit.record(actor=actor, action="organisation.leave", target=organisation, now=now, user=membership.user_id)
    membership.delete()
