"""The call list: whom to telephone, what to say, and what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from matching.models import Answer
from matching.services.answering import on_the_phone
from notifications.models import Channel, Notification, Status
from notifications.services import calls
from volunteers.models import Volunteer
from volunteers.services.coordinating import areas
from web.console import look
from web.console.forms import AnswerForm, CallForm
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

ON_A_PAGE = 20


@never_cache
@guarded(GET="calls.note")
def index(request: HttpRequest) -> HttpResponse:
    lines = calls.open_lines(users=areas.people_of(person(request)))
    page = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/calls.html", {"page": page})


@never_cache
@guarded(GET="calls.note", POST="calls.note")
def show(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    line = _found(request, pk)
    look.note(request, Volunteer.objects.filter(user=line.user).first() or line.user, through="call_line")
    form = CallForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        calls.note(line=line, now=timezone.now(), actor=person(request), **form.cleaned_data)
        messages.success(request, _("電話の結果を記録しました。"))
        return reverse("console:calls")

    return act(request, "console/call.html", form=form, deed=deed, context={**_all_about(line), "call_form": form})


@never_cache
@guarded(POST="calls.note")
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    line = _found(request, pk)
    form = AnswerForm(request.POST)

    def deed() -> str:
        on_the_phone.answer(line=line, now=timezone.now(), actor=person(request), **form.cleaned_data)
        messages.success(request, _("お返事を記録しました。"))
        return reverse("console:call", args=[pk]) if calls.is_open(line) else reverse("console:calls")

    context = {**_all_about(line), "answering": form}
    return act(request, "console/call.html", form=form, deed=deed, context=context)


def _found(request: HttpRequest, pk: uuid.UUID) -> Notification:
    users = areas.people_of(person(request)).values("pk")
    lines = Notification.objects.filter(channel=Channel.CALL_LIST, status=Status.SENT, user__in=users)
    line = get_object_or_404(lines.select_related("user"), pk=pk)
    require(request.user, "calls.note", line)
    return line


def _all_about(line: Notification) -> dict[str, Any]:
    return {
        "line": line,
        "number": calls.number(line),
        "is_open": calls.is_open(line),
        "calls": line.calls.select_related("by").order_by("-at", "-pk"),
        "suggestions": on_the_phone.on_line(line),
        "waiting": set(on_the_phone.waiting(line).values_list("pk", flat=True)),
        "answers": [(Answer.ACCEPT, _("行けます")), (Answer.DECLINE, _("今回はやめる"))],
        "call_form": CallForm(),
    }
