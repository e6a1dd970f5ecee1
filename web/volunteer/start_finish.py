"""The end of the questions: the answers become a profile, once it is known whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.errors import DomainError
from matching.services.listing import shortlists
from volunteers.models import Volunteer
from volunteers.models.availability import no_time
from volunteers.services.conditions import COORDINATOR_UNDER
from volunteers.services.people import signing_up
from web.profile_form import Part
from web.volunteer import starting
from web.volunteer.start_forms import AgreeForm, FirstWhatForm, FirstWhenForm, FirstWhereForm
from web.week import apply

STEPS: dict[str, type[Part]] = {"what": FirstWhatForm, "when": FirstWhenForm, "where": FirstWhereForm}
LAST = "account"
AGREED = "agreed"
NEXT = "next"


def missing(session: SessionBase) -> str | None:
    """The first step that is still to be answered, or whose answers do not hold any more."""
    return next((step for step, form in _forms(session).items() if not form.is_valid()), None)


def finish(request: HttpRequest, user: User, last: AgreeForm, agreed: Mapping[str, str]) -> str:
    """Make the profile out of all steps, and return where to go next; twice is the same as once.

    Parameters
    ----------
    last
        The answers of the last step, without a mistake.
    agreed
        The words that were agreed to, as they were shown, by kind.

    Raises
    ------
    What ``signing_up.finish`` raises
    """
    forms, now = _forms(request.session), timezone.now()
    fields: dict[str, Any] = {}
    for form in (*forms.values(), last):
        form.full_clean()
        fields |= form.volunteer_fields()
    week = apply(forms["when"].cleaned_data["free"], no_time())
    answers = signing_up.Answers(last.cleaned_data["name"], week, fields)
    volunteer = signing_up.finish(user=user, answers=answers, consents_given=agreed, now=now)
    goes_to = starting.noted(request.session, NEXT)
    starting.forget(request.session)
    return _welcome(request, volunteer, goes_to)


def after_code(request: HttpRequest, user: User) -> str | None:
    """Make the profile of who has just proved that the address of the last step is theirs.

    Returns
    -------
    Where to go next; None where nothing was answered to the end. On a machine that several people use, what somebody
    else has left behind is forgotten.
    """
    session = request.session
    kept = starting.answered(session, LAST)
    if kept is None:
        session.set_expiry(None)
        return None
    if str(kept.get("email", "")).strip().lower() != user.email:
        starting.forget(session)
        return None
    last = AgreeForm(kept)
    if not last.is_valid() or missing(session):
        return reverse("volunteer:start_account")
    try:
        return finish(request, user, last, starting.noted(session, AGREED))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return reverse("volunteer:start_account")


def _forms(session: SessionBase) -> dict[str, Part]:
    return {step: form(starting.answered(session, step)) for step, form in STEPS.items()}


def _welcome(request: HttpRequest, volunteer: Volunteer, goes_to: str | None) -> str:
    if volunteer.age(timezone.localdate()) < COORDINATOR_UNDER:
        messages.success(
            request,
            _(
                "登録しました。16歳になるまでは、保護者の方の同意があってから参加できます。"
                "このページから、保護者の方にお願いできます。"
            ),
        )
        return reverse("volunteer:guardian")
    shortlists.refresh(volunteer=volunteer, now=timezone.now())
    messages.success(request, _("登録できました。ありがとうございます。"))
    return goes_to or reverse("volunteer:suggestions")
