"""Waiting for a place of a full slot: on the pages, and by the link in the letter that offers one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from notifications.models import ActionLink
from organisations.models import Role, Slot
from organisations.services.coordinating import desks
from volunteers.models import Application, Placement, Waiting
from volunteers.services.waiting_lists import waiting
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.volunteer.forms import SeenForm
from web.volunteer.people import no_profile, profile_of

WITH_ROLE = ("slot__role__organisation", "slot__role__venue__town", "volunteer__user", "volunteer__town")


@never_cache
@guarded(GET="account.see", POST="slots.wait")
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    slots = Slot.objects.select_related("role__organisation", "role__venue__town")
    slot = get_object_or_404(slots, pk=pk, role__in=Role.objects.public())
    user = person(request)
    volunteer = profile_of(user)
    if volunteer is None:
        return no_profile(request)
    require(user, "slots.wait")

    def deed() -> str:
        waiting.join_queue(volunteer=volunteer, slot=slot, now=timezone.now(), actor=user)
        messages.success(request, _("空きが出たら、お知らせします。それまでは、何もしなくて大丈夫です。"))
        return reverse("volunteer:places")

    context = {"slot": slot, "role": slot.role, "desks": desks.for_town(volunteer.town)}
    return act(request, "volunteer/wait.html", form=_form(request), deed=deed, context=context)


@never_cache
@guarded(GET="waiting.see", POST="waiting.accept")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk, "waiting.accept")
    form = SeenForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        made = waiting.accept(waiting=row, now=timezone.now(), actor=person(request), **form.cleaned_data)
        messages.success(request, _said_yes(made))
        return reverse("volunteer:places")

    return _ask(request, row, deed, "volunteer/waiting_accept.html", form)


@never_cache
@guarded(GET="waiting.see", POST="waiting.leave")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk, "waiting.leave")

    def deed() -> str:
        waiting.leave(waiting=row, now=timezone.now(), actor=person(request))
        messages.success(request, _("空き待ちをやめました。知らせてくださり、ありがとうございます。"))
        return reverse("volunteer:places")

    return _ask(request, row, deed, "volunteer/waiting_leave.html", _form(request))


def by_link(request: HttpRequest, found: ActionLink) -> HttpResponse:
    """Show what is offered, and take the answer; sent twice, it is one answer."""
    row = _of_link(found)
    require(found.user, "waiting.accept", row)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            _answer(request, row)
        except DomainError as said:
            refusal, status = said, 409
        row.refresh_from_db(fields=["held", "ended_at", "offered_until"])
    same = {"volunteer": row.volunteer, "slot": row.slot}
    context = {
        "row": row,
        "refusal": refusal,
        "is_placed": Placement.objects.active().filter(**same).exists(),
        "is_asked": Application.objects.filter(**same, status="asked").exists(),
        "may_undo": row.ended_at is not None and row.offered_until is not None and row.offered_until > timezone.now(),
        "desks": desks.for_town(row.volunteer.town),
    }
    return render(request, "volunteer/link_waiting.html", context, status=status)


def _answer(request: HttpRequest, row: Waiting) -> None:
    now, actor = timezone.now(), row.volunteer.user
    if "undo" in request.POST:
        waiting.undo(waiting=row, now=now, actor=actor)
    elif "leave" in request.POST:
        waiting.leave(waiting=row, now=now, actor=actor)
    elif not _is_there(row):
        form = SeenForm(request.POST)
        seen = form.cleaned_data["seen"] if form.is_valid() else None
        waiting.accept(waiting=row, now=now, actor=actor, seen=seen)


def _is_there(row: Waiting) -> bool:
    return Placement.objects.active().filter(volunteer=row.volunteer, slot=row.slot).exists()


def _said_yes(made: Placement | Application) -> str:
    if isinstance(made, Placement):
        return _("参加が決まりました。当日お待ちしています。")
    return _("申し込みを受け付けました。団体からの返事をお待ちください。")


def _form(request: HttpRequest) -> Form:
    return Form(request.POST if request.method == "POST" else None)


def _own(request: HttpRequest, pk: int, rule: str) -> Waiting:
    rows = Waiting.objects.alive().select_related(*WITH_ROLE)
    row = get_object_or_404(rows, pk=pk, volunteer__user=person(request))
    require(request.user, rule, row)
    return row


def _ask(request: HttpRequest, row: Waiting, deed: Callable[[], str], template: str, form: Form) -> HttpResponse:
    context = {"slot": row.slot, "role": row.slot.role, "row": row}
    return act(request, template, form=form, deed=deed, context=context)


def _of_link(found: ActionLink) -> Waiting:
    if not (found.target_id.isascii() and found.target_id.isdecimal()):
        raise Http404
    rows = Waiting.objects.select_related(*WITH_ROLE)
    return get_object_or_404(rows, pk=found.target_id, volunteer__user=found.user)
