"""Readings over the Chinese characters, turned on and off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from web.furigana import switch
from web.permissions import guarded


@guarded(POST="pages.read")
def turn(request: HttpRequest) -> HttpResponse:
    """Turn them as the button says, and go back to the page that it stood on."""
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(page if is_ours else reverse("public:home"))
    switch.turn(answer, on=request.POST.get("furigana") == switch.ON)
    return answer
