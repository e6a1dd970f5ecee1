"""Closing one's account: what goes and what stays is said first, and asked once more."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from matching.services.leaving import closing
from organisations.services.coordinating import desks
from web.in_the_way import refused_if_in_the_way
from web.permissions import guarded
from web.signed_in import person
from web.volunteer.forms import CloseForm


@never_cache
@guarded(GET="account.close", POST="account.close")
def show(request: HttpRequest) -> HttpResponse:
    """A second time changes nothing, so the form needs no key of its own; nor would it outlive the account."""
    user, status = person(request), 200
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                with refused_if_in_the_way():
                    closing.close(user=user, now=timezone.now(), actor=user)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                logout(request)
                return redirect("volunteer:goodbye")
    context = {"form": form, "may_close": closing.may_close(user), "desks": desks.for_town(None)}
    return render(request, "volunteer/close.html", context, status=status)


@guarded(GET="pages.read")
def goodbye(request: HttpRequest) -> HttpResponse:
    return render(request, "volunteer/goodbye.html")
