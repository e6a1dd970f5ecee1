"""A role is written one thing at a time: each step has an address of its own and keeps what was said so far."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from organisations.models import Role
from organisations.models.role import RoleStatus
from organisations.services.roles import complete, rewordings, writing
from web.organisation import asked_reach, size_kept
from web.organisation.forms import steps as forms
from web.organisation.own import organisation_of, role_of
from web.organisation.seen import seen_at
from web.page import act
from web.permissions import guarded
from web.signed_in import person

STEPS = ("what", "size", "when", "where", "who", "ready", "check")
BACK, CHECK = "back", "check"


@never_cache
@guarded(GET="roles.draft", POST="roles.draft")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = organisation_of(request, pk, "roles.draft")
    form = forms.TitleForm(request.POST if request.method == "POST" else None)

    def begin() -> str:
        made = writing.draft(organisation=organisation, now=timezone.now(), actor=person(request), **form.cleaned_data)
        return reverse("organisation:what", args=[made.pk])

    return act(request, "organisation/steps/new.html", form=form, deed=begin, context={"organisation": organisation})


@never_cache
@guarded(GET="roles.change", POST="roles.change")
def what(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.change")
    return _ask(request, "what", role, forms.WhatForm(_sent(request), role=rewordings.as_wished(role)))


@never_cache
@guarded(GET="roles.change", POST="roles.change")
def size(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.change")
    form = forms.SizeForm(_sent(request), role=role)
    form.initial.update(size_kept.of(request, role))
    return _ask(request, "size", role, form)


@never_cache
@guarded(GET="roles.change", POST="roles.change")
def where(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.change")
    return _ask(request, "where", role, forms.WhereForm(_sent(request), role=rewordings.as_wished(role)))


@never_cache
@guarded(GET="roles.change", POST="roles.change")
def who(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.change")
    return _ask(
        request,
        "who",
        role,
        forms.WhoForm(_sent(request), role=rewordings.as_wished(role)),
        asked_reach.panel(request, role),
    )


@never_cache
@guarded(GET="roles.change", POST="roles.change")
def ready(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.change")
    return _ask(request, "ready", role, forms.ReadyForm(_sent(request), role=rewordings.as_wished(role)))


def context_of(request: HttpRequest, name: str, role: Role) -> dict[str, Any]:
    """Return where on its way through the steps *role* is."""
    return {
        "role": role,
        "step": name,
        "number": STEPS.index(name) + 1,
        "all": len(STEPS),
        "is_draft": role.status == RoleStatus.DRAFT,
        "goes_to_check": request.GET.get("then") == CHECK,
    }


def next_address(request: HttpRequest, name: str, role: Role) -> str:
    """Return where one goes from the step *name*: on, back, or to where one came from."""
    if role.status != RoleStatus.DRAFT:
        return reverse("organisation:role", args=[role.pk])
    if request.GET.get("then") == CHECK:
        return reverse("organisation:check", args=[role.pk])
    here = STEPS.index(name)
    before = request.POST.get("go") == BACK and here > 0
    return reverse(f"organisation:{STEPS[here - 1 if before else here + 1]}", args=[role.pk])


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _ask(
    request: HttpRequest, name: str, role: Role, form: forms.StepForm, more: dict[str, Any] | None = None
) -> HttpResponse:
    return act(
        request,
        f"organisation/steps/{name}.html",
        form=form,
        deed=lambda: _keep(request, name, role, form),
        context={**context_of(request, name, role), "seen_at": role.changed_at.isoformat(), **(more or {})},
        field_of=_field_of,
    )


def _keep(request: HttpRequest, name: str, role: Role, form: forms.StepForm) -> str:
    """Nothing is written where nothing was changed: going through the steps again is no change.

    But for what was sent back: who keeps to those words hands them in again.
    """
    if isinstance(form, forms.SizeForm):
        size_kept.keep(request, role, capacity=form.cleaned_data["capacity"], minutes=form.cleaned_data["minutes"])
    if form.has_changed() or rewordings.were_sent_back(role, form.KEPT):
        writing.change(
            role=role,
            now=timezone.now(),
            actor=person(request),
            expected_changed_at=seen_at(request),
            **form.role_fields(),
        )
    return next_address(request, name, role)


def _field_of(refusal: DomainError) -> str | None:
    if isinstance(refusal, complete.BadAges):
        return "max_age"
    return "venue" if isinstance(refusal, complete.NeedsPlace) else None
