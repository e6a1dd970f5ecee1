from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from organisations.models import Organisation, Repeat, Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.hosts import invitations
from organisations.services.roles import writing
from organisations.services.times import repeats, slots
from organisations.services.times.weekly import Weekly
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from volunteers.models import Application, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services.taking_part import applications


def _ahead(kept: Kept) -> Slot:
    """A time ahead of the host's, to which one comes and two ask, one of them for long."""
    [host] = [one.email for one in kept.ward.sign_ins if one.kind == "host"]
    now = timezone.now()
    ahead = Slot.objects.filter(role__organisation__memberships__user__email=host, role__status="open")
    slot = ahead.filter(starts_at__gt=now + dt.timedelta(days=1), capacity__gte=3).earliest("starts_at", "pk")
    if not Application.objects.filter(slot=slot).exists():
        for days, person in enumerate(Volunteer.objects.order_by("pk")[:3]):
            asked_at = now - dt.timedelta(days=3 * days)
            asked = applications.ask(
                volunteer=person, slot=slot, now=asked_at, actor=None, note="よろしくお願いします。", is_released=True
            )
        applications.accept(application=asked, now=now, actor=None)
    return slot


def _application(kept: Kept) -> Application:
    return Application.objects.filter(slot=_ahead(kept), status=ApplicationStatus.ASKED).earliest("asked_at")


def _organisation(kept: Kept) -> Organisation:
    """The one of the host who signs in."""
    email = next(one.email for one in kept.ward.sign_ins if one.kind == "host")
    return Organisation.objects.filter(memberships__user__email=email).earliest("pk")


def _draft(kept: Kept) -> Role:
    """A draft of theirs that lacks something, with one time."""
    now, organisation = timezone.now(), _organisation(kept)
    found = organisation.roles.filter(status=RoleStatus.DRAFT).first()
    if found is not None:
        return found
    role = writing.draft(organisation=organisation, title="花だんの水やり", now=now, actor=None)
    begins = (now + dt.timedelta(days=3)).replace(hour=1, minute=0, second=0, microsecond=0)
    slots.add(role=role, starts_at=begins, ends_at=begins + dt.timedelta(hours=1), capacity=3, now=now, actor=None)
    return role


def _role(name: str) -> Callable[[Kept], str]:
    return lambda kept: f"/organisation/roles/{_draft(kept).pk}/{name}"


def _slot(name: str) -> Callable[[Kept], str]:
    return lambda kept: f"/organisation/slots/{_draft(kept).slots.earliest('pk').pk}/{name}"


def _open(kept: Kept) -> str:
    return f"/organisation/roles/{_organisation(kept).roles.filter(status=RoleStatus.OPEN).earliest('pk').pk}/"


def _pieces(kept: Kept) -> str:
    day = timezone.localdate() + dt.timedelta(days=9)
    return f"{_role('split/')(kept)}?day={day}&begins=09:00&ends=12:10&piece_min=30&break_min=0&capacity=2"


def _repeat(kept: Kept) -> Repeat:
    role, begins = _draft(kept), timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    return role.repeats.filter(ended_at=None).first() or repeats.begin(
        role=role,
        weekly=Weekly(frozenset({5})),
        starts_at=begins + dt.timedelta(days=3),
        ends_at=begins + dt.timedelta(days=3, hours=2),
        capacity=3,
        skips_holidays=True,
        now=timezone.now(),
        actor=None,
    )


def _repeats(kept: Kept) -> str:
    return f"/organisation/roles/{_repeat(kept).role_id}/repeat/"


def _page(kept: Kept) -> str:
    return f"/organisation/{_organisation(kept).pk}/"


def _invitation(kept: Kept) -> str:
    """Of the volunteer who signs in, into the organisation of the host."""
    now, organisation = timezone.now(), _organisation(kept)
    email = next(one.email for one in kept.ward.sign_ins if one.kind == "volunteer")
    made = invitations.waiting(organisation=organisation, now=now).first() or invitations.invite(
        organisation=organisation, email=email, now=now, actor=organisation.memberships.earliest("pk").user
    )
    return f"/organisation/invitations/{made.pk}/"


def _members(kept: Kept) -> str:
    _invitation(kept)
    return f"{_page(kept)}members/"


PAGES: dict[str, list[Look]] = {
    "organisation:home": [Look("host", "/organisation/", is_dark=True), Look("volunteer", "/organisation/")],
    "organisation:new": [Look("host", "/organisation/new/")],
    "organisation:organisation": [Look("host", _page, is_dark=True)],
    "organisation:edit": [Look("host", lambda kept: f"{_page(kept)}edit/")],
    "organisation:members": [Look("host", _members, is_dark=True)],
    "organisation:myself": [Look("host", lambda kept: f"{_page(kept)}members/me/")],
    "organisation:leave": [Look("host", lambda kept: f"{_page(kept)}leave/")],
    "organisation:invitation": [Look("volunteer", _invitation)],
    "organisation:withdraw_invitation": [Look("host", lambda kept: f"{_invitation(kept)}withdraw/")],
    "organisation:new_role": [Look("host", lambda kept: f"{_page(kept)}roles/new/")],
    "organisation:role": [Look("host", _role(""), is_dark=True), Look("host", _open)],
    "organisation:what": [Look("host", _role("what/"))],
    "organisation:size": [Look("host", _role("size/"))],
    "organisation:when": [Look("host", _role("when/"), is_dark=True)],
    "organisation:window": [Look("host", _role("when/window/"))],
    "organisation:split": [Look("host", _role("split/")), Look("host", _pieces)],
    "organisation:repeat": [Look("host", _repeats, is_dark=True)],
    "organisation:end_repeat": [Look("host", lambda kept: f"/organisation/repeats/{_repeat(kept).pk}/end/")],
    "organisation:where": [Look("host", _role("where/"))],
    "organisation:new_venue": [Look("host", _role("where/new/"))],
    "organisation:venue": [Look("host", lambda kept: f"{_open(kept)}where/venue/")],
    "organisation:pin": [Look("host", lambda kept: f"{_open(kept)}where/pin/", is_dark=True)],
    "organisation:who": [Look("host", _role("who/"))],
    "organisation:ready": [Look("host", _role("ready/"))],
    "organisation:check": [Look("host", _role("check/"))],
    "organisation:preview": [Look("host", _role("preview/"))],
    "organisation:copy": [Look("host", lambda kept: f"{_open(kept)}copy/")],
    "organisation:reach": [Look("host", lambda kept: f"{_open(kept)}reach/")],
    "organisation:withdraw": [Look("host", _role("withdraw/"))],
    "organisation:let_go": [Look("host", _role("let-go/"))],
    "organisation:close": [Look("host", _role("close/"))],
    "organisation:discard": [Look("host", _role("discard/"))],
    "organisation:slot": [Look("host", _slot(""))],
    "organisation:remove_slot": [Look("host", _slot("remove/"))],
    "organisation:people": [
        Look("host", lambda kept: f"/organisation/roles/{_ahead(kept).role_id}/people/", is_dark=True)
    ],
    "organisation:accept": [
        Look("host", lambda kept: f"/organisation/applications/{_application(kept).public_id}/accept/")
    ],
    "organisation:decline": [
        Look("host", lambda kept: f"/organisation/applications/{_application(kept).public_id}/decline/")
    ],
    "organisation:roster": [Look("host", lambda kept: f"/organisation/slots/{_ahead(kept).pk}/roster/", is_dark=True)],
    "organisation:move": [Look("host", lambda kept: f"/organisation/slots/{_ahead(kept).pk}/move/")],
    "organisation:cancel_slot": [Look("host", lambda kept: f"/organisation/slots/{_ahead(kept).pk}/cancel/")],
}
NOT_PAGES: set[str] = set()
