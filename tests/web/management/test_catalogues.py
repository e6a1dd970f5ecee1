"""A catalogue that lost something on the way is found out."""

from __future__ import annotations

import polib
import pytest

from web.management.catalogues import EASY, ENGLISH, Catalogue
from web.management.sentences import Sentence

WANTED = {
    Sentence("<b>%(name)s</b>の募集"): ["a.html"],
    Sentence("あと%(left)s人", "あと%(left)s人"): ["a.html"],
    Sentence("予定"): ["b.html"],
}


def faults(catalogue: Catalogue, *entries: polib.POEntry) -> list[str]:
    return catalogue.faults(entries, WANTED)


def of_role(words: str) -> polib.POEntry:
    return polib.POEntry(msgid="<b>%(name)s</b>の募集", msgstr=words)


def of_places(*words: str) -> polib.POEntry:
    said = dict(enumerate(words))
    return polib.POEntry(msgid="あと%(left)s人", msgid_plural="あと%(left)s人", msgstr_plural=said)


def test_easy_japanese_may_leave_sentences_as_they_are() -> None:
    assert faults(EASY, of_role("<b>%(name)s</b>の活動"), of_places("あと%(left)s人です")) == []
    assert faults(EASY) == []


@pytest.mark.parametrize(
    "entry",
    [
        of_role("<b>名前</b>の活動"),
        of_role("<b>%(nam)s</b>の活動"),
        of_role("%(name)sの活動"),
        of_role(""),
        of_places(),
        of_places("あと少し"),
        of_places("あと%(left)s人です", "あと%(left)s人です"),
        polib.POEntry(msgid="消えた文", msgstr="なくなった文"),
    ],
)
def test_what_was_lost_on_the_way_to_easy_words_is_said(entry: polib.POEntry) -> None:
    assert len(faults(EASY, entry)) == 1


def test_english_has_every_sentence_and_may_say_a_number_in_a_word() -> None:
    all_said = [of_role("<b>%(name)s</b>"), of_places("one left", "%(left)s left")]
    assert faults(ENGLISH, *all_said) == ["not in the catalogue: '予定' (b.html)"]
    assert faults(ENGLISH, *all_said, polib.POEntry(msgid="予定", msgstr="Plans")) == []
