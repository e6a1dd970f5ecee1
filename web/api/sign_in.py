"""Two ways to say who is asking: the session of a browser, or a token of one's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request


class TokenSignIn(TokenAuthentication):  # type: ignore[misc]
    """``Authorization: Token …``; only the hash of the token is kept."""

    def authenticate_credentials(self, token: bytes) -> Any:
        if not token.isalnum():  # bytes: ASCII letters and digits
            raise AuthenticationFailed(_("このトークンは使えません。"))
        return super().authenticate_credentials(token)


class SessionSignIn(SessionAuthentication):
    """The cookie of the site; whoever changes something also sends X-CSRFToken."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"  # so that a stranger gets 401, not 403


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenSignIn
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and a space before the token.",
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SessionSignIn
    name = "session"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
