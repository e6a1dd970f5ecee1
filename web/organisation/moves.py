"""One time of a role of one's organisation: its roster, moving it, calling it off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from organisations.models import Organisation, Slot
from volunteers.models import Application, Placement
from volunteers.services.changing import moving
from volunteers.services.taking_part import placements
from volunteers.services.who_comes import roster
from web.fields import DayField, HourField
from web.hours import at
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


class TimeForm(forms.Form):
    """When it is to be; a window also has a last day."""

    day = DayField(label=_("日にち"))
    begins = HourField(label=_("はじまり"))
    last_day = DayField(label=_("さいごの日"))
    ends = HourField(label=_("おわり"))

    def __init__(self, data: Any, *, slot: Slot) -> None:
        first, last = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
        initial = {"day": first.date(), "begins": first.time(), "last_day": last.date(), "ends": last.time()}
        super().__init__(data, initial=initial)
        if slot.minutes is None:
            del self.fields["last_day"]

    def times(self) -> dict[str, dt.datetime]:
        answers = self.cleaned_data
        last_day = answers.get("last_day", answers["day"])
        return {"starts_at": at(answers["day"], answers["begins"]), "ends_at": at(last_day, answers["ends"])}


@never_cache
@guarded(GET="slots.roster")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    slot = _own(request, pk)
    require(request.user, "slots.roster", slot)
    lines = roster.of(slot)
    context = _context(slot) | {"lines": lines, "people": sum(line.people for line in lines), "kept": roster.kept(slot)}
    return render(request, "organisation/people/roster.html", context)


@never_cache
@guarded(GET="slots.move", POST="slots.move")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    user, slot = person(request), _own(request, pk)
    require(user, "slots.move", slot)
    form = TimeForm(request.POST if request.method == "POST" else None, slot=slot)

    def deed() -> str:
        moved = moving.move_slot(slot=slot, now=timezone.now(), actor=user, **form.times())
        messages.success(request, gettext("日時を変えました。参加が決まっている方と、申し込んだ方に知らせます。"))
        if moved.freed:
            messages.warning(request, gettext("同じ時間に別の予定がある方がいて、参加がとりやめになりました。"))
        return _people_of(slot)

    return act(request, "organisation/people/move.html", form=form, deed=deed, context=_context(slot) | _told(slot))


@never_cache
@guarded(GET="slots.change", POST="slots.change")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user, slot = person(request), _own(request, pk)
    require(user, "slots.change", slot)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def deed() -> str:
        placements.cancel_slot(slot=slot, now=timezone.now(), actor=user)
        messages.success(request, gettext("この日を中止にしました。参加が決まっている方と、申し込んだ方に知らせます。"))
        return _people_of(slot)

    return act(request, "organisation/people/cancel.html", form=form, deed=deed, context=_context(slot) | _told(slot))


def _own(request: HttpRequest, pk: int) -> Slot:
    own = Slot.objects.filter(role__organisation__in=Organisation.objects.of(request.user))
    return get_object_or_404(own.select_related("role__organisation__town", "role__venue__town"), pk=pk)


def _context(slot: Slot) -> dict[str, object]:
    return {"slot": slot, "role": slot.role, "back": _people_of(slot)}


def _told(slot: Slot) -> dict[str, object]:
    """Count who will hear of it, as far as the organisation has heard of them."""
    asking = Application.objects.asked().known_to_hosts().filter(slot=slot)
    return {"coming": Placement.objects.active().filter(slot=slot).count(), "asking": asking.count()}


def _people_of(slot: Slot) -> str:
    return reverse("organisation:people", args=[slot.role_id])
