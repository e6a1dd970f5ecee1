"""The table of rules as a permission of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import Http404
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from web.permissions import may

if TYPE_CHECKING:  # the views import this module
    from rest_framework.views import APIView


class RuleOfTheTable(BasePermission):
    """Strangers are asked to sign in; everybody else gets the same answer for "not allowed" and "not there"."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        rule = rule_for(view, request.method or "")
        if rule is None or may(request.user, rule):  # no rule: no such method, which is said later
            return True
        if request.user.is_authenticated:
            raise Http404
        return False


def rule_for(view: APIView, method: str) -> str | None:
    rules: Mapping[str, str] = getattr(view, "rules", {})
    return rules.get("GET" if method == "HEAD" else method)
