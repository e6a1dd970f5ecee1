"""How what is counted is read after its number: 10分(ぷん), 2日(ふつか), 2人(ふたり)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from web.furigana.okurigana import Piece

DIGITS = re.compile(r"[0-9０-９]+")
MONTH = "月"
# Read as one with the number, which stands below the reading too.
_DAYS = {
    2: "ふつか",
    3: "みっか",
    4: "よっか",
    5: "いつか",
    6: "むいか",
    7: "なのか",
    8: "ようか",
    9: "ここのか",
    10: "とおか",
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}
_WHOLE: Mapping[str, Mapping[int, str]] = {"日": _DAYS, "人": {1: "ひとり", 2: "ふたり"}}
_FIRST_OF_MONTH = "ついたち"
_LASTING = {"": "", "間": "かん"}
# By the last digit of the number; the reading under None is that of all others.
_LAST: Mapping[str, Mapping[int | None, str]] = {
    "分": {None: "ふん", **dict.fromkeys((0, 1, 3, 4, 6, 8), "ぷん")},
    "泊": {None: "はく", **dict.fromkeys((0, 1, 3, 4, 6, 8), "ぱく")},
    "本": {None: "ほん", **dict.fromkeys((0, 1, 6, 8), "ぽん"), 3: "ぼん"},
    "杯": {None: "はい", **dict.fromkeys((0, 1, 6, 8), "ぱい"), 3: "ばい"},
    "匹": {None: "ひき", **dict.fromkeys((0, 1, 6, 8), "ぴき"), 3: "びき"},
    "階": {None: "かい", 3: "がい"},
    "軒": {None: "けん", 3: "げん"},
    "日": {None: "にち"},
    "人": {None: "にん"},
    "月": {None: "がつ"},
    "年": {None: "ねん"},
    "時": {None: "じ"},
    "間": {None: "けん"},
    "行": {None: "ぎょう"},
}


def pieces(number: str, counted: str, *, before: str) -> list[Piece] | None:
    """Return how *number* and the word after it are read; None where the dictionary knows it as well.

    Parameters
    ----------
    before
        The word before the number: after a month the first is ついたち, otherwise 1日 is いちにち.
    """
    unit, rest = counted[:1], counted[1:]
    if unit not in _LAST or rest not in _LASTING:
        return None
    value = int(number)
    whole = _WHOLE.get(unit, {}).get(value)
    if unit == "日" and value == 1 and before == MONTH:
        whole = _FIRST_OF_MONTH
    lasting = [(rest, _LASTING[rest])] if rest else []
    if whole is not None:
        return [(number + unit, whole), *lasting]
    by_digit = _LAST[unit]
    return [(number, ""), (unit, by_digit.get(value % 10, by_digit[None])), *lasting]
