"""Becoming a volunteer: what, when, where, one page each, before anything is asked about the person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from web.permissions import guarded, may
from web.profile_form import EITHER
from web.volunteer import start_finish, starting
from web.volunteer.start_finish import STEPS

ORDER = [*STEPS, start_finish.LAST]
# What stands in the form before anybody has answered.
FIRST = {"where": EITHER, "travel_limit_km": "1.8"}


@never_cache
@guarded(GET="account.sign_up")
def begin(request: HttpRequest) -> HttpResponse:
    """To the first question; ``?next=`` is where somebody wanted to go before it turned out that they are new."""
    goes_to = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(goes_to, {request.get_host()}, require_https=request.is_secure()):
        starting.note(request.session, start_finish.NEXT, goes_to)
    return redirect("volunteer:start_what")


@never_cache
@guarded(GET="account.sign_up", POST="account.sign_up")
def what(request: HttpRequest) -> HttpResponse:
    return _step(request, "what")


@never_cache
@guarded(GET="account.sign_up", POST="account.sign_up")
def when(request: HttpRequest) -> HttpResponse:
    return _step(request, "when")


@never_cache
@guarded(GET="account.sign_up", POST="account.sign_up")
def where(request: HttpRequest) -> HttpResponse:
    return _step(request, "where")


def _step(request: HttpRequest, step: str) -> HttpResponse:
    """Show one step as it was left, keep what is sent, and go on, or back, from there."""
    if may(request.user, "volunteers.see_own"):
        return redirect("volunteer:landing")
    number, session, kind = ORDER.index(step), request.session, STEPS[step]
    form, status = kind(initial=FIRST | starting.as_initial(starting.answered(session, step), kind)), 200
    if request.method == "POST":
        form = kind(request.POST)
        goes_back = "back" in request.POST and number > 0
        if form.is_valid() or goes_back:
            starting.keep(session, step, request.POST, form.fields)
            return redirect(f"volunteer:start_{ORDER[number - 1 if goes_back else number + 1]}")
        status = 400
    context = {"form": form, "number": number + 1, "all": len(STEPS)}
    return render(request, f"volunteer/start/{step}.html", context, status=status)
