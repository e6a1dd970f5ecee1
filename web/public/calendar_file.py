"""One slot of a role, to put into one's own calendar."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from organisations.models import Role, Slot
from organisations.publicity import ical
from web.permissions import guarded, require


@guarded(GET="roles.read")
def slot(request: HttpRequest, pk: int, slot_pk: int) -> HttpResponse:
    of_public = Slot.objects.filter(role__in=Role.objects.public(), role=pk)
    found = get_object_or_404(of_public.select_related("role__organisation", "role__venue__town"), pk=slot_pk)
    require(request.user, "roles.read", found.role)
    entry = ical.of_slot(found, url=settings.SITE_URL + reverse("public:role", args=[pk]))
    file = ical.calendar([entry], stamp=timezone.now())
    headers = {"Content-Disposition": f'inline; filename="yaritai-{slot_pk}.ics"'}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)
