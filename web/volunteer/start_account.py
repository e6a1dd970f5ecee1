"""The last page of becoming a volunteer: a name, a birthday, what is agreed to, and where the code goes."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.internal.stagekit import clear_login
from allauth.core.internal.ratelimit import consume_or_429
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from web.page import act
from web.permissions import guarded, may
from web.texts import TERMS
from web.volunteer import start_finish, starting
from web.volunteer.sign_in import SignupForm
from web.volunteer.start_forms import AgreeForm

TEMPLATE = "volunteer/start/account.html"


class NewAccountForm(AgreeForm, SignupForm):
    """The last questions and the address that the code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["name", "born_on", "email", "terms", "contact"])


@never_cache
@guarded(GET="account.sign_up", POST="account.sign_up")
def show(request: HttpRequest) -> HttpResponse:
    if may(request.user, "volunteers.see_own"):
        return redirect("volunteer:landing")
    step = start_finish.missing(request.session)
    if step is not None:
        return _again(request, step)
    if "back" in request.POST:
        starting.keep(request.session, start_finish.LAST, request.POST, NewAccountForm.base_fields)
        return redirect("volunteer:start_where")
    return _signed_in(request, request.user) if isinstance(request.user, User) else _new(request)


def _again(request: HttpRequest, step: str) -> HttpResponse:
    if request.method == "POST":
        messages.warning(request, _("時間がたったので、書いたことを消しました。お手数ですが、もう一度お願いします。"))
    return redirect(f"volunteer:start_{step}")


def _signed_in(request: HttpRequest, user: User) -> HttpResponse:
    """Who has an account already is not asked for an address."""
    kept = starting.answered(request.session, start_finish.LAST)
    initial = {"name": user.name} | starting.as_initial(kept, AgreeForm)
    form = AgreeForm(request.POST if request.method == "POST" else None, initial=initial)
    return act(
        request,
        TEMPLATE,
        form=form,
        deed=lambda: start_finish.finish(request, user, form, form.consents_given()),
        context=_context(),
    )


def _new(request: HttpRequest) -> HttpResponse:
    kept = starting.answered(request.session, start_finish.LAST)
    form, status = NewAccountForm(initial=starting.as_initial(kept, NewAccountForm)), 200
    if request.method == "POST":
        form = NewAccountForm(request.POST)
        if form.is_valid():
            return _send_code(request, form)
        status = 400
    return render(request, TEMPLATE, {**_context(), "form": form}, status=status)


def _send_code(request: HttpRequest, form: NewAccountForm) -> HttpResponse:
    """Keep the answers until the code has come back; a second tap leads to the code that is on its way."""
    starting.keep(request.session, start_finish.LAST, request.POST, form.fields)
    starting.note(request.session, start_finish.AGREED, form.consents_given())
    pending = EmailVerificationProcess.resume(request)
    if pending is not None and pending.email == form.cleaned_data["email"]:
        return redirect("account_email_verification_sent")
    refused: HttpResponse | None = consume_or_429(request, app="allauth.account", action="signup")
    if refused is not None:
        return refused
    clear_login(request)
    try:
        with transaction.atomic():
            user, answer = form.try_save(request)
    except IntegrityError:  # both taps at the same moment: the other one has sent the code, and its session holds
        request.session.modified = False
        return redirect("account_email_verification_sent")
    goes_on: HttpResponse = answer or complete_signup(request, user=user, redirect_url=reverse("volunteer:landing"))
    return goes_on


def _context() -> dict[str, object]:
    return {"terms": TERMS, "number": len(start_finish.STEPS) + 1, "all": len(start_finish.STEPS)}
