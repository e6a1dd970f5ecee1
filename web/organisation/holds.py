"""Places held for a company's team: taking them, keeping them longer, giving them back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from organisations.models import Role, Slot
from organisations.services.teams import holds
from volunteers.services.teams import team_places
from web.organisation.forms.teams import HoldForm, UntilForm, end_of
from web.organisation.own import hold_of, team_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="teams.hold", POST="teams.hold")
def take(request: HttpRequest, pk: int, slot_pk: int) -> HttpResponse:
    team, now = team_of(request, pk, "teams.hold"), timezone.now()
    slots = Slot.objects.select_related("role__organisation", "role__venue__town")
    slot = get_object_or_404(slots, pk=slot_pk, role__in=Role.objects.public())
    last = holds.latest(slot, now)
    form = HoldForm(request.POST if request.method == "POST" else None, size=team.size, last=last)

    def deed() -> str:
        said = form.cleaned_data
        until = end_of(said["until"], last)
        team_places.hold(team=team, slot=slot, places=said["places"], until=until, now=now, actor=person(request))
        done = ngettext("%(count)d人分の場所をとりました。", "%(count)d人分の場所をとりました。", said["places"])
        messages.success(request, done % {"count": said["places"]})
        return reverse("organisation:team", args=[team.pk])

    context = {"team": team, "slot": slot, "role": slot.role, "last": last}
    context |= {"headline": _("チームの場所をとりますか"), "button": _("場所をとる")}
    return act(request, "organisation/teams/hold.html", form=form, deed=deed, context=context, field_of=_field_of)


@never_cache
@guarded(GET="teams.hold", POST="teams.hold")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the places until another day."""
    hold, now = hold_of(request, pk, "teams.hold"), timezone.now()
    last = holds.latest(hold.slot, hold.held_at)
    form = UntilForm(request.POST if request.method == "POST" else None, last=last)

    def deed() -> str:
        until = end_of(form.cleaned_data["until"], last)
        holds.extend(hold=hold, until=until, now=now, actor=person(request))
        messages.success(request, _("期限を変えました。"))
        return reverse("organisation:team", args=[hold.team_id])

    context = {"hold": hold, "team": hold.team, "slot": hold.slot, "role": hold.slot.role, "last": last}
    context |= {"headline": _("いつまでとっておきますか"), "button": _("期限を変える")}
    return act(request, "organisation/teams/hold.html", form=form, deed=deed, context=context, field_of=_field_of)


@never_cache
@guarded(GET="teams.hold", POST="teams.hold")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    hold = hold_of(request, pk, "teams.hold")
    form = forms.Form(request.POST if request.method == "POST" else None)

    def deed() -> str:
        holds.release(hold=hold, now=timezone.now(), actor=person(request))
        messages.success(request, _("場所をお返ししました。参加が決まっている方は、そのまま参加できます。"))
        return reverse("organisation:team", args=[hold.team_id])

    context = {"hold": hold, "team": hold.team, "slot": hold.slot, "role": hold.slot.role}
    return act(request, "organisation/teams/release.html", form=form, deed=deed, context=context)


def _field_of(refusal: DomainError) -> str | None:
    if isinstance(refusal, holds.BadEnd):
        return "until"
    return "places" if isinstance(refusal, holds.BadPlaces) else None
