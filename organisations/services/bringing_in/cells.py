"""What a cell says: dates as Japanese offices write them, numbers, times, yes and no, words of a vocabulary."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.services.errors import DomainError
from organisations.models.vocabulary import Term
from organisations.services import words

AnyTerm = TypeVar("AnyTerm", bound=Term)

# The year before the first one of each era, and how the era is shortened.
ERAS = {
    "明治": 1867,
    "M": 1867,
    "大正": 1911,
    "T": 1911,
    "昭和": 1925,
    "S": 1925,
    "平成": 1988,
    "H": 1988,
    "令和": 2018,
    "R": 2018,
}
_DAY = re.compile(
    r"(\d{4}|[^\d\s]{1,2}\s*(?:\d{1,2}|元))\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?"
)
_TIME = re.compile(r"(\d{1,2})\s*[:時]\s*(\d{1,2})?\s*分?(?::00)?")
YES, NO = "はい", "いいえ"
_TRUTH = {**dict.fromkeys(("はい", "○", "〇", "有", "1", "yes", "true"), True)}
_TRUTH |= dict.fromkeys(("いいえ", "×", "無", "0", "no", "false"), False)


class CellError(DomainError):
    code = "bad_cell"

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


def plain(text: str) -> str:
    """Return *text* with narrow digits and letters and single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def day(text: str) -> dt.date:
    """Return the date of ``1960-01-02``, ``1960/1/2``, ``昭和35年1月2日`` or ``S35.1.2``.

    Raises
    ------
    CellError
    """
    found = _DAY.fullmatch(plain(text))
    try:
        if found is None:
            raise ValueError(text)
        return dt.date(_year(found[1]), int(found[2]), int(found[3]))
    except (ValueError, KeyError) as error:
        raise CellError(_("日付を確かめてください。「2026/4/1」や「令和8年4月1日」のように書きます。")) from error


def time(text: str) -> dt.time:
    """Return the time of ``9:00`` or ``9時半`` without its half: hours and minutes of a clock of 24 hours.

    Raises
    ------
    CellError
    """
    found = _TIME.fullmatch(plain(text))
    try:
        if found is None:
            raise ValueError(text)
        return dt.time(int(found[1]), int(found[2] or 0))
    except ValueError as error:
        raise CellError(_("時刻を確かめてください。「9:00」や「13:30」のように書きます。")) from error


def whole(text: str) -> int:
    """Return a whole number, with or without what is counted behind it.

    Raises
    ------
    CellError
    """
    found = re.fullmatch(r"(\d{1,6})\s*(?:人|歳|才|分|名)?", plain(text))
    if found is None:
        raise CellError(_("数字で書いてください。"))
    return int(found[1])


def km(text: str) -> float:
    """Return kilometres.

    Raises
    ------
    CellError
    """
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?)\s*(?:km)?", plain(text).casefold())
    if found is None:
        raise CellError(_("kmの数字で書いてください。"))
    return float(found[1])


def truth(text: str) -> bool:
    """Return whether it says yes.

    Raises
    ------
    CellError
    """
    try:
        return _TRUTH[plain(text).casefold()]
    except KeyError as error:
        raise CellError(_("「はい」か「いいえ」で書いてください。")) from error


def told(value: bool) -> str:
    return YES if value else NO


def text_of(model: type[models.Model], field: str) -> Callable[[str], str]:
    """Return what reads a text that *field* of *model* takes; it raises what ``words.checked`` raises."""

    def read(text: str) -> str:
        value: str = words.checked(model, {field: text})[field]
        return value

    return read


def choice_of(choices: type[models.TextChoices]) -> Callable[[str], str]:
    """Return what reads one of *choices*, by its Japanese label or its value."""
    known = {words.fold(name): each.value for each in choices for name in (each.value, label(each))}
    return lambda text: str(_found(text, known))


def label(choice: models.TextChoices) -> str:
    """Return the label in Japanese, whatever the language of the page: files go from one office to the next."""
    with override("ja"):
        return str(choice.label)


def one_of(names: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return what reads one of *names*, which are folded."""
    return lambda text: _found(text, names)


def terms_of(names: Mapping[str, AnyTerm]) -> Callable[[str], list[AnyTerm]]:
    """Return what reads words of a vocabulary with 「、」, 「,」, 「;」 or line ends between them.

    Some words hold a 「、」 themselves: the longest that is one is taken.
    """

    def read(text: str) -> list[AnyTerm]:
        chosen: list[AnyTerm] = []
        for part in re.split(r"[;；\n]", text):
            pieces = [piece for piece in re.split(r"[、,，]", part) if piece.strip()]
            while pieces:
                length = next((n for n in range(len(pieces), 1, -1) if words.fold("、".join(pieces[:n])) in names), 1)
                chosen.append(_found("、".join(pieces[:length]), names))
                pieces = pieces[length:]
        return list(dict.fromkeys(chosen))

    return read


def names_of(terms: Iterable[AnyTerm]) -> dict[str, AnyTerm]:
    """Return *terms* by each of their names, folded; where two share one, it is the earlier one's."""
    found: dict[str, AnyTerm] = {}
    for each in ("ja", "code", "en"):
        for term in terms:
            found.setdefault(words.fold(getattr(term, each)), term)
    return found


def joined(terms: Iterable[Term]) -> str:
    return "、".join(term.ja for term in terms)


def _found(text: str, names: Mapping[str, Any]) -> Any:
    asked = words.fold(text)
    if asked in names:
        return names[asked]
    near = difflib.get_close_matches(asked, names, n=1, cutoff=0.5)
    if near:
        like = getattr(names[near[0]], "ja", near[0])
        raise CellError(
            _("「%(text)s」が見つかりません。「%(like)s」のことですか。") % {"text": text[:40], "like": like}
        )
    raise CellError(_("「%(text)s」が見つかりません。決まったことばの中からえらんでください。") % {"text": text[:40]})


def _year(text: str) -> int:
    if text.isdigit():
        return int(text)
    era, number = re.fullmatch(r"([^\d\s元]{1,2})\s*(\d{1,2}|元)", text).groups()  # type: ignore[union-attr]
    return ERAS[era.upper()] + (1 if number == "元" else int(number))
