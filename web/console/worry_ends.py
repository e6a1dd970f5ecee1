"""Where a worry goes from the desk: passed on, refused kindly, or closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Worry
from organisations.models.worry import ReferralResult, WorryOutcome
from organisations.services.worries import handling, referrals
from organisations.services.worries.beyond import INSTEAD, Beyond
from web.console.worries import about, found
from web.console.worry_forms import BeyondForm, CameOfForm, EndForm, ReferForm
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="worries.handle", POST="worries.handle")
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    worry = found(request, pk, "worries.handle")
    if _is_only_looked_at(request, worry):
        return redirect("console:worry", pk)
    form = ReferForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        referrals.refer(worry=worry, now=timezone.now(), actor=person(request), **form.cleaned_data)
        messages.success(request, _("つないだことを記録しました。"))
        return reverse("console:worry", args=[pk])

    return act(request, "console/worries/refer.html", form=form, deed=deed, context={"worry": worry})


@never_cache
@guarded(POST="worries.handle")
def came_of(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    worry = found(request, pk, "worries.handle")
    row, form = get_object_or_404(worry.referrals, pk=referral), CameOfForm(request.POST)

    def deed() -> str:
        result = ReferralResult(form.cleaned_data["result"])
        referrals.came_of(referral=row, result=result, now=timezone.now(), actor=person(request))
        messages.success(request, _("どうなったかを記録しました。"))
        return reverse("console:worry", args=[pk])

    return act(request, "console/worries/show.html", form=form, deed=deed, context=about(worry))


@never_cache
@guarded(GET="worries.handle", POST="worries.handle")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    worry = found(request, pk, "worries.handle")
    if _is_only_looked_at(request, worry):
        return redirect("console:worry", pk)
    form = BeyondForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        beyond = Beyond(form.cleaned_data["beyond"])
        handling.refuse(worry=worry, beyond=beyond, now=timezone.now(), actor=person(request))
        messages.success(request, _("窓口を案内したことを記録して、終えました。"))
        return reverse("console:worries")

    kinds = [(kind, INSTEAD[kind]) for kind in Beyond]
    return act(request, "console/worries/refuse.html", form=form, deed=deed, context={"worry": worry, "kinds": kinds})


@never_cache
@guarded(GET="worries.handle", POST="worries.handle")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    worry = found(request, pk, "worries.handle")
    if _is_only_looked_at(request, worry):
        return redirect("console:worry", pk)
    form = EndForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        outcome = WorryOutcome(form.cleaned_data["outcome"])
        handling.close(worry=worry, outcome=outcome, now=timezone.now(), actor=person(request))
        messages.success(request, _("終えました。書かれていたことは、30日たつと消えます。"))
        return reverse("console:worries")

    return act(request, "console/worries/close.html", form=form, deed=deed, context={"worry": worry})


def _is_only_looked_at(request: HttpRequest, worry: Worry) -> bool:
    """Whether somebody opens what can only be done to a worry that goes on; what was begun before may still be sent."""
    return request.method != "POST" and worry.closed_at is not None
