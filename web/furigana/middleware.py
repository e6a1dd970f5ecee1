"""Japanese pages with readings, for whoever turned them on."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from web.furigana import names, switch
from web.furigana.page import with_furigana

# It keeps to its own templates, in which nothing can be turned on or off.
REPAIR_DESK = "admin"


class FuriganaMiddleware:
    """Stands next to the pages, so that what is added to an answer after it is added to the page with its readings."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._get_response(request)
        if isinstance(answer, HttpResponse) and _is_page(request, answer) and switch.is_offered():
            patch_vary_headers(answer, ["Cookie"])
            if switch.is_on(request):
                _read(answer)
        return answer


def _is_page(request: HttpRequest, answer: HttpResponse) -> bool:
    """Of any status: also what is missing in a form, and that a page is not there, is to be read."""
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    found = request.resolver_match
    return is_html and "Content-Encoding" not in answer.headers and (found is None or found.app_name != REPAIR_DESK)


def _read(answer: HttpResponse) -> None:
    reader = names.reader(settings.FURIGANA_DICTIONARY)
    if reader is None:
        return
    # What no cache may keep is not kept here either.
    is_kept = "no-store" not in answer.headers.get("Cache-Control", "")
    html = answer.content.decode(answer.charset)
    answer.content = with_furigana(html, reader, is_kept=is_kept).encode(answer.charset)
    # They were said of the page without readings.
    del answer.headers["ETag"]
    if "Content-Length" in answer.headers:
        answer.headers["Content-Length"] = str(len(answer.content))
