"""What a coordinator does for a person who said so at the desk or by telephone."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.services import people as accounts
from matching.models import Suggestion
from matching.services.answering import suggestions
from matching.services.listing import shortlists
from volunteers.models import Availability, Volunteer
from volunteers.models.availability import no_time
from volunteers.services.people import availability, profiles
from web.console import look
from web.console.people import about, somebody
from web.console.people_forms import AnswerForForm, OnBehalfForm
from web.page import act
from web.pause_form import PauseForm, pause_field_of
from web.permissions import guarded, require
from web.profile_form import as_written, field_of, read_seen_at
from web.signed_in import person
from web.week import apply


@never_cache
@guarded(GET="people.change", POST="people.change")
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    volunteer = somebody(request, pk, "people.change")
    look.note(request, volunteer, through="profile")
    kept = Availability.objects.filter(volunteer=volunteer).first()
    weekly = list(kept.weekly) if kept else no_time()
    form = OnBehalfForm(
        request.POST if request.method == "POST" else None,
        initial=as_written(volunteer, weekly, has_consent=False),
        weekly=weekly,
        travel_limit_km=volunteer.travel_limit_km,
        coordinator=person(request),
    )
    seen_at = request.POST.get("seen_at") or volunteer.changed_at.isoformat()
    context = {"volunteer": volunteer, "seen_at": seen_at}
    return act(
        request,
        "console/change_person.html",
        form=form,
        deed=lambda: _keep(request, volunteer, form, seen_at),
        context=context,
        field_of=field_of,
    )


def _keep(request: HttpRequest, volunteer: Volunteer, form: OnBehalfForm, seen_at: str) -> str:
    now, actor, answers = timezone.now(), person(request), form.cleaned_data
    expected = read_seen_at(seen_at)
    profiles.change(volunteer=volunteer, now=now, actor=actor, expected_changed_at=expected, **form.volunteer_fields())
    weekly = apply(answers["free"], form.weekly)
    availability.set_weekly(volunteer=volunteer, weekly=weekly, now=now, actor=actor)
    user = volunteer.user
    accounts.change(user=user, name=answers["name"], language=user.language, now=now, actor=actor)
    shortlists.refresh(volunteer=volunteer, now=now)
    messages.success(request, _("保存しました。"))
    return reverse("console:person", args=[volunteer.pk])


@never_cache
@guarded(GET="people.change", POST="people.change")
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    volunteer = somebody(request, pk, "people.change")
    form = PauseForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        until = form.last_day()
        profiles.pause(volunteer=volunteer, until=until, now=timezone.now(), actor=person(request))
        if until is None:
            shortlists.refresh(volunteer=volunteer, now=timezone.now())
        messages.success(request, _("保存しました。"))
        return reverse("console:person", args=[pk])

    context = {"volunteer": volunteer, "is_paused": volunteer.is_paused(timezone.localdate())}
    return act(request, "console/pause_person.html", form=form, deed=deed, context=context, field_of=pause_field_of)


@never_cache
@guarded(POST="people.answer_for")
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Pick what fits now, to be read to the person: from then on it counts as seen."""
    volunteer = somebody(request, pk, "people.answer_for")

    def deed() -> str:
        if not suggestions.show(volunteer=volunteer, now=timezone.now()):
            messages.info(request, _("いま、この方に合う募集は見つかりませんでした。"))
        return reverse("console:person", args=[pk]) + "#suggestions"

    return act(request, "console/person.html", form=Form(request.POST), deed=deed, context=about(volunteer))


@never_cache
@guarded(GET="people.answer_for", POST="people.answer_for")
def answer(request: HttpRequest, pk: int, suggestion: int) -> HttpResponse:
    volunteer = somebody(request, pk, "people.answer_for")
    rows = Suggestion.objects.select_related(
        "volunteer__user", "volunteer__town", "role__organisation", "role__venue__town", "slot"
    )
    found = get_object_or_404(rows, pk=suggestion, volunteer=volunteer)
    require(request.user, "people.answer_for", found)
    form = AnswerForForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        actor = person(request)
        suggestions.answer(suggestion=found, now=timezone.now(), actor=actor, **form.cleaned_data)
        messages.success(request, _("お返事を記録しました。"))
        return reverse("console:person", args=[pk])

    context = {"volunteer": volunteer, "suggestion": found, "role": found.role}
    return act(request, "console/answer_for.html", form=form, deed=deed, context=context)
