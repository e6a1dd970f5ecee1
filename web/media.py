"""All that something can be told with, on one page: words to copy, a sheet, a picture, addresses to follow."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services.errors import DomainError
from organisations.publicity import flyer, telling
from organisations.publicity.published import Kind, Published

TEMPLATE = "media.html"
# What a reader of news can follow; roles have a feed of each organisation besides.
NEWS = {Kind.NEED: "public:needs_atom", Kind.OFFER: "public:offers_atom"}


@dataclass(frozen=True)
class Door:
    """Through which one of the audiences comes: its frame, and its pages of the row, of the media and of the flyer."""

    frame: str
    row: str
    media: str
    flyer: str


def page(request: HttpRequest, published: Published, door: Door) -> HttpResponse:
    """Return the page with all of it."""
    return render(request, TEMPLATE, _context(published, door))


def sheet(request: HttpRequest, published: Published, door: Door, *, now: dt.datetime) -> HttpResponse:
    """Return the flyer; where a character cannot be printed, the page says which; of what is over there is none."""
    if published.is_over:
        return redirect(door.media, published.ref)
    try:
        content = flyer.pdf(published, now=now)
    except DomainError as refusal:
        return render(request, TEMPLATE, {**_context(published, door), "refusal": refusal}, status=409)
    told = HttpResponse(content, content_type="application/pdf")
    told.headers["Content-Disposition"] = f'attachment; filename="{published.kind}-{published.ref}.pdf"'
    return told


def _context(published: Published, door: Door) -> dict[str, Any]:
    return {
        "frame": door.frame,
        "published": published,
        "back": reverse(door.row, args=[published.ref]),
        "sheet": reverse(door.flyer, args=[published.ref]),
        "chat": telling.chat(published),
        "circular": telling.circular(published),
        "picture": reverse(f"public:{published.kind}_picture", args=[published.ref]),
        "follows": [(name, settings.SITE_URL + path) for name, path in _follows(published)],
    }


def _follows(published: Published) -> list[tuple[str, str]]:
    """Return what can be followed, each as its name and its path."""
    news = _("新着(Atom)")
    if published.kind in NEWS:
        return [(news, reverse(NEWS[published.kind]))]
    own = f"?organisation={published.organisation}"
    return [(_("カレンダー(iCal)"), reverse("public:roles_calendar") + own), (news, reverse("public:roles_atom") + own)]
