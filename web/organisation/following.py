"""An organisation follows notices of support, to be reminded before their deadlines."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import NoticeFollow, SupportNotice
from organisations.services.made_public import support_notices
from web.organisation.own import organisation_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="support.follow", POST="support.follow")
def show(request: HttpRequest, pk: int, notice_pk: int) -> HttpResponse:
    """Ask whether to follow, or to follow no longer."""
    organisation = organisation_of(request, pk, "support.follow")
    today = timezone.localdate()
    notice = get_object_or_404(SupportNotice.objects.current(today), pk=notice_pk)
    follows = NoticeFollow.objects.filter(notice=notice, organisation=organisation).exists()

    def deed() -> str:
        change = support_notices.unfollow if follows else support_notices.follow
        change(notice=notice, organisation=organisation, now=timezone.now(), actor=person(request))
        messages.success(
            request, _("お知らせをやめました。") if follows else _("しめきりが近づいたら、お知らせします。")
        )
        return reverse("public:support")

    is_soon = notice.deadline is not None and notice.deadline <= today + support_notices.REMIND_BEFORE
    context = {"organisation": organisation, "notice": notice, "follows": follows, "is_soon": is_soon}
    form = Form(request.POST if request.method == "POST" else None)
    return act(request, "organisation/follow.html", form=form, deed=deed, context=context)
