"""「行けなくなった」 in a letter about a time that was moved: gives the place back without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.services.errors import DomainError
from matching.services import leaving
from notifications.models import ActionLink
from organisations.services import desks
from volunteers.models import Placement
from volunteers.services import joining
from web.permissions import require

STEP_BACK = "step_back"


def step_back(request: HttpRequest, found: ActionLink) -> HttpResponse:
    """Show the place and give it back; undone, join the same time again. Sent twice, it is done once."""
    placement = _placement(found)
    require(found.user, "places.cancel", placement)
    status, refusal = 200, None
    if request.method == "POST":
        try:
            _act(placement, found, is_undo="undo" in request.POST)
        except DomainError as said:
            status, refusal = 409, said
    context = {
        "slot": placement.slot,
        "role": placement.slot.role,
        "comes": _current(placement) is not None,
        "refusal": refusal,
        "desks": desks.for_town(placement.volunteer.town),
    }
    return render(request, "volunteer/link_step_back.html", context, status=status)


def _act(placement: Placement, found: ActionLink, *, is_undo: bool) -> None:
    now, current = timezone.now(), _current(placement)
    if is_undo and current is None:
        joining.join(volunteer=placement.volunteer, slot=placement.slot, now=now, actor=found.user)
    if not is_undo and current is not None:
        leaving.cancel(placement=current, now=now, actor=found.user)


def _current(placement: Placement) -> Placement | None:
    return Placement.objects.active().filter(volunteer=placement.volunteer, slot=placement.slot).first()


def _placement(found: ActionLink) -> Placement:
    rows = Placement.objects.select_related("volunteer__user", "volunteer__town", "slot__role__organisation")
    if not (found.target_id.isascii() and found.target_id.isdecimal()):
        raise Http404
    placement = rows.filter(pk=found.target_id, volunteer__user=found.user).first()
    if placement is None:
        raise Http404
    return placement
