"""Finding a company's team by the words that it handed out; whoever guesses is soon asked to wait."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.throttling import SimpleRateThrottle

from accounts.services.errors import DomainError
from organisations.models import Team
from organisations.services.teams import gathering
from web.signed_in import person

WRONG_PER_HOUR = 10
A_MINUTE = dt.timedelta(minutes=1)


class TooManyWrong(DomainError):
    code = "too_many_wrong_team_codes"

    def __init__(self, after: dt.datetime) -> None:
        super().__init__(after)
        hour = date_format(timezone.localtime(after), gettext("G:i"))
        self.message = _(
            "参加のことばが何度かちがっていたので、いったん止めています。%(hour)sを過ぎたら、もう一度お試しください。"
            "ことばがわからないときは、会社の担当の方にお聞きください。"
        ) % {"hour": hour}


class _Wrong(SimpleRateThrottle):
    """Counts the wrong words of one person."""

    scope = "team_code"
    rate = f"{WRONG_PER_HOUR}/hour"

    def get_cache_key(self, request: HttpRequest, view: object) -> str:
        return self.cache_format % {"scope": self.scope, "ident": person(request).pk}


class _SoFar(_Wrong):
    """Looks at the count, and adds nothing to it."""

    def throttle_success(self) -> bool:
        return True


def find(request: HttpRequest, text: str) -> Team | None:
    """Return the team of a code; None where there is none, and that is counted.

    Raises
    ------
    TooManyWrong, whether the code is right or not
    """
    so_far = _SoFar()
    if not so_far.allow_request(request, None):  # type: ignore[arg-type]
        raise TooManyWrong(timezone.now() + dt.timedelta(seconds=so_far.wait() or 0) + A_MINUTE)
    found = gathering.by_code(text)
    if found is None:
        _Wrong().allow_request(request, None)  # type: ignore[arg-type]
    return found
