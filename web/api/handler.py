"""What was raised becomes what is answered."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import UnreadablePostError
from drf_standardized_errors.handler import ExceptionHandler

from accounts.services.errors import DomainError
from web.api.errors import NotReadable, Refused, TooLong
from web.in_the_way import InTheWay, is_in_the_way


class Handler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, DomainError):
            return Refused(exc)
        if is_in_the_way(exc):
            return Refused(InTheWay())
        if isinstance(exc, RequestDataTooBig):
            return TooLong()
        if isinstance(exc, SuspiciousOperation | UnreadablePostError):
            return NotReadable()
        converted: Exception = super().convert_known_exceptions(exc)
        return converted
