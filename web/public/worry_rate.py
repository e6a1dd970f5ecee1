"""How many worries one address may send: far more than one household needs, far fewer than would bury a desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.throttling import SimpleRateThrottle

from accounts.services.errors import DomainError


class TooOften(DomainError):
    code = "too_many_worries"
    message = _(
        "短い時間にたくさん送られたため、いったん止めています。書いたものはそのまま残っています。"
        "1時間ほどたってからもう一度お送りいただくか、相談窓口へお電話ください。"
    )


class _WorryRate(SimpleRateThrottle):
    scope = "worry"
    rate = "20/hour"

    def get_cache_key(self, request: HttpRequest, view: object) -> str:
        """Count by the address alone: who has signed in is no other sender."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}  # type: ignore[arg-type]


def count(request: HttpRequest) -> None:
    """Count one more from this address.

    Raises
    ------
    TooOften
    """
    if not _WorryRate().allow_request(request, None):  # type: ignore[arg-type]
        raise TooOften
