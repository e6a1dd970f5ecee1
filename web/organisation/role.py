"""A role of one's own: how it stands, how it will look, and the steps of its life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from organisations.models import Role
from organisations.models.role import PUBLIC, PUBLISHED, RoleStatus
from organisations.services.coordinating import desks
from organisations.services.hosts import own
from organisations.services.reviewing import wording_anew
from organisations.services.roles import approval, closing, complete, rewordings
from web.organisation import asked_reach, stages
from web.organisation.own import role_of
from web.organisation.steps import context_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person

STEP_OF = {complete.Lack.SUMMARY: "what", complete.Lack.TIMES: "when", complete.Lack.PLACE: "where"}


@never_cache
@guarded(GET="roles.see_own")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.see_own")
    is_draft, is_published = role.status == RoleStatus.DRAFT, role.status in PUBLISHED
    back = role.rewordings.sent_back().first() if is_published else None
    context = {
        "role": role,
        "stages": stages.of_role(role),
        "asked_for": own.asked_for(role) if is_draft or back else "",
        "changes_back": rewordings.in_words(back) if back else [],
        "lacks": _lacks(role) if is_draft else [],
        "slots": role.slots.filter(ends_at__gt=timezone.now(), cancelled_at=None),
        "is_public": _is_public(role),
        "is_published": is_published,
        "changes": rewordings.that_wait(role),
        "desks": desks.for_town(role.organisation.town),
        "town": role.organisation.town,
        **asked_reach.panel(request, role),
    }
    return render(request, "organisation/role.html", context)


@never_cache
@guarded(GET="roles.see_own")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The role as people will see it."""
    role = role_of(request, pk, "roles.see_own")
    now = timezone.now()
    coming = role.slots.filter(ends_at__gt=now, cancelled_at=None)
    context = {"role": role, "slots": list(coming), "is_preview": True, "is_public": _is_public(role)}
    return render(request, "organisation/preview.html", context)


@never_cache
@guarded(GET="roles.submit", POST="roles.submit")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was said, what is still missing, and handing it in."""
    role = role_of(request, pk, "roles.submit")
    context = {
        **context_of(request, "check", role),
        "lacks": _lacks(role),
        "slots": role.slots.filter(ends_at__gt=timezone.now(), cancelled_at=None),
    }
    thanks = _("お送りしました。窓口が確かめたら、お知らせします。")
    return _take(request, role, "organisation/steps/check.html", approval.submit, thanks, context)


@never_cache
@guarded(GET="roles.submit", POST="roles.submit")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.submit")
    return _take(request, role, "organisation/withdraw.html", approval.withdraw, _("下書きに戻しました。直せます。"))


@never_cache
@guarded(GET="roles.close", POST="roles.close")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.close")
    return _take(request, role, "organisation/close.html", closing.close, _("受付を終わりにしました。"))


@never_cache
@guarded(GET="roles.change", POST="roles.change")
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Be content with what the role says, where other words were sent back."""
    role = role_of(request, pk, "roles.change")
    return _take(
        request,
        role,
        "organisation/let_go.html",
        wording_anew.let_go,
        _("変えるのをやめました。前のことばのままです。"),
    )


@never_cache
@guarded(GET="roles.change", POST="roles.change")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.change")
    home = reverse("organisation:home")
    return _take(request, role, "organisation/discard.html", closing.discard, _("下書きをけしました。"), goes_to=home)


def _take(
    request: HttpRequest,
    role: Role,
    template: str,
    step: Callable[..., Role | None],
    thanks: Promise | str,
    context: dict[str, Any] | None = None,
    goes_to: str = "",
) -> HttpResponse:
    """Ask once more, then take one step in the life of *role*."""
    to = goes_to or reverse("organisation:role", args=[role.pk])

    def deed() -> str:
        step(role=role, now=timezone.now(), actor=person(request))
        messages.success(request, str(thanks))
        return to

    form = Form(request.POST if request.method == "POST" else None)
    return act(request, template, form=form, deed=deed, context={"role": role, **(context or {})})


def _is_public(role: Role) -> bool:
    return role.status in PUBLIC and role.organisation.is_approved


def _lacks(role: Role) -> list[tuple[str, str]]:
    """What is missing, and the address where it is asked."""
    lacks = complete.missing(role=role, now=timezone.now())
    return [(str(lack.label), reverse(f"organisation:{STEP_OF[lack]}", args=[role.pk])) for lack in lacks]
