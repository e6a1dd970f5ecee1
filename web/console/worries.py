"""Worries of one's own area: their numbers and clocks in a list, their words one at a time, and what is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models.user import Language
from accounts.services import audit
from accounts.services.errors import DomainError
from matching import explanations
from organisations.models import Worry
from organisations.services import words
from organisations.services.worries import handling, receipts
from web.console.worry_forms import CameOfForm, TypeInForm
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.texts import WORRY_HEARD_TEXT
from web.unreported import unreported

ON_A_PAGE = 20
LOOKS_SHOWN = 10


@never_cache
@guarded(GET="worries.list")
def index(request: HttpRequest) -> HttpResponse:
    here = Worry.objects.in_area_of(person(request)).defer("sealed").select_related("town")
    is_closed = request.GET.get("show") == "closed"
    rows = here.exclude(closed_at=None).order_by("-closed_at", "-pk") if is_closed else here.open()
    page = Paginator(rows.distinct(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/worries/list.html", {"page": page, "is_closed": is_closed, "now": timezone.now()})


@never_cache
@guarded(GET="worries.type_in", POST="worries.type_in")
@unreported
def type_in(request: HttpRequest) -> HttpResponse:
    form = TypeInForm(request.POST if request.method == "POST" else None, coordinator=person(request))

    def deed() -> str:
        answers = dict(form.cleaned_data)
        contents = handling.Contents(**{name: answers.pop(name) for name in ("words", "reach", "contact", "name")})
        del answers["consent"]
        worry = handling.receive(
            receipt=receipts.draw(),
            contents=contents,
            consent_text=str(WORRY_HEARD_TEXT),
            language=Language.of_page(),
            now=timezone.now(),
            actor=person(request),
            **answers,
        )
        words = _("書きとめました。受付番号 %(receipt)s と、%(by)sまでに連絡することを、その方に伝えてください。")
        messages.success(
            request, words % {"receipt": worry, "by": explanations.day(timezone.localdate(worry.answer_by))}
        )
        return reverse("console:worry", args=[worry.pk])

    return act(request, "console/worries/type_in.html", form=form, deed=deed, field_of=_field_of)


@never_cache
@guarded(GET="worries.see")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "console/worries/show.html", about(found(request, pk, "worries.see")))


@never_cache
@guarded(GET="worries.read")
@unreported
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The words themselves; every opening leaves a line, and asking for the headers alone opens nothing."""
    worry = found(request, pk, "worries.read")
    context: dict[str, Any] = {"worry": worry}
    if request.method == "GET":
        try:
            context["contents"] = handling.read(worry=worry, now=timezone.now(), actor=person(request))
        except DomainError as refusal:
            context["refusal"] = refusal
    return render(request, "console/worries/words.html", context)


@never_cache
@guarded(POST="worries.handle")
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    worry = found(request, pk, "worries.handle")

    def deed() -> str:
        handling.answered(worry=worry, now=timezone.now(), actor=person(request))
        messages.success(request, _("連絡したことを記録しました。"))
        return reverse("console:worry", args=[pk])

    return act(request, "console/worries/show.html", form=Form(request.POST), deed=deed, context=about(worry))


def found(request: HttpRequest, pk: int, rule: str) -> Worry:
    """Return a worry of the area of whoever is asking; of another there is none."""
    here = Worry.objects.in_area_of(person(request)).select_related("town", "answered_by", "typed_in_by").distinct()
    worry = get_object_or_404(here, pk=pk)
    require(request.user, rule, worry)
    return worry


def about(worry: Worry) -> dict[str, Any]:
    """Return what the page of a worry shows: never a word of it."""
    looks = audit.trail(target=worry).filter(action=audit.LOOKED_AT)
    return {
        "worry": worry,
        "now": timezone.now(),
        "referrals": worry.referrals.select_related("desk__organisation", "by"),
        "came_of": CameOfForm(),
        "needs": worry.needs.all(),
        "looks": looks[:LOOKS_SHOWN],
    }


def _field_of(refusal: DomainError) -> str | None:
    if isinstance(refusal, handling.NameForLetter):
        return "name"
    is_about_contact = isinstance(refusal, handling.CannotBeReached | words.UnreadableText)
    return "contact" if is_about_contact else None
