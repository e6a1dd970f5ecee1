"""What comes after a need: who would help, a role of the desk, a group that takes it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from notifications.models import Channel, ContactPoint
from organisations.models import Need, Role
from organisations.models.need import NeedQuerySet
from organisations.models.role import RoleStatus
from organisations.services.taking_up import from_needs, hosting
from organisations.services.times import limits
from volunteers.models import Pledge, Volunteer
from volunteers.services import pledges
from volunteers.services.conditions import COORDINATOR_UNDER
from web.console import look
from web.console.need_step_forms import HostForm, HostSearchForm, TurnForm
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

ON_A_PAGE = 20


@never_cache
@guarded(GET="needs.see_pledges")
def who(request: HttpRequest, pk: int) -> HttpResponse:
    need = _found(request, pk, "needs.see_pledges")
    page = Paginator(pledges.on(need).order_by("pledged_at", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    for row in page:
        look.note(request, row.volunteer, through="pledge")
    return render(
        request, "console/need_pledges.html", {"need": need, "page": page, "rows": _shown(list(page), request)}
    )


@never_cache
@guarded(GET="needs.turn", POST="needs.turn")
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    need = _found(request, pk, "needs.turn")
    return ask_for_role(request, [need], _proposed(need), "console/need_role.html")


@never_cache
@guarded(GET="needs.ask_hosts", POST="needs.ask_hosts")
def hosts(request: HttpRequest, pk: int) -> HttpResponse:
    need = _found(request, pk, "needs.ask_hosts")
    form = HostForm(request.POST if request.method == "POST" else None)
    search = HostSearchForm(request.GET)
    text = search.cleaned_data["words"] if search.is_valid() else ""

    def deed() -> str:
        organisation = form.cleaned_data["organisation"]
        hosting.ask(need=need, organisation=organisation, now=timezone.now(), actor=person(request))
        messages.success(
            request, _("「%(name)s」にお願いしました。返事がとどいたら、お知らせします。") % {"name": organisation}
        )
        return reverse("console:need_hosts", args=[pk])

    context = {
        "need": need,
        "search": search,
        "candidates": hosting.candidates(need=need, text=text),
        "asked": [
            (one, hosting.next_step(one), hosting.may_ask_again(one))
            for one in need.hosting_requests.select_related("organisation")
        ],
    }
    return act(request, "console/need_hosts.html", form=form, deed=deed, context=context)


def ask_for_role(request: HttpRequest, needs: list[Need], initial: dict[str, Any], template: str) -> HttpResponse:
    """Show what the role would say, and make it; complete, it goes on to be looked through, else to be completed."""
    form = TurnForm(request.POST if request.method == "POST" else None, needs=needs, initial=initial)

    def deed() -> str:
        role = from_needs.begin_at_desk(needs=needs, now=timezone.now(), actor=person(request), **form.said())
        return _next(request, role)

    context = {"needs": needs, "need": needs[0]}
    return act(request, template, form=form, deed=deed, context=context, field_of=_field_of)


def of_own_desks(request: HttpRequest) -> NeedQuerySet:
    """Return the needs of the desks that somebody coordinates for, with what their pages show."""
    rows = Need.objects.in_area_of(person(request))
    return rows.select_related("town", "district", "desk__organisation", "role").prefetch_related(
        "activities", "skills"
    )


def _found(request: HttpRequest, pk: int, rule: str) -> Need:
    need = get_object_or_404(of_own_desks(request), pk=pk)
    require(request.user, rule, need)
    return need


def _proposed(need: Need) -> dict[str, Any]:
    """Return the next of its rough times as answers."""
    time = from_needs.time_of(need, now=timezone.now())
    answers: dict[str, Any] = {"capacity": need.people, "minutes": need.minutes}
    if time.times:
        begins, ends = (timezone.localtime(moment) for moment in time.times[0])
        answers |= {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}
    return answers


def _next(request: HttpRequest, role: Role) -> str:
    if role.status == RoleStatus.WAITING:
        messages.success(request, _("募集の形にしました。もう一度読んで、よければ公開してください。"))
        return reverse("console:role", args=[role.pk])
    messages.success(request, _("募集の下書きを作りました。足りないところを書いてください。"))
    return reverse("organisation:check", args=[role.pk])


def _field_of(refusal: DomainError) -> str | None:
    if isinstance(refusal, limits.SlotInPast | limits.SlotTooFarAhead):
        return "day"
    if isinstance(refusal, limits.EndsBeforeStart):
        return "ends"
    return "minutes" if isinstance(refusal, limits.MinutesDoNotFit) else None


def _shown(rows: list[Pledge], request: HttpRequest) -> list[dict[str, Any]]:
    """Return who would help, how to reach them, and whether there is a page of theirs for who is asking."""
    people = [row.volunteer for row in rows]
    phones = ContactPoint.objects.addresses([one.user for one in people], Channel.CALL_LIST)
    here = Volunteer.objects.in_area_of(person(request)).filter(pk__in=[one.pk for one in people])
    known, today = set(here.values_list("pk", flat=True)), timezone.localdate()
    return [
        {
            "pledge": row,
            "phone": phones.get(row.volunteer.user_id, ""),
            "is_here": row.volunteer_id in known,
            "is_young": row.volunteer.age(today) < COORDINATOR_UNDER,
        }
        for row in rows
    ]
