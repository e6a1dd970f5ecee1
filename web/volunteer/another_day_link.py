"""What somebody sees who opens the link of a letter that proposes another day for a role of their organisation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.services.errors import DomainError
from matching.services.coordinating import another_day
from notifications.models import ActionLink
from organisations.models import Organisation, Role
from organisations.services.coordinating import desks
from web.permissions import require


def by_link(request: HttpRequest, found: ActionLink) -> HttpResponse:
    """Show the day, and make the draft once the button is pressed; pressed twice, it is the same draft."""
    if not (found.target_id.isascii() and found.target_id.isdecimal()):
        raise Http404
    own = Role.objects.filter(organisation__in=Organisation.objects.of(found.user))
    role = get_object_or_404(own.select_related("organisation__town"), pk=found.target_id)
    require(found.user, "roles.copy", role)
    now, status, refusal, made = timezone.now(), 200, None, None
    day = another_day.asked(role=role, now=now)
    if request.method == "POST":
        try:
            made = another_day.begin(role=role, now=now, actor=found.user)
        except DomainError as said:
            refusal, status = said, 409
    context = {
        "role": role,
        "when": another_day.in_words(day) if day else "",
        "made": made,
        "refusal": refusal,
        "desks": desks.for_town(role.organisation.town),
    }
    return render(request, "volunteer/link_another_day.html", context, status=status)
