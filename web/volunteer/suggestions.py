"""What was picked for one person, and their three answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from matching.models import Answer, Feedback, Suggestion, WhyNot
from matching.services.answering import suggestions
from notifications.services import contact_points
from organisations.models import Slot
from organisations.services.coordinating import desks
from volunteers.models import Application, Placement
from volunteers.services import conditions
from volunteers.services.guardians import asking
from web.nothing import NO_SUGGESTIONS
from web.once import once
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.volunteer.forms import AnswerForm, PhoneForm
from web.volunteer.people import no_profile


@never_cache
@guarded(GET="account.see")
def show(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(
    request: HttpRequest,
    *,
    at: Suggestion | None = None,
    form: AnswerForm | None = None,
    clash: Slot | None = None,
    status: int = 200,
) -> HttpResponse:
    """The list, and where an answer was refused, the reason at that suggestion with what was typed."""
    now = timezone.now()
    found = suggestions.page(user=person(request), now=now)
    if found is None:
        return no_profile(request)
    volunteer, shown = found
    context = {
        "volunteer": volunteer,
        "shown": shown,
        "at": at,
        "form": form,
        "clash": clash,
        "why_not": WhyNot,
    }
    # What just filled up is no longer in the list; its refusal stands above.
    context |= {"is_gone": at is not None and at.pk not in {item.suggestion.pk for item in shown}}
    needs_guardian = conditions.needs_guardian(volunteer=volunteer, on=timezone.localdate(now))
    context |= {"needs_guardian": needs_guardian}
    context |= {"guardian_is_asked": needs_guardian and asking.are_asked(volunteer)}
    context |= {"is_paused": volunteer.is_paused(timezone.localdate(now))}
    context |= {"desks": desks.for_town(volunteer.town), "town": volunteer.town, "nothing": NO_SUGGESTIONS}
    return render(request, "volunteer/suggestions.html", context, status=status)


def _own(request: HttpRequest, pk: int, rule: str) -> Suggestion:
    rows = Suggestion.objects.select_related(
        "volunteer__user", "volunteer__town", "role__organisation", "role__venue__town", "slot"
    )
    found = get_object_or_404(rows, pk=pk, volunteer__user=person(request))
    require(request.user, rule, found)
    return found


@never_cache
@guarded(GET="suggestions.see", POST="suggestions.answer")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    suggestion = _own(request, pk, "suggestions.answer")
    if request.method != "POST":  # somebody signed in again after the page had been open for long
        return redirect("volunteer:suggestions")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _list(request, at=suggestion, form=form, status=400)
    user = person(request)

    def deed() -> str:
        suggestions.answer(
            suggestion=suggestion,
            answer=form.cleaned_data["answer"],
            reason=form.cleaned_data["reason"],
            why=form.cleaned_data["why"],
            now=timezone.now(),
            actor=user,
        )
        return reverse("volunteer:answered", args=[pk])

    try:
        return once(request, user=user, act=deed)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        clash = getattr(refusal, "slot", None)
        return _list(request, at=suggestion, form=form, clash=clash, status=409)


@never_cache
@guarded(GET="suggestions.see", POST="suggestions.answer")
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of the answer; whoever asked for a call without a number can write it here."""
    suggestion = _own(request, pk, "suggestions.see")
    if feedback_of(suggestion) is None:
        return redirect("volunteer:suggestions")
    form = PhoneForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        contact_points.set_phone(
            user=suggestion.volunteer.user, number=form.cleaned_data["phone"], now=timezone.now(), actor=person(request)
        )
        return request.path

    def field_of(refusal: DomainError) -> str | None:
        return "phone" if isinstance(refusal, contact_points.BadPhone) else None

    context = what_was_answered(suggestion)
    return act(request, "volunteer/answered.html", form=form, deed=deed, context=context, field_of=field_of)


def feedback_of(suggestion: Suggestion) -> Feedback | None:
    return Feedback.objects.filter(suggestion=suggestion, undone_at=None).first()


def what_was_answered(suggestion: Suggestion) -> dict[str, object]:
    """What the page after an answer shows, also after an answer by a link in a message."""
    same = {"volunteer": suggestion.volunteer, "slot": suggestion.slot}
    return {
        "suggestion": suggestion,
        "role": suggestion.role,
        "feedback": feedback_of(suggestion),
        "answers": Answer,
        "lacks_phone": not contact_points.phone_of(suggestion.volunteer.user),
        "is_placed": Placement.objects.active().filter(**same).exists(),
        "is_asked": Application.objects.filter(**same, status="asked").exists(),
        "desks": desks.for_town(suggestion.volunteer.town),
        "town": suggestion.volunteer.town,
    }


@never_cache
@guarded(GET="suggestions.see", POST="suggestions.answer")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    suggestion = _own(request, pk, "suggestions.answer")
    if request.method != "POST":
        return redirect("volunteer:answered", pk)
    user = person(request)

    def deed() -> str:
        suggestions.undo(suggestion=suggestion, now=timezone.now(), actor=user)
        return reverse("volunteer:suggestions")

    try:
        return once(request, user=user, act=deed)
    except DomainError as refusal:
        context = {**what_was_answered(suggestion), "refusal": refusal}
        return render(request, "volunteer/answered.html", context, status=409)
