"""Names of this place, with the readings that are stored beside them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache

from organisations.models import District, Organisation, Town
from web.furigana import dictionary
from web.furigana.reading import Reader

# A name that was changed is read anew after this time.
KEPT_S = 600
# 今宿一丁目 tells how 今宿 is read, 本宿町 how 本宿 is.
_LONGER = re.compile(r"(..+?)(?:[一二三四五六七八九十]+丁目|町)")
_LONGER_KANA = re.compile(
    r"(.+?)(?:(?:いっ|に|さん|よん|ご|ろく|なな|はっ|きゅう|じゅう|じっ|じゅっ)+ちょうめ|ちょう|まち)"
)

Named = tuple[tuple[str, str], ...]


def reader(dictionary_name: str) -> Reader | None:
    """Return who reads, or None where there is no dictionary."""
    words = dictionary.opened(dictionary_name)
    return None if words is None else _reader(words, *known(int(time.monotonic() // KEPT_S)))


@lru_cache(maxsize=1)
def _reader(words: dictionary.Words, places: Named, organisations: Named) -> Reader:
    return Reader(words, places=places, organisations=organisations)


@lru_cache(maxsize=1)
def known(_period: int) -> tuple[Named, Named]:
    """Return (name, reading) of places, and of organisations that are public."""
    towns = tuple(Town.objects.exclude(kana="").order_by("pk").values_list("name", "kana"))
    districts = tuple(District.objects.exclude(kana="").values_list("name", "kana"))
    organisations = Organisation.objects.approved().exclude(kana="").order_by("pk").values_list("name", "kana")
    return (*_plain(towns), *districts, *towns), tuple(organisations)


def _plain(towns: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, kana in towns:
        plain, read = _LONGER.fullmatch(name), _LONGER_KANA.fullmatch(kana)
        if plain and read:
            yield plain[1], read[1]
