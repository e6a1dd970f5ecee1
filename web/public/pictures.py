"""The square picture of a role, a need or an offer, which chats draw on the card of its page."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from organisations.publicity import picture
from organisations.publicity.published import Published
from organisations.services.made_public import publishing
from web.permissions import guarded, require
from web.unchanged import answer

KEPT_S = 86_400


@guarded(GET="roles.read")
def of_role(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(publishing.roles(), pk=pk)
    require(request.user, "roles.read", found)
    return _drawn(request, publishing.of_role(found, now=timezone.now()))


@guarded(GET="needs.read")
def of_need(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(publishing.needs(), pk=pk)
    require(request.user, "needs.read", found)
    return _drawn(request, publishing.of_need(found, now=timezone.now()))


@guarded(GET="offers.read")
def of_offer(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(publishing.offers(), pk=pk)
    require(request.user, "offers.read", found)
    return _drawn(request, publishing.of_offer(found, now=timezone.now()))


def _drawn(request: HttpRequest, published: Published) -> HttpResponse:
    """Drawing takes a twentieth of a second: what says the same is drawn once a day."""
    if published.is_over:
        raise Http404
    key = f"picture:{hashlib.sha256(repr(published).encode()).hexdigest()}"
    content: bytes = cache.get_or_set(key, lambda: picture.png(published), KEPT_S) or b""
    return answer(request, content, media="image/png")
