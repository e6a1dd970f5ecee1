"""Asking the table: in a view, about a page, about a row."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from web.permissions.predicates.person import Person
from web.permissions.table import PERMISSIONS

PageView = Callable[..., HttpResponseBase]


def may(user: Person, rule: str, target: object = None) -> bool:
    """Whether *rule* lets *user* do it; a rule that is not in the table is a mistake of ours."""
    return bool(PERMISSIONS[rule].test(user, target))


def require(user: Person, rule: str, target: object = None) -> None:
    """Answer "not allowed" exactly as "not there"."""
    if not may(user, rule, target):
        raise Http404


def guarded(**rule_by_method: str) -> Callable[[PageView], PageView]:
    """Name the rule of each method of a page; strangers are asked to sign in, others find nothing there.

    Where only a button leads, there is no page: whoever asks for one finds nothing there.
    Only the kind of person is checked here; the page itself asks ``require`` about the object it has found.
    """

    def decorate(view: PageView) -> PageView:
        @wraps(view)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            method = "GET" if request.method == "HEAD" else request.method or ""
            rule = rule_by_method.get(method)
            if rule is None and method == "GET":
                raise Http404
            if rule is None:
                return HttpResponseNotAllowed(rule_by_method)
            if not may(request.user, rule):
                if request.user.is_authenticated:
                    raise Http404
                return redirect_to_login(request.get_full_path() if "GET" in rule_by_method else _came_from(request))
            return view(request, *args, **kwargs)

        guard.rules = rule_by_method  # type: ignore[attr-defined]
        return guard

    return decorate


def _came_from(request: HttpRequest) -> str:
    """Where the button was that somebody pressed after their time had run out: it leads to no page itself."""
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() else "/"
