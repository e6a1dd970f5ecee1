"""Where the text of a need gives away somebody who stands behind it: shared words, numbers, names, addresses.

A need is written anew, never copied. What it has in common with the worries behind it is looked for after folding, and
said in the need's own words: nothing of a worry that the need does not say itself leaves this module.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from accounts.models import User
from organisations.models import Worry
from organisations.services.needs.traces import addresses, names, numbers
from organisations.services.worries import handling

# So many letters in a row are no chance any more; particles and endings alone are, for longer.
LONGEST_CHANCE = 8
LONGEST_CHANCE_KANA = 12
_BETWEEN = re.compile(r"[\s、。,.・!?「」『』()〜…:;-]+")
_KANA_ONLY = re.compile(r"[ぁ-ゖー]+")


def warnings(text: str, worries_behind: Iterable[Worry], *, now: dt.datetime, actor: User) -> list[str]:
    """Return a sentence for everything that *text* shares with what lies under the seals of *worries_behind*.

    Each worry that still has its words is opened for *actor*, and that is written down.

    Raises
    ------
    worries.NotYourArea, sealing.CannotOpen
    """
    told: list[str] = []
    for worry in worries_behind:
        if worry.sealed is not None:
            contents = handling.read(worry=worry, now=now, actor=actor, through="overlaps")
            told += shared(text, f"{contents.words}\n{contents.contact}", called=contents.name)
    return list(dict.fromkeys(told))


def shared(text: str, told: str, *, called: str = "") -> list[str]:
    """Return a sentence for each thing that *text* and *told* both say; *called* is somebody's name."""
    sentences = {
        _("困りごとと同じ言い回しがあります: 「%(part)s」"): runs(text, told),
        _("困りごとと同じ数字があります: 「%(part)s」"): sorted(numbers(text) & numbers(told)),
        _("人の名前のようなことばがあります: 「%(part)s」"): sorted(names(text, told, called)),
        _("住所や建物がわかることばがあります: 「%(part)s」"): sorted(addresses(text) & addresses(told)),
    }
    return [sentence % {"part": part} for sentence, parts in sentences.items() for part in parts]


def runs(text: str, told: str) -> list[str]:
    """Return the longest stretches of *text* that *told* has too, folded, without spaces and marks."""
    mine, theirs = _plain(text), _plain(told)
    pieces = {theirs[at : at + LONGEST_CHANCE] for at in range(len(theirs) - LONGEST_CHANCE + 1)}
    return [run for run in _stretches(mine, pieces) if run in theirs and _says_something(run)]


def _stretches(mine: str, pieces: set[str]) -> Iterator[str]:
    """Pieces that follow each other are one stretch."""
    begin = end = -1
    for at in range(len(mine) - LONGEST_CHANCE + 1):
        if mine[at : at + LONGEST_CHANCE] not in pieces:
            continue
        if at > end - LONGEST_CHANCE + 1 and begin >= 0:
            yield mine[begin:end]
            begin = at
        begin = at if begin < 0 else begin
        end = at + LONGEST_CHANCE
    if begin >= 0:
        yield mine[begin:end]


def _says_something(run: str) -> bool:
    return len(run) >= LONGEST_CHANCE_KANA or not _KANA_ONLY.fullmatch(run)


def _plain(text: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())
