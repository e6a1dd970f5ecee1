"""Who is asking."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
