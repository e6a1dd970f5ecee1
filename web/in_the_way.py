"""Two who write at the same moment and wait for each other: the database lets one through, the other may try again.

Locks are taken in one order, but what a row refers to is locked when its transaction ends, whatever that order says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from psycopg.errors import DeadlockDetected

from accounts.services.errors import DomainError


class InTheWay(DomainError):
    code = "in_the_way"
    message = _("ちょうど同じときに、別の操作がありました。何も変わっていません。もう一度お試しください。")


def is_in_the_way(error: Exception) -> bool:
    """Say whether the database stopped this one so that another could go on; nothing of it was kept."""
    return isinstance(error, OperationalError) and isinstance(error.__cause__, DeadlockDetected)


@contextmanager
def refused_if_in_the_way() -> Iterator[None]:
    """Raise `InTheWay` where the transaction inside was stopped."""
    try:
        yield
    except OperationalError as error:
        if is_in_the_way(error):
            raise InTheWay from error
        raise


class InTheWayMiddleware:
    """Shows a page of its own wherever no form is there to say it in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_in_the_way(exception):
            return render(request, "errors/in_the_way.html", {"refusal": InTheWay()}, status=409)
        return None
