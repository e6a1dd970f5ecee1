"""One's plans in the calendar of one's telephone: a private address, made, made anew and ended by its owner."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from notifications.services.links import LinkUnknown
from volunteers.models import Volunteer
from volunteers.services.calendar import calendar_feed
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


@never_cache
@guarded(GET="calendar_feed.manage", POST="calendar_feed.manage")
def manage(request: HttpRequest) -> HttpResponse:
    """The address is shown in the answer to the button and nowhere else, so a second tap does not bring it again."""
    user = person(request)
    volunteer = get_object_or_404(Volunteer.objects.select_related("user"), user=user)
    require(user, "calendar_feed.manage", volunteer)
    made: list[str] = []

    def deed() -> str:
        if "stop" in request.POST:
            calendar_feed.stop(volunteer=volunteer, now=timezone.now())
            messages.success(request, _("リンクを使えなくしました。"))
        else:
            made.append(calendar_feed.begin(volunteer=volunteer, now=timezone.now()))
        return reverse("volunteer:feed")

    form = Form(request.POST if request.method == "POST" else None)
    context = {"link": calendar_feed.current(volunteer, now=timezone.now())}
    answer = act(request, "volunteer/feed.html", form=form, deed=deed, context=context)
    return _shown(request, volunteer, made[0]) if made else answer


def _shown(request: HttpRequest, volunteer: Volunteer, token: str) -> HttpResponse:
    address = settings.SITE_URL + reverse("volunteer:feed_file", args=[token])
    link = calendar_feed.current(volunteer, now=timezone.now())
    context = {"address": address, "opens": "webcal:" + address.partition(":")[2], "link": link}
    return render(request, "volunteer/feed.html", context)


# Calendars ask without cookies and must get none; what is wrong with an address nobody learns.
@never_cache
@guarded(GET="pages.read")
def file(_request: HttpRequest, token: str) -> HttpResponse:
    headers = {"X-Robots-Tag": "noindex"}
    try:
        content = calendar_feed.read(token=token, now=timezone.now())
    except LinkUnknown as refusal:
        return HttpResponse(str(refusal), status=404, content_type="text/plain; charset=utf-8", headers=headers)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
