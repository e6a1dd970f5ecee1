from __future__ import annotations

import dataclasses

import pytest

from organisations.publicity import telling
from organisations.publicity.published import Published
from tests.organisations.publicity.golden import golden
from tests.organisations.publicity.samples import EACH, LONG, WATERING


@pytest.mark.parametrize("name", EACH)
def test_a_chat_and_a_circular_say_what_they_said(name: str) -> None:
    assert telling.chat(EACH[name]).encode() == golden(f"{name}.chat.txt")
    assert telling.circular(EACH[name]).encode() == golden(f"{name}.circular.txt")


@pytest.mark.parametrize("published", [*EACH.values(), LONG, dataclasses.replace(LONG, phone="", times=())])
def test_neither_is_longer_than_its_medium(published: Published) -> None:
    assert len(telling.chat(published).splitlines()[0]) > 0
    assert 0 < len(telling.circular(published)) <= telling.LONGEST_CIRCULAR


@pytest.mark.parametrize("published", [WATERING, dataclasses.replace(WATERING, what="文。" * 1000)])
def test_a_long_text_gives_way_to_the_facts(published: Published) -> None:
    said = telling.chat(published)
    assert len(said) <= telling.LONGEST_CHAT
    for fact in (published.url, published.phone, published.times[0].words, "集会所"):
        assert fact in said


def test_however_long_everything_is_the_address_of_the_page_stays() -> None:
    said = telling.chat(LONG)
    assert len(said) <= telling.LONGEST_CHAT
    assert said.endswith(LONG.url)


def test_paper_gets_a_telephone_number_and_no_address_of_a_page() -> None:
    said = telling.circular(LONG)
    assert LONG.phone in said
    assert "https://" not in said
    assert LONG.times[0].words in said


@pytest.mark.parametrize(("at_most", "said"), [(0, ""), (1, "…"), (2, "あ…"), (3, "あいう"), (9, "あいう")])
def test_a_text_is_cut_with_an_ellipsis(at_most: int, said: str) -> None:
    assert telling.shortened("あいう", at_most) == said
