"""What this service is, what it keeps, whom it serves and what it asks of people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from matching.services.retention import KEPT
from organisations.services.coordinating import desks
from web.furigana import switch
from web.permissions import guarded
from web.texts import CONTACT_TEXT, TERMS


@guarded(GET="pages.read")
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html", {"desks": desks.for_town(None)})


@guarded(GET="pages.read")
def privacy(request: HttpRequest) -> HttpResponse:
    shown = {"contact_text": CONTACT_TEXT, "kept": KEPT, "desks": desks.for_town(None)}
    return render(request, "public/privacy.html", shown)


@guarded(GET="pages.read")
def accessibility(request: HttpRequest) -> HttpResponse:
    shown = {"desks": desks.for_town(None), "has_furigana": switch.has_dictionary()}
    return render(request, "public/accessibility.html", shown)


@guarded(GET="pages.read")
def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "public/terms.html", {"terms": TERMS, "desks": desks.for_town(None)})
