"""Messages that wait on this site, for whoever chose to read them here."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from notifications.services import inbox
from organisations.services.coordinating import desks
from web.nothing import NO_NOTICES
from web.permissions import guarded
from web.signed_in import person

SHOWN = 50


@never_cache
@guarded(GET="account.see")
def show(request: HttpRequest) -> HttpResponse:
    letters = list(inbox.letters(person(request))[:SHOWN])
    context = {"letters": letters, "nothing": NO_NOTICES, "desks": [] if letters else desks.for_town(None)}
    return render(request, "volunteer/notices.html", context)


@never_cache
@guarded(GET="account.see", POST="notices.read")
def read(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark one as read; whoever comes here by address only sees the list."""
    if request.method == "POST":
        try:
            inbox.read(user=person(request), notification_id=pk, now=timezone.now())
        except inbox.NotificationUnknown as refusal:
            raise Http404 from refusal
    return redirect("volunteer:notices")
