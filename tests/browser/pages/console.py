from __future__ import annotations

from django.utils import timezone

from matching.services.asking import digests
from matching.services.running import runs
from notifications.models import Channel, Notification, Status
from organisations.models import Organisation, Role
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from organisations.services import venues
from organisations.services.roles import writing
from tests.browser.kept import Kept
from tests.browser.pages import people
from tests.browser.pages.look import Look
from volunteers.models import Application


def _role(_kept: Kept) -> str:
    role = Role.objects.get(status=RoleStatus.WAITING, is_with_children=True)
    return f"/console/roles/{role.pk}/"


def _reworded(_kept: Kept) -> str:
    """A public role that says something else since it was found good, and takes place a little further on."""
    now = timezone.now()
    role = Role.objects.open().filter(is_with_children=False, venue__isnull=False).earliest("pk")
    if not role.rewordings.unread().exists():
        changed = writing.change(role=role, summary=f"{role.summary} 帽子を持ってきてください。", now=now, actor=None)
        assert changed.venue is not None
        venues.move_pin(venue=changed.venue, lat=changed.venue.lat + 0.001, lng=changed.venue.lng, now=now, actor=None)
    return f"/console/roles/{role.pk}/"


def _organisation(_kept: Kept) -> str:
    return f"/console/organisations/{Organisation.objects.get(approval=Approval.WAITING).pk}/"


def _application(_kept: Kept) -> str:
    return f"/console/applications/{Application.objects.get(released_at=None).public_id}/"


def _calls(_kept: Kept) -> str:
    """With the digests of those on the call list written, and the lines on it."""
    now = timezone.now()
    digests.plan(now=now)
    Notification.objects.filter(channel=Channel.CALL_LIST).update(status=Status.SENT, sent_at=now)
    return "/console/calls/"


def _call(kept: Kept) -> str:
    line = Notification.objects.filter(channel=Channel.CALL_LIST, user__name="樫村 うめの").get()
    return f"{_calls(kept)}{line.pk}/"


def _run(_kept: Kept) -> str:
    run = runs.latest()
    assert run is not None
    return f"/console/runs/{run.pk}/"


# The call list comes first, so that the day has somebody to telephone.
PAGES: dict[str, list[Look]] = {
    "console:calls": [Look("coordinator", "/console/calls/"), Look("coordinator", _calls)],
    "console:today": [Look("coordinator", "/console/", is_dark=True)],
    "console:role": [Look("coordinator", _role, is_dark=True)],
    "console:send_back_role": [Look("coordinator", lambda kept: f"{_role(kept)}send-back/")],
    "console:send_back_rewording": [
        Look("coordinator", _reworded),
        Look("coordinator", lambda kept: f"{_reworded(kept)}send-back-change/"),
    ],
    "console:organisation": [Look("coordinator", _organisation)],
    "console:send_back_organisation": [Look("coordinator", lambda kept: f"{_organisation(kept)}send-back/")],
    "console:application": [Look("coordinator", _application)],
    "console:call": [Look("coordinator", _call, is_dark=True)],
    "console:days": [Look("coordinator", "/console/days/")],
    "console:runs": [Look("coordinator", "/console/runs/")],
    "console:run": [Look("coordinator", _run)],
    **people.PAGES,
}
NOT_PAGES: set[str] = people.NOT_PAGES
