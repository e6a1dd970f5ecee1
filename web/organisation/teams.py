"""A company's teams: what they look for, the code they hand out, and what their people did."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Team
from organisations.publicity import qr
from organisations.services.coordinating import desks
from organisations.services.teams import gathering
from volunteers.services.teams import team_hours
from web.organisation.forms.teams import TeamForm
from web.organisation.own import organisation_of, team_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person

PER_PAGE = 10
TEAMS_SHOWN = 30
MONTHS_SHOWN = 24


@never_cache
@guarded(GET="teams.see")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = organisation_of(request, pk, "teams.see")
    context = {
        "organisation": organisation,
        "teams": organisation.teams.all()[:TEAMS_SHOWN],
        "months": team_hours.of(organisation)[:MONTHS_SHOWN],
        "desks": desks.for_town(organisation.town),
    }
    return render(request, "organisation/teams/index.html", context)


@never_cache
@guarded(GET="teams.create", POST="teams.create")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """``?like=`` begins with what another of its teams was made with."""
    organisation = organisation_of(request, pk, "teams.create")
    like = request.GET.get("like", "")
    other = organisation.teams.filter(pk=like).first() if like.isdecimal() else None
    begun = TeamForm.said_of(other) if other is not None else {}
    form = TeamForm(request.POST if request.method == "POST" else None, initial=begun)

    def deed() -> str:
        made = gathering.create(organisation=organisation, now=timezone.now(), actor=person(request), **form.wishes())
        return reverse("organisation:team", args=[made.pk])

    return act(request, "organisation/teams/new.html", form=form, deed=deed, context={"organisation": organisation})


@never_cache
@guarded(GET="teams.see")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What is held, the code for the staff, and where there is room for all."""
    team, now = team_of(request, pk, "teams.see"), timezone.now()
    is_open = team.closed_at is None
    room = gathering.room_for(team, now=now) if is_open else gathering.room_for(team, now=now).none()
    context = {
        "team": team,
        "organisation": team.organisation,
        "holds": team.holds.alive().select_related("slot__role__organisation", "slot__role__venue__town"),
        "page": Paginator(room, PER_PAGE).get_page(request.GET.get("page")),
        "desks": desks.for_town(team.organisation.town),
        "address": _address(team),
        "wished": TeamForm.wished(team),
    }
    return render(request, "organisation/teams/show.html", context)


@never_cache
@guarded(GET="teams.see")
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code as a sheet for the notice board at work."""
    team = team_of(request, pk, "teams.see")
    context = {"team": team, "address": _address(team), "svg": qr.svg(_address(team))}
    return render(request, "organisation/teams/code.html", context)


@never_cache
@guarded(GET="teams.close", POST="teams.close")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    team = team_of(request, pk, "teams.close")

    def deed() -> str:
        gathering.close(team=team, now=timezone.now(), actor=person(request))
        messages.success(request, _("チームを終わりにしました。参加が決まっている方は、そのまま参加できます。"))
        return reverse("organisation:teams", args=[team.organisation_id])

    form = forms.Form(request.POST if request.method == "POST" else None)
    return act(request, "organisation/teams/close.html", form=form, deed=deed, context={"team": team})


def _address(team: Team) -> str:
    return f"{settings.SITE_URL}{reverse('volunteer:team', args=[team.code])}"
