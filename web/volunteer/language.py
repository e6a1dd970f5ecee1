"""The language that somebody chose, kept for the pages as the switch at the top keeps it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

from accounts.models import User
from accounts.models.user import Language


def speak(response: HttpResponse, user: User) -> HttpResponse:
    """Let every page from here on speak the person's language; whoever reads it in easy words goes on doing so."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        get_language() if Language.of_page() == user.language else user.language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
