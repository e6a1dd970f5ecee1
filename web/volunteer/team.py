"""Joining one's company's team by the words that it handed out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from organisations.models import Team
from volunteers.models import Placement
from volunteers.services.teams import team_places
from web.fields import TextField
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.volunteer import team_codes
from web.volunteer.people import no_profile, profile_of

FIND = "volunteer/team/find.html"
WITH_ROLE = ("slot__role__organisation", "slot__role__venue__town")
NAME_TEXT = gettext_lazy(
    "チームで参加した月と、わたしの名前を、そのチームの会社・施設の担当の方に伝えてかまいません。"
    "伝えなくても参加できます。あとで、いつでもやめられます。"
)


class CodeForm(forms.Form):
    code = TextField(label=gettext_lazy("参加のことば"), max_length=20, help_text=gettext_lazy("例: A3CD-4EFG"))

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self) -> str:
        try:
            team = team_codes.find(self.request, self.cleaned_data["code"])
        except team_codes.TooManyWrong as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if team is None:
            raise forms.ValidationError(_("このことばのチームは見つかりませんでした。もう一度確かめてください。"))
        return team.code


class NamedForm(forms.Form):
    is_named = forms.BooleanField(label=NAME_TEXT, required=False)


def of_team(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a page the team whose code its address names; guessing an address is as slow as typing."""

    @wraps(view)
    def found(request: HttpRequest, code: str, **more: int) -> HttpResponse:
        try:
            team = team_codes.find(request, code)
        except team_codes.TooManyWrong:
            return render(request, FIND, {"form": CodeForm({"code": code}, request=request)}, status=429)
        if team is None:
            raise Http404
        return view(request, team, **more)

    return found


@never_cache
@guarded(GET="account.see", POST="account.see")
def find(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None, request=request)
    return act(request, FIND, form=form, deed=lambda: _page_of(form.cleaned_data["code"]))


@never_cache
@guarded(GET="account.see")
@of_team
def show(request: HttpRequest, team: Team) -> HttpResponse:
    own = Placement.objects.active().filter(volunteer__user=person(request), hold__team=team)
    context = {
        "team": team,
        "holds": team.holds.alive().select_related(*WITH_ROLE).order_by("slot__starts_at"),
        "own_slots": set(own.values_list("slot_id", flat=True)),
    }
    return render(request, "volunteer/team/show.html", context)


@never_cache
@guarded(GET="account.see", POST="teams.join")
@of_team
def join(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    user = person(request)
    hold = get_object_or_404(team.holds.alive().select_related("team__organisation", *WITH_ROLE), pk=pk)
    volunteer = profile_of(user)
    if volunteer is None:
        return no_profile(request)
    require(user, "teams.join")
    form = NamedForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        is_named = form.cleaned_data["is_named"]
        team_places.join(
            volunteer=volunteer, hold=hold, is_named=is_named, text=str(NAME_TEXT), now=timezone.now(), actor=user
        )
        messages.success(request, _("参加が決まりました。当日お待ちしています。"))
        return reverse("volunteer:places")

    context = {"team": team, "hold": hold, "slot": hold.slot, "role": hold.slot.role}
    return act(request, "volunteer/team/join.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="places.see", POST="teams.name")
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree that the company may be told one's name, or take it back."""
    rows = Placement.objects.filter(hold__isnull=False).select_related("volunteer__user", *WITH_ROLE)
    placement = get_object_or_404(rows, pk=pk, volunteer__user=person(request))
    require(request.user, "teams.name", placement)
    sent = request.POST if request.method == "POST" else None
    form = NamedForm(sent, initial={"is_named": placement.is_named})

    def deed() -> str:
        is_named = form.cleaned_data["is_named"]
        team_places.name(
            placement=placement, is_named=is_named, text=str(NAME_TEXT), now=timezone.now(), actor=person(request)
        )
        messages.success(request, _("保存しました。"))
        return reverse("volunteer:places")

    context = {"slot": placement.slot, "role": placement.slot.role}
    return act(request, "volunteer/team/name.html", form=form, deed=deed, context=context)


def _page_of(code: str) -> str:
    return reverse("volunteer:team", args=[code])
