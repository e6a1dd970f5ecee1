"""A worry is sent without signing in: what, which town, how to be reached. Before the last step nothing is written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models.user import Language
from accounts.services.errors import DomainError
from organisations.models import Town, Worry
from organisations.models.worry import Reach
from organisations.services import words
from organisations.services.coordinating import desks
from organisations.services.worries import handling, receipts, urgent
from web.permissions import guarded
from web.public import worry_kept, worry_rate
from web.public.worry_forms import OTHER, ReachForm, WhereForm, WordsForm
from web.texts import WORRY_TEXT
from web.unreported import unreported

QUESTIONS = 3


@guarded(GET="worries.send")
def begin(request: HttpRequest) -> HttpResponse:
    return render(request, "public/worries/begin.html", {"urgent": urgent.numbers(), "desks": desks.for_town(None)})


@never_cache
@guarded(GET="worries.send", POST="worries.send")
@unreported
def what(request: HttpRequest) -> HttpResponse:
    kept = worry_kept.kept(request.session)
    asked = request.POST.get("about") if request.method == "POST" else request.GET.get("about", kept.get("about"))
    is_about_other = asked == OTHER
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        initial={"words": kept.get("words", ""), "about": OTHER if is_about_other else ""},
        is_about_other=is_about_other,
    )
    if request.method == "POST" and form.is_valid():
        about, receipt = OTHER if is_about_other else "", kept.get("receipt") or receipts.draw()
        worry_kept.keep(request, words=form.cleaned_data["words"], about=about, receipt=receipt)
        return redirect("public:worry_town")
    return _show(request, "what", 1, form, {"is_about_other": is_about_other, "urgent": urgent.numbers()})


@never_cache
@guarded(GET="worries.send", POST="worries.send")
@unreported
def town(request: HttpRequest) -> HttpResponse:
    kept = worry_kept.kept(request.session)
    if "words" not in kept:
        return redirect("public:worry")
    form = WhereForm(request.POST if request.method == "POST" else None, initial={"town": kept.get("town")})
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["town"]
        if desks.coordinators_of(chosen):
            worry_kept.keep(request, town=chosen.pk)
            return redirect("public:worry_reach")
        form.add_error("town", str(handling.NobodyThere()))
        more = {"desks": desks.for_town(chosen), "town": chosen}
    return _show(request, "town", 2, form, more)


@never_cache
@guarded(GET="worries.send", POST="worries.send")
@unreported
def reach(request: HttpRequest) -> HttpResponse:
    kept = worry_kept.kept(request.session)
    if "sent" in kept:
        return redirect("public:worry_sent")
    where = Town.objects.filter(pk=kept.get("town", 0)).first()
    if "words" not in kept or where is None:
        return redirect("public:worry_town")
    shown = {"consent_text": str(WORRY_TEXT)}
    form = ReachForm(request.POST if request.method == "POST" else None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            worry_rate.count(request)
            worry = _send(kept, where, form.cleaned_data)
        except DomainError as refusal:
            form.add_error(_field_of(refusal), str(refusal))
        else:
            said = {"comes": form.cleaned_data["reach"] == Reach.VISIT, "is_told": bool(form.cleaned_data["contact"])}
            worry_kept.replace(request, sent=worry.receipt, by=worry.answer_by.isoformat(), at=where.pk, **said)
            return redirect("public:worry_sent")
    return _show(request, "reach", 3, form, shown)


@never_cache
@guarded(GET="worries.send")
@unreported
def sent(request: HttpRequest) -> HttpResponse:
    kept = worry_kept.kept(request.session)
    if "sent" not in kept:
        return redirect("public:worry")
    by = timezone.localdate(dt.datetime.fromisoformat(kept["by"]))
    where = Town.objects.filter(pk=kept["at"]).first()
    context = {"receipt": kept["sent"], "by": by, "town": where, "desks": desks.for_town(where)}
    context |= {"comes": kept.get("comes"), "is_promised": not kept.get("comes") or kept.get("is_told")}
    return render(request, "public/worries/sent.html", {**context, "urgent": urgent.numbers()})


def _send(kept: dict[str, Any], where: Town, answers: dict[str, Any]) -> Worry:
    contents = handling.Contents(kept["words"], answers["reach"], answers["contact"], answers["name"])
    return handling.receive(
        receipt=kept["receipt"],
        town=where,
        contents=contents,
        consent_text=answers["consent_text"],
        now=timezone.now(),
        is_about_other=kept["about"] == OTHER,
        language=Language.of_page(),
    )


def _field_of(refusal: DomainError) -> str | None:
    if isinstance(refusal, handling.NameForLetter):
        return "name"
    is_about_contact = isinstance(refusal, handling.CannotBeReached | words.TextTooLong | words.UnreadableText)
    return "contact" if is_about_contact else None


def _show(request: HttpRequest, step: str, number: int, form: Any, more: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "number": number, "all": QUESTIONS, **more}
    return render(request, f"public/worries/{step}.html", context, status=400 if form.errors else 200)
