"""Whether somebody wants readings: a cookie says so, and nothing is kept here."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from web.furigana import dictionary

COOKIE = "furigana"
ON = "on"
YEAR_S = 365 * 24 * 60 * 60
JAPANESE = "ja"


def has_dictionary() -> bool:
    return dictionary.opened(settings.FURIGANA_DICTIONARY) is not None


def is_offered() -> bool:
    """Say whether this page can have readings: it is in Japanese, easy or not, and there is a dictionary."""
    return (get_language() or "").partition("-")[0] == JAPANESE and has_dictionary()


def is_on(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) == ON


def turn(response: HttpResponse, *, on: bool) -> None:
    """Let the browser remember it for a year, or forget it."""
    if on:
        response.set_cookie(
            COOKIE, ON, max_age=YEAR_S, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
