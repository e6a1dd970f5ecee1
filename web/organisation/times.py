"""The times of a role: one more, another, none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.times import slots
from web.organisation import asked_reach, size_kept
from web.organisation.forms.times import CapacityForm, SlotForm, WindowForm, as_written, field_of
from web.organisation.own import role_of, slot_of
from web.organisation.steps import context_of, next_address
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="slots.add", POST="slots.add")
def when(request: HttpRequest, pk: int) -> HttpResponse:
    """The times so far, and one more; who goes on without having typed one adds none."""
    role = role_of(request, pk, "slots.add")
    if request.POST.get("go") and not any(request.POST.get(name) for name in ("day", "begins", "ends")):
        return redirect(next_address(request, "when", role))
    said = size_kept.of(request, role)
    form = SlotForm(_sent(request), initial={"capacity": said["capacity"]}, length=said["minutes"])
    return _ask(request, "organisation/steps/when.html", role, form)


@never_cache
@guarded(GET="slots.add", POST="slots.add")
def window(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "slots.add")
    return _ask(
        request,
        "organisation/steps/window.html",
        role,
        WindowForm(_sent(request), initial=size_kept.of(request, role)),
    )


@never_cache
@guarded(GET="slots.change", POST="slots.change")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft's time is written anew; of what others know of, only how many may come."""
    slot = slot_of(request, pk, "slots.change")
    form = _form_of(request, slot)
    return act(
        request,
        "organisation/steps/slot.html",
        form=form,
        deed=lambda: _change(request, slot, form),
        context={"slot": slot, "role": slot.role, "is_draft": slot.role.status == RoleStatus.DRAFT},
        field_of=lambda refusal: field if (field := field_of(refusal)) in form.fields else None,
    )


@never_cache
@guarded(GET="slots.change", POST="slots.change")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    slot = slot_of(request, pk, "slots.change")

    def take_away() -> str:
        slots.remove(slot=slot, now=timezone.now(), actor=person(request))
        messages.success(request, _("日時をけしました。"))
        return reverse("organisation:when", args=[slot.role_id])

    form = Form(_sent(request))
    return act(request, "organisation/steps/remove.html", form=form, deed=take_away, context={"slot": slot})


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _ask(request: HttpRequest, template: str, role: Role, form: SlotForm | WindowForm) -> HttpResponse:
    coming = role.slots.filter(cancelled_at=None, ends_at__gt=timezone.now())

    def add() -> str:
        slots.add(role=role, now=timezone.now(), actor=person(request), **form.times())
        messages.success(request, _("日時を足しました。"))
        return next_address(request, "when", role) if request.POST.get("go") else here

    here = reverse("organisation:when", args=[role.pk])
    context = {**context_of(request, "when", role), "slots": coming, **asked_reach.panel(request, role)}
    return act(request, template, form=form, deed=add, context=context, field_of=field_of)


def _form_of(request: HttpRequest, slot: Slot) -> SlotForm | WindowForm | CapacityForm:
    sent, written = _sent(request), as_written(slot)
    if slot.role.status != RoleStatus.DRAFT:
        return CapacityForm(sent, initial=written)
    if slot.minutes is not None:
        return WindowForm(sent, initial=written)
    length = int((slot.ends_at - slot.starts_at).total_seconds() // 60)
    return SlotForm(sent, initial=written, length=length)


def _change(request: HttpRequest, slot: Slot, form: SlotForm | WindowForm | CapacityForm) -> str:
    now, user = timezone.now(), person(request)
    if isinstance(form, CapacityForm):
        slots.change_capacity(slot=slot, capacity=form.cleaned_data["capacity"], now=now, actor=user)
        goes_to = "organisation:role"
    else:
        slots.change(slot=slot, now=now, actor=user, **form.times())
        goes_to = "organisation:when"
    messages.success(request, _("保存しました。"))
    return reverse(goes_to, args=[slot.role_id])
