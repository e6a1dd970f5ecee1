"""Text that people type: made readable before it is kept, folded before it is compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError

# The small ka and ke of place names: 鶴ヶ峰, 鶴ケ峰 and 鶴が峰 are one place.
_KE = str.maketrans(dict.fromkeys("ヶケヵが", "ケ"))
LONGEST = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class UnreadableText(DomainError):
    code = "unreadable_text"
    message = _("読み取れない文字が入っています。その文字を消して、もう一度お試しください。")


class TextTooLong(DomainError):
    code = "text_too_long"

    def __init__(self, field: str | Promise, at_most: int) -> None:
        super().__init__(field, at_most)
        self.message = _("「%(field)s」は%(at_most)s文字までです。短くしてください。") % {
            "field": field,
            "at_most": at_most,
        }


class TextMissing(DomainError):
    code = "text_missing"

    def __init__(self, field: str | Promise) -> None:
        super().__init__(field)
        self.message = _("「%(field)s」を入力してください。") % {"field": field}


class BadValue(DomainError):
    code = "bad_value"

    def __init__(self, field: str | Promise, why: str) -> None:
        super().__init__(field, why)
        self.message = _("「%(field)s」を確かめてください。%(why)s") % {"field": field, "why": why}


def fold(text: str) -> str:
    """Return *text* so that different ways of writing the same compare equal: width, case, ヶ/ケ/が/ヵ, spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_KE)
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def readable(text: str, *, at_most: int, field: str | Promise) -> str:
    """Return *text* without outer spaces and with plain line ends.

    Raises
    ------
    TextTooLong, UnreadableText
    """
    if len(text) > 2 * at_most:  # before any work is done on it
        raise TextTooLong(field, at_most)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _CONTROL.search(plain):
        raise UnreadableText
    if len(plain) > at_most:
        raise TextTooLong(field, at_most)
    return plain


def checked(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Return *values* cleaned by the fields of *model*: readable texts, numbers in range, known choices.

    Raises
    ------
    TextTooLong, UnreadableText, TextMissing, BadValue
    TypeError where the model has no such field: a mistake of the program, not of a person.
    """
    unknown = values.keys() - {field.name for field in model._meta.concrete_fields}
    if unknown:
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    return {name: _clean(model._meta.get_field(name), value) for name, value in values.items()}


def _clean(field: Any, value: Any) -> Any:
    if field.is_relation:
        return value
    if isinstance(value, str) and isinstance(field, models.CharField | models.TextField):
        value = readable(value, at_most=field.max_length or LONGEST, field=field.verbose_name)
        if not value and not field.blank:
            raise TextMissing(field.verbose_name)
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise BadValue(field.verbose_name, " ".join(error.messages)) from error
