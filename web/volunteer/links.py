"""Links in messages: not a sign-in. Opening one shows what it would do; only the button does it; it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.services.errors import DomainError
from matching.models import Answer, Suggestion, WhyNot
from matching.services.answering import suggestions
from matching.services.coordinating import another_day
from notifications import unsubscribe
from notifications.models import ActionLink
from notifications.models.action_link import UNSUBSCRIBE
from notifications.services import links
from organisations.services.coordinating import desks
from volunteers.services.telling import guardian_letters, reminders
from volunteers.services.waiting_lists import passing_on
from web.permissions import guarded, require
from web.volunteer import another_day_link, guardian_link, places, waiting
from web.volunteer.forms import ReasonForm
from web.volunteer.suggestions import feedback_of, what_was_answered

Handler = Callable[[HttpRequest, ActionLink], HttpResponse]


# The token in the address is the secret that a forged form would need, and mail programs post without cookies.
@csrf_exempt
@never_cache
@guarded(GET="pages.read", POST="pages.read")
def link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = links.find(token=token, now=timezone.now())
    except links.LinkUnknown as refusal:
        context = {"refusal": refusal, "desks": desks.for_town(None)}
        return render(request, "volunteer/link_unknown.html", context, status=404)
    handler = ACTIONS.get(found.action)
    if handler is None:
        raise Http404
    return handler(request, found)


def _unsubscribe(request: HttpRequest, found: ActionLink) -> HttpResponse:
    done = ""
    if request.method == "POST":
        is_undo = "undo" in request.POST
        (unsubscribe.undo if is_undo else unsubscribe.stop)(user=found.user, now=timezone.now())
        done = "undone" if is_undo else "stopped"
    return render(request, "volunteer/link_unsubscribe.html", {"done": done})


def _answer(request: HttpRequest, found: ActionLink) -> HttpResponse:
    suggestion = _suggestion(found)
    require(found.user, "suggestions.answer", suggestion)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"answer": found.action, "form": form, "why_not": WhyNot}
    status = 200 if form.is_valid() or not form.is_bound else 400
    if form.is_valid():
        try:
            _act(request, found, suggestion, form)()
        except DomainError as refusal:
            context["refusal"], status = refusal, 409
        suggestion.refresh_from_db()
    context |= what_was_answered(suggestion)
    return render(request, "volunteer/link_answer.html", context, status=status)


def _act(request: HttpRequest, found: ActionLink, suggestion: Suggestion, form: ReasonForm) -> Callable[[], object]:
    """Sent twice by a nervous finger, the same answer stays given."""
    now = timezone.now()
    if "undo" in request.POST:
        return lambda: suggestions.undo(suggestion=suggestion, now=now, actor=found.user)
    given = feedback_of(suggestion)
    if given is not None and given.answer == found.action:
        return lambda: None
    return lambda: suggestions.answer(
        suggestion=suggestion, answer=found.action, now=now, actor=found.user, **form.cleaned_data
    )


def _suggestion(found: ActionLink) -> Suggestion:
    rows = Suggestion.objects.select_related(
        "volunteer__user", "volunteer__town", "role__organisation", "role__venue__town", "slot"
    )
    if not (found.target_id.isascii() and found.target_id.isdecimal()):
        raise Http404
    suggestion = rows.filter(pk=found.target_id, volunteer__user=found.user).first()
    if suggestion is None:
        raise Http404
    return suggestion


# What a link can do, by its action; each handler asks the table about the link's own person.
ACTIONS: Mapping[str, Handler] = {
    UNSUBSCRIBE: _unsubscribe,
    passing_on.ANSWER: waiting.by_link,
    reminders.CANNOT_COME: places.by_link,
    another_day.ANOTHER_DAY: another_day_link.by_link,
    **dict.fromkeys(Answer.values, _answer),
    guardian_letters.CONSENT: guardian_link.consent,
    guardian_letters.EACH_TIME: guardian_link.each_time,
}
