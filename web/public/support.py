"""Help with starting something: what to think of, and notices of grants and other support."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from organisations.models import NoticeFollow, Organisation, SupportNotice
from organisations.models.initiative import Step
from organisations.services.coordinating import desks
from web.nothing import NO_SUPPORT
from web.permissions import guarded

ON_A_PAGE = 20


@guarded(GET="support.read")
def starting(request: HttpRequest) -> HttpResponse:
    return render(request, "public/starting.html", {"steps": Step.labels, "desks": desks.for_town(None)})


@guarded(GET="support.read")
def notices(request: HttpRequest) -> HttpResponse:
    """Only what has not passed; whoever acts for organisations sees which of them follow what."""
    current = SupportNotice.objects.current(timezone.localdate()).select_related("desk__organisation")
    page = Paginator(current, ON_A_PAGE).get_page(request.GET.get("page"))
    own = list(Organisation.objects.of(request.user).approved().order_by("kana", "pk"))
    followed = NoticeFollow.objects.filter(organisation__in=own, notice__in=page.object_list) if own else []
    pairs = {(one.notice_id, one.organisation_id) for one in followed}
    rows = [(notice, [(host, (notice.pk, host.pk) in pairs) for host in own]) for notice in page]
    context = {"page": page, "rows": rows, "nothing": NO_SUPPORT, "desks": desks.for_town(None)}
    return render(request, "public/support.html", context)
