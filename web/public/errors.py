"""What people read when something does not work: what happened, and what they can do now."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "errors/too_long.html", status=413)
    return render(request, "errors/bad_request.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page as for something that is not there: nobody learns what exists."""
    return not_there(request, exception)


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django passes it by name
    return render(request, "errors/not_there.html", status=404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django passes it by name
    """The page was open too long, or cookies are off: the form's secret does not fit any more."""
    return render(request, "errors/stale_form.html", status=403)


def too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/too_often.html", status=429)


def broken(_request: HttpRequest) -> HttpResponse:
    """Without the request's person: the database itself may be what is broken."""
    return render(None, "errors/broken.html", status=500)
