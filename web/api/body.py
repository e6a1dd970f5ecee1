"""JSON as it comes in: bounded, and without anything that the database or a reader cannot hold."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.parsers import BaseParser

from web.api.errors import NotReadable, TooLong

# NUL cannot be stored; half of a surrogate pair cannot be written out again.
UNREADABLE = re.compile("[\x00\ud800-\udfff]")
LONGEST_NUMBER = 18


class JsonBody(BaseParser):
    media_type = "application/json"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLong
        try:
            body = json.loads(raw.decode(), parse_constant=_no_number, parse_int=_whole, parse_float=_finite)
        except (ValueError, RecursionError) as error:
            raise NotReadable from error
        if any(UNREADABLE.search(text) for text in _texts(body)):
            raise NotReadable
        return body


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(digits)
    return int(digits)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _texts(body: Any) -> Iterator[str]:
    """Every text at any depth, keys too."""
    waiting = [body]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            waiting += part
