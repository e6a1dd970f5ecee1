"""Events that an organisation keeps elsewhere: handed in, looked at, brought in as drafts."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Organisation
from organisations.services.bringing_in import events
from volunteers.models import Upload
from volunteers.services.bringing_in import event_uploads, uploads
from web import bringing_in
from web.organisation.forms.events import EventsForm
from web.organisation.own import organisation_of
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


@never_cache
@guarded(GET="events.bring_in", POST="events.bring_in")
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = organisation_of(request, pk, "events.bring_in")
    form = EventsForm(request.POST or None, request.FILES or None)

    def deed() -> str:
        file = form.cleaned_data["file"]
        upload = event_uploads.keep(
            organisation=organisation, name=file.name, content=file.read(), now=timezone.now(), actor=person(request)
        )
        return reverse("organisation:events_upload", args=[upload.pk])

    waiting = organisation.uploads.filter(by=person(request), done_at=None).defer("content").order_by("-at")
    context = {"organisation": organisation, "columns": events.columns()[:-1], "uploads": waiting[:10]}
    return act(
        request,
        "organisation/events/hand_in.html",
        form=form,
        deed=deed,
        context=context,
        field_of=lambda _refusal: "file",
    )


@never_cache
@guarded(GET="events.see_upload", POST="events.see_upload")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    found, organisation = _own(request, pk)
    plan = event_uploads.look(upload=found, now=timezone.now())

    def deed() -> str:
        count = event_uploads.bring(upload=found, now=timezone.now(), actor=person(request))
        messages.success(
            request, _("%(count)s件を下書きにしました。足りないことを書いて、窓口に送ってください。") % {"count": count}
        )
        return reverse("organisation:home")

    context = {
        **bringing_in.context(found, plan, frame="organisation/base.html", dropping="organisation:drop_events"),
        "organisation": organisation,
    }
    form = Form(request.POST if request.method == "POST" else None)
    return act(request, "organisation/events/upload.html", form=form, deed=deed, context=context)


@never_cache
@guarded(POST="events.see_upload")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found, organisation = _own(request, pk)

    def deed() -> str:
        uploads.drop(upload=found, now=timezone.now(), actor=person(request))
        messages.success(request, _("取り込むのをやめました。ファイルは消しました。"))
        return reverse("organisation:events", args=[organisation.pk])

    context = {"upload": found, "organisation": organisation}
    return act(request, "organisation/events/drop.html", form=Form(request.POST), deed=deed, context=context)


def _own(request: HttpRequest, pk: int) -> tuple[Upload, Organisation]:
    user = person(request)
    found = get_object_or_404(Upload.objects.select_related("organisation"), pk=pk, done_at=None)
    require(user, "events.see_upload", found)
    return found, organisation_of(request, found.organisation_id or 0, "events.bring_in")
