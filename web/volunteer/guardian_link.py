"""What guardians see who open a link of theirs: nothing is decided before they press a button."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.services.errors import DomainError
from notifications.models import ActionLink
from organisations.services.coordinating import desks
from volunteers.models import Application, GuardianRequest
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.guardians import answering
from volunteers.services.guardians.until import last_day
from web.guardian_form import TAKE_PART, ConsentForm
from web.permissions import require
from web.texts import GUARDIAN_SCOPES, GUARDIAN_TEXT


def consent(request: HttpRequest, found: ActionLink) -> HttpResponse:
    asked = GuardianRequest.objects.select_related("volunteer__user", "volunteer__town", "guardian", "consent").filter(
        pk=_number(found), guardian=found.user
    )
    current = asked.first()
    if current is None:
        raise Http404
    require(found.user, "guardians.answer", current)
    form = ConsentForm(request.POST if "give" in request.POST else None, initial=_as_given(current))
    status, refusal = 200, None
    if request.method == "POST":
        try:
            status = _answer(request, current, form)
            if status == 200:
                form = ConsentForm(initial=_as_given(asked.get()))
        except DomainError as said:
            status, refusal = 409, said
        current = asked.get()
    today = timezone.localdate()
    context = {
        "asked": current,
        "form": form,
        "refusal": refusal,
        "is_in_force": _is_in_force(current),
        "last_day": None if current.volunteer.age(today) >= ADULT_AGE else last_day(current.volunteer, today),
        "take_part": GUARDIAN_SCOPES["take_part"],
        "allowed": [GUARDIAN_SCOPES[code] for code in current.consent.scope] if current.consent else [],
        "guardian_text": GUARDIAN_TEXT,
        "desks": desks.for_town(current.volunteer.town),
        "town": current.volunteer.town,
    }
    return render(request, "volunteer/link_guardian.html", context, status=status)


def each_time(request: HttpRequest, found: ActionLink) -> HttpResponse:
    rows = Application.objects.select_related(
        "volunteer__user", "volunteer__town", "slot__role__organisation", "slot__role__venue__town"
    )
    asked = rows.filter(pk=_number(found), volunteer__guardian_requests__guardian=found.user).distinct()
    current = asked.first()
    if current is None:
        raise Http404
    require(found.user, "guardians.answer_each", current)
    status, refusal = 200, None
    if request.method == "POST":
        try:
            answering.answer_each(
                application=current, is_given="give" in request.POST, now=timezone.now(), actor=found.user
            )
        except DomainError as said:
            status, refusal = 409, said
        current = asked.get()
    town = current.volunteer.town
    context = {
        "application": current,
        "slot": current.slot,
        "role": current.slot.role,
        "refusal": refusal,
        "desks": desks.for_town(town),
        "town": town,
    }
    return render(request, "volunteer/link_guardian_each.html", context, status=status)


def _answer(request: HttpRequest, current: GuardianRequest, form: ConsentForm) -> int:
    """Return the status; a yes is kept in the words that were shown, with what was ticked."""
    now = timezone.now()
    if "refuse" in request.POST:
        answering.answer(request=current, is_given=False, text="", now=now)
        return 200
    if not ("give" in request.POST and form.is_valid()):
        return 400
    answering.answer(
        request=current, is_given=True, text=form.text(), scope=form.scopes(), until=form.cleaned_data["until"], now=now
    )
    return 200


def _as_given(asked: GuardianRequest) -> dict[str, Any]:
    """What was ticked before is ticked again: whoever changes one thing does not take the others back unseen."""
    given = asked.consent
    if given is None or not _is_in_force(asked):
        return {}
    return {"scope": [code for code in given.scope if code != TAKE_PART], "until": given.expires_on}


def _is_in_force(asked: GuardianRequest) -> bool:
    given, today = asked.consent, timezone.localdate()
    if given is None or given.withdrawn_at is not None:
        return False
    return given.expires_on is None or given.expires_on >= today


def _number(found: ActionLink) -> str:
    if not (found.target_id.isascii() and found.target_id.isdecimal()):
        raise Http404
    return found.target_id
