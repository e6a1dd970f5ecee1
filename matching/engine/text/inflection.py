"""The forms in which a word stands in a text, where the table of vectors has its plain form only.

No dictionary says which words are verbs, so forms are made from the ending alone. That makes forms that do not exist,
which does no harm: nobody writes them, and a form never takes the place of a word of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_KANJI = r"\u3005-\u3007\u3400-\u9fff"
_ENDS_IN_KANJI = re.compile(rf"[{_KANJI}]$")
_OKURIGANA = re.compile(rf"(?<=[{_KANJI}])[\u3041-\u3096]+(?=[{_KANJI}])")
_LAST_OKURIGANA = re.compile(rf"(?<=[{_KANJI}])[\u3041-\u3096]{{1,2}}$")
_HIRAGANA, _KATAKANA = re.compile(r"[\u3041-\u3096\u30fc]+"), re.compile(r"[\u30a1-\u30f6\u30fc]+")
_KANA_APART = ord("ァ") - ord("ぁ")
_TO_KATAKANA = {code: code + _KANA_APART for code in range(ord("ぁ"), ord("ゖ") + 1)}
_TO_HIRAGANA = {code + _KANA_APART: code for code in _TO_KATAKANA}
_SHORTEST_KATAKANA = 3

# What a godan verb's last kana turns into before endings: 書く → 書か(ない) 書き(ます) 書い(た) 書け(る) 書こ(う)
_GODAN = {
    "う": "わいっえお",
    "く": "かきいけこ",
    "ぐ": "がぎいげご",
    "す": "さしせそ",
    "つ": "たちってと",
    "ぬ": "なにんねの",
    "ぶ": "ばびんべぼ",
    "む": "まみんめも",
    "る": "らりっれろ",
}
_BEFORE_RU = "いえきけぎげしせじぜちてぢでにねひへびべみめりれ"
_BEFORE_I = "うえおかきくけこさしたちつどなよらるれ"
_ADJECTIVE = ("く", "かっ", "け", "さ", "")


def inflected(word: str) -> Iterator[str]:
    """Yield what verbs and adjectives begin with in a sentence: 教える → 教え, 拾う → 拾い, 寂しい → 寂しく."""
    stem, end = word[:-1], word[-1:]
    if not stem:
        return
    yield from (stem + kana for kana in _GODAN.get(end, ""))
    if end == "る" and (stem[-1] in _BEFORE_RU or _ENDS_IN_KANJI.search(stem)):
        yield stem
    if end == "い" and (stem[-1] in _BEFORE_I or _ENDS_IN_KANJI.search(stem)):
        yield from (stem + kana for kana in _ADJECTIVE)


def respelt(word: str) -> Iterator[str]:
    """Yield other ways to write a word: less okurigana (受付), the other kana (ゴミ), お and ご for 御."""
    if _OKURIGANA.search(word):
        yield _OKURIGANA.sub("", word)
        yield _LAST_OKURIGANA.sub("", _OKURIGANA.sub("", word))
        yield _LAST_OKURIGANA.sub("", word)
    if word.startswith("御"):
        yield from (polite + word[1:] for polite in "おご")
    if _HIRAGANA.fullmatch(word):
        yield word.translate(_TO_KATAKANA)
    if _KATAKANA.fullmatch(word) and len(word) >= _SHORTEST_KATAKANA:
        yield word.translate(_TO_HIRAGANA)


def inflected_english(word: str) -> Iterator[str]:
    """Yield the regular forms of an English word: walk → walks, walked, walking; bake → bakes, baked, baking."""
    stem = word.removesuffix("e")
    is_y = word.endswith("y") and word[-2:-1] not in "aeiou"
    yield word + "s"
    yield word + "es"
    yield from (stem + ending for ending in ("ed", "ing", "er", "ers"))
    yield from (word + word[-1] + ending for ending in ("ed", "ing", "er", "ers"))
    if is_y:
        yield from (word[:-1] + ending for ending in ("ies", "ied", "ier"))
