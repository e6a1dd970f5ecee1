"""Whoever leaves the last stops what an organisation offers, and a coordinator hears that nobody acts for it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from organisations.models import Organisation
from organisations.models.role import PUBLISHED, RoleStatus
from organisations.services.coordinating import desks
from organisations.services.roles import approval, closing
from volunteers.services.telling import letters

NOBODY_LEFT = letters.Kind(
    "organisation_without_people",
    _("担当者がいなくなりました:%(organisation)s"),
    _(
        "「%(organisation)s」の担当者が、みなさん退会されました。出していた募集は締め切りました。"
        "もう決まっている活動があれば、団体に電話で確かめてください。"
    ),
    words=lambda organisation: {"organisation": organisation.name},
)


def leave_all(*, user: User, now: dt.datetime, actor: User | None) -> None:
    """End all memberships of *user*, inside the caller's transaction."""
    own = Organisation.objects.filter(memberships__user=user).values("pk")
    # Two who leave at once wait for each other here, as they do in ``members.leave``.
    for organisation in Organisation.objects.select_for_update(no_key=True).filter(pk__in=own).order_by("pk"):
        organisation.memberships.filter(user=user).delete()
        audit.record(actor=actor, action="organisation.leave", target=organisation, now=now, user=user.pk)
        if not organisation.memberships.filter(user__is_active=True).exists():
            _stop(organisation, now, actor)


def _stop(organisation: Organisation, now: dt.datetime, actor: User | None) -> None:
    offered = organisation.roles.filter(status__in=[RoleStatus.WAITING, *PUBLISHED])
    for role in offered.order_by("pk"):
        end = approval.withdraw if role.status == RoleStatus.WAITING else closing.close
        end(role=role, now=now, actor=actor)
    staff = User.objects.filter(is_staff=True, is_active=True)
    told = desks.coordinators_of(organisation.town) or staff
    path = f"/console/organisations/{organisation.pk}/"
    letters.write(NOBODY_LEFT, told, organisation, now, path=path, about=f"{now:%Y%m%d%H%M%S}")
