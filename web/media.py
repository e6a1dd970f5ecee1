"""All that a role or a need can be told with, on one page: words to copy, a sheet, a picture, addresses to follow."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.services.errors import DomainError
from organisations.publicity import flyer, telling
from organisations.publicity.published import Kind, Published

PICTURES = {Kind.ROLE: "public:role_picture", Kind.NEED: "public:need_picture"}


def context(published: Published) -> dict[str, Any]:
    """Return what ``parts/media.html`` shows."""
    return {
        "published": published,
        "chat": telling.chat(published),
        "circular": telling.circular(published),
        "picture": reverse(PICTURES[published.kind], args=[published.ref]),
        "follows": [settings.SITE_URL + path for path in _follows(published)],
    }


def sheet(
    request: HttpRequest, published: Published, *, template: str, more: dict[str, Any], now: dt.datetime
) -> HttpResponse:
    """Return the flyer; where a character cannot be printed, the page says which."""
    try:
        content = flyer.pdf(published, now=now)
    except DomainError as refusal:
        return render(request, template, {**context(published), **more, "refusal": refusal}, status=409)
    told = HttpResponse(content, content_type="application/pdf")
    told.headers["Content-Disposition"] = f'attachment; filename="{published.kind}-{published.ref}.pdf"'
    return told


def _follows(published: Published) -> list[str]:
    if published.kind == Kind.NEED:
        return [reverse("public:needs_atom")]
    own = f"?organisation={published.organisation}"
    return [reverse("public:roles_calendar") + own, reverse("public:roles_atom") + own]
