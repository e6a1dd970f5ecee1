"""What in a text points at somebody: numbers, names, addresses. Patterns, no dictionary: they warn, people decide."""

from __future__ import annotations

import re
import unicodedata

_KANJI_DIGITS = {letter: value for value, letter in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile(
    r"[〇一二三四五六七八九十百]+(?=歳|才|番|号|階|室|丁目|[〇一二三四五六七八九])[〇一二三四五六七八九十百]*"
)
# 「3-12」, 「045 (123) 4567」, 「3番地の12」
_NUMBER = re.compile(r"\d+(?:(?:\s?[-‐‑–—−ー()の]\s?|番地?の?|丁目)\d+)*")
# How long, how often, how many and when: said in every need, and of nobody.
_HARMLESS = re.compile(r"\s?(?:分|時|時間|回|人|名|本|枚|個|か月|ヶ月|月|日|週|%|kg|m|cm|hours?|minutes?|people)")
_POINTS_AT = re.compile(r"\s?(?:歳|才|番|号|階|室|丁目)")
_HONORIFIC = "さん|さま|様|ちゃん|くん|君|氏|先生"
_NAME = re.compile(rf"([一-龠々〆ヶ]{{1,5}}|[ァ-ヴー]{{2,8}}|[A-Za-z]{{2,20}})\s?(?:{_HONORIFIC})")
_KANA_NAME = re.compile(r"([ぁ-ん]{2,3})(?:さん|さま|ちゃん)")
_LATIN_NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+([A-Z][a-z]+)|(?<=[a-z,] )([A-Z][a-z]{2,})")
_NO_NAMES = frozenset(
    {
        "父", "母", "兄", "姉", "奥", "旦那", "娘", "息子", "孫", "嫁", "婿", "爺", "婆", "祖父",
        "祖母", "叔父", "叔母", "皆", "客", "隣", "子", "赤", "医者", "看護師", "業者", "大家",
        "店員", "職員", "民生委員", "担当", "ヘルパー", "ケアマネ", "ケアマネジャー",
        "ボランティア",
    }
)  # fmt: skip
_KANA_ENDINGS = ("じい", "ばあ", "かあ", "とう", "にい", "ねえ", "みな", "く", "さ")
_BUILDING = re.compile(
    r"[一-龠々ァ-ヴーA-Za-z]{1,10}(?:マンション|ハイツ|アパート|荘|コーポ|ビル|団地|住宅|レジデンス)"
    r"|(?:コーポ|メゾン|ハイム|ヴィラ|ハイツ|グリーン|サン|パーク)[一-龠々ァ-ヴーA-Za-z]{2,10}"
)
_PLOT = re.compile(r"\d+丁目\d*|\d+番地?\d*|\d+号室?|\d+号棟|\d+棟|〒\s?\d{3}-?\d{4}")
SHORTEST = 2


def numbers(text: str) -> set[str]:
    """Return the numbers that could point at somebody, as digits: of a house, a telephone, an age.

    A single digit counts where 「歳」, 「番」, 「号」 and the like follow it; how long or how many never does.
    """
    plain = _digits(text)
    found: set[str] = set()
    for match in _NUMBER.finditer(plain):
        parts = re.findall(r"\d+", match[0])
        rest = plain[match.end() : match.end() + 8]
        if len(parts) > 1:
            found |= {"-".join(parts), *(["".join(parts)] if len("".join(parts)) >= 9 else [])}
        elif not _HARMLESS.match(rest) and (len(match[0]) >= SHORTEST or _POINTS_AT.match(rest)):
            found.add(match[0])
    return found


def names(text: str, told: str, called: str) -> set[str]:
    """Return the words of *text* that are called by name in *told*, or are how somebody wants to be called."""
    plain, theirs = (unicodedata.normalize("NFKC", each) for each in (text, told))
    known = {match[1] for match in _NAME.finditer(theirs)}
    known |= {next(filter(None, match.groups())) for match in _LATIN_NAME.finditer(theirs)}
    wanted = unicodedata.normalize("NFKC", called)
    known |= {part for part in [wanted.strip(), *wanted.split()] if len(part) >= SHORTEST}
    known |= {re.sub(rf"(?:{_HONORIFIC})$", "", part) for part in known}
    found = {name for name in known if name and name not in _NO_NAMES and _stands(name, plain)}
    kana = {match[1] for match in _KANA_NAME.finditer(theirs)} & {match[1] for match in _KANA_NAME.finditer(plain)}
    return found | {name for name in kana if not name.endswith(_KANA_ENDINGS)}


def addresses(text: str) -> set[str]:
    """Return buildings and parts of addresses."""
    plain = _digits(text)
    return {match[0] for pattern in (_BUILDING, _PLOT) for match in pattern.finditer(plain)}


def _stands(name: str, text: str) -> bool:
    """A name of one letter counts only where it is spoken to; a longer one wherever it stands."""
    if len(name) >= SHORTEST:
        return name in text
    return any(match[1].endswith(name) for match in _NAME.finditer(text))


def _digits(text: str) -> str:
    """Return *text* with all numbers in the digits of the West: 「八十六歳」 becomes 「86歳」."""
    return _KANJI_NUMBER.sub(lambda match: str(_value(match[0])), unicodedata.normalize("NFKC", text))


def _value(kanji: str) -> int:
    """Return the number: 「八十六」 and 「八六」 are 86."""
    total, part, is_by_place = 0, 0, not set(kanji) & {"十", "百"}
    for letter in kanji:
        if letter in "十百":
            total, part = total + max(part, 1) * {"十": 10, "百": 100}[letter], 0
        else:
            part = part * 10 * is_by_place + _KANJI_DIGITS[letter]
    return total + part
