"""What was changed in a role since it was found good: it has been read, or other words are asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.services.coordinating import desks
from organisations.services.reviewing import rereading, wording_anew
from organisations.services.roles import rewordings
from web.console.forms import OF_ROLES, ApproveForm, SendBackForm
from web.console.roles import all_about, found
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


class SendBackSeenForm(SendBackForm):
    """``seen`` is when what was read had been changed."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)


@never_cache
@guarded(POST="roles.publish")
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed since it was approved has been read."""
    role = found(request, pk)
    require(request.user, "roles.publish", role)
    form = ApproveForm(request.POST)

    def deed() -> str:
        seen, now = form.cleaned_data["seen"], timezone.now()
        done = rereading.read(role=role, seen=seen, now=now, actor=person(request))
        if done.read_at is None:
            said = _("確かめたことを記録しました。ほかのコーディネーターも確かめると、新しいことばが公開されます。")
        else:
            said = _("変わったところを確かめたことを記録しました。")
        messages.success(request, said)
        return reverse("console:today")

    return act(request, "console/role.html", form=form, deed=deed, context=all_about(request, role))


@never_cache
@guarded(GET="roles.review", POST="roles.publish")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The role says again what it said before, and its organisation hears why."""
    role = found(request, pk)
    require(request.user, "roles.publish", role)
    unread = role.rewordings.unread().first()
    if unread is None and request.method == "GET":
        raise Http404
    initial: dict[str, Any] = {} if unread is None else {"seen": unread.at.isoformat()}
    form = SendBackSeenForm(request.POST if request.method == "POST" else None, ready=OF_ROLES, initial=initial)

    def deed() -> str:
        user = person(request)
        desk, seen = desks.of_coordinator(user, role.towns), form.cleaned_data["seen"]
        wording_anew.send_back(role=role, seen=seen, by_desk=desk, now=timezone.now(), actor=user, reason=form.reason)
        messages.success(request, _("書き直しをお願いしました。それまでは、前のことばで公開しています。"))
        return reverse("console:today")

    context = {
        "what": role.label,
        "whose": role.organisation.name,
        "back": reverse("console:role", args=[pk]),
        "changes": rewordings.in_words(unread) if unread else [],
        "is_with_children": role.is_with_children,
    }
    return act(request, "console/send_back.html", form=form, deed=deed, context=context)
