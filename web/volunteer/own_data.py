"""A copy of all that is known of oneself, as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from matching.services import personal_data
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="account.export", POST="account.export")
def show(request: HttpRequest) -> HttpResponse:
    """A second copy does no harm, so the form needs no key of its own."""
    if request.method != "POST":
        return render(request, "volunteer/own_data.html")
    now = timezone.now()
    name = f"yaritai-{timezone.localdate(now):%Y-%m-%d}.json"
    return HttpResponse(
        personal_data.export(user=person(request), now=now),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
