"""An organisation registers, sees how it stands, and writes its entry anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Organisation
from organisations.models.organisation import Approval
from organisations.services.coordinating import desks
from organisations.services.hosts import organisations, own
from web.organisation import stages
from web.organisation.forms.entry import EntryForm, as_written, field_of
from web.organisation.own import organisation_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="organisations.found", POST="organisations.found")
def new(request: HttpRequest) -> HttpResponse:
    form = EntryForm(request.POST if request.method == "POST" else None)
    return act(
        request,
        "organisation/new.html",
        form=form,
        deed=lambda: _found(request, form),
        context={"desks": desks.for_town(None)},
        field_of=field_of,
    )


@never_cache
@guarded(GET="organisations.see_own")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = organisation_of(request, pk, "organisations.see_own")
    is_back = organisation.approval == Approval.SENT_BACK
    context = {
        "organisation": organisation,
        "stages": stages.of_organisation(organisation),
        "asked_for": own.asked_for(organisation) if is_back else "",
        "desks": desks.for_town(organisation.town),
        "town": organisation.town,
    }
    return render(request, "organisation/entry.html", context)


@never_cache
@guarded(GET="organisations.change", POST="organisations.change")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = organisation_of(request, pk, "organisations.change")
    form = EntryForm(request.POST if request.method == "POST" else None, initial=as_written(organisation))
    is_back = organisation.approval == Approval.SENT_BACK
    return act(
        request,
        "organisation/edit.html",
        form=form,
        deed=lambda: _change(request, organisation, form),
        context={"organisation": organisation, "asked_for": own.asked_for(organisation) if is_back else ""},
        field_of=field_of,
    )


def _found(request: HttpRequest, form: EntryForm) -> str:
    user = person(request)
    made = organisations.found(user=user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("登録を受け取りました。窓口が確かめたら、お知らせします。"))
    return reverse("organisation:organisation" if user.name else "organisation:myself", args=[made.pk])


def _change(request: HttpRequest, organisation: Organisation, form: EntryForm) -> str:
    """What was sent back is handed in again by saving it."""
    now, user = timezone.now(), person(request)
    organisations.change(organisation=organisation, now=now, actor=user, **form.cleaned_data)
    if organisation.approval == Approval.SENT_BACK:
        organisations.resubmit(organisation=organisation, now=now, actor=user)
        messages.success(request, _("もう一度お送りしました。窓口が確かめたら、お知らせします。"))
    else:
        messages.success(request, _("保存しました。"))
    return reverse("organisation:organisation", args=[organisation.pk])
