"""How the endpoints describe themselves in OpenAPI, and the pages that show it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import SAFE_METHODS

from web.api.endpoint import Endpoint
from web.api.errors import ErrorEnvelopeSerializer
from web.api.table import rule_for
from web.permissions import may

ALWAYS = {
    400: "What was sent cannot be understood.",
    401: "Sign in, by session or by token; or the token is not valid (any more).",
    404: "Not there, or not for you: both are answered the same.",
    405: "No such method here.",
    406: "Only JSON is given.",
    422: "It can be read, but makes no sense: an end before its start, a place outside Japan.",
    429: "Too often; Retry-After says how many seconds to wait.",
    500: "Our mistake.",
}
WRITING = {
    403: "The session's CSRF token is missing.",
    409: "The state of things does not allow it: full, over, answered already, changed by somebody else.",
    413: "Too long.",
    415: "Only JSON is read.",
}
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 80, "pattern": r"^[!-~]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description="New for every deed; the same key again acts no second time and brings the kept answer.",
)


class Schema(AutoSchema):
    def get_auth(self) -> list[dict[str, Any]]:
        """Sign-in is optional where the table lets a stranger do it."""
        auths = super().get_auth()
        return [*auths, {}] if self._is_open() and {} not in auths else auths

    def get_override_parameters(self) -> list[Any]:
        parameters = list(super().get_override_parameters())
        return [*parameters, KEY] if self.method == "POST" and isinstance(self.view, Endpoint) else parameters

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        refusals = ALWAYS | ({} if self.method in SAFE_METHODS else WRITING)
        for status, why in sorted(refusals.items()):
            refusal = self._get_response_for_code(ErrorEnvelopeSerializer, str(status))  # type: ignore[no-untyped-call]
            bodies.setdefault(str(status), {**refusal, "description": why})
        return bodies

    def _is_open(self) -> bool:
        rule = rule_for(self.view, self.method)
        return rule is not None and may(AnonymousUser(), rule)
