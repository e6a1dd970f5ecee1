"""Letters become words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.text.folding import RUN
from matching.engine.text.words import Words, beginnings, cost, zipf

VOCABULARY = ["の", "東京", "都", "京都", "東", "京", "花", "花壇", "読み聞かせ", "garden"]


def _words(vocabulary: Sequence[str], ranks: Sequence[int]) -> Words:
    return Words(vocabulary, cost(ranks).tolist(), beginnings(vocabulary))


WORDS = _words(VOCABULARY, range(len(VOCABULARY)))


def _read(text: str) -> list[str]:
    return [VOCABULARY[number] for number in WORDS.split(text)]


def test_a_run_is_cut_where_it_is_most_probable() -> None:
    assert _read("東京都の花壇") == ["東京", "都", "の", "花壇"]
    ranks = [0, 90_000, 90_000, 1, 1, 90_000, 6, 7, 8, 9]
    other = _words(VOCABULARY, ranks)
    assert [VOCABULARY[number] for number in other.split("東京都")] == ["東", "京都"]


def test_unknown_letters_are_left_out() -> None:
    assert _read("Ω花Ω壇") == ["花"]
    assert _read("読み聞か") == []
    assert _read("") == []


def test_a_latin_run_is_one_word() -> None:
    runs = list(RUN.finditer("garden gardens の"))
    assert [WORDS.read(run) for run in runs] == [[VOCABULARY.index("garden")], [], [0]]


def test_beginnings_are_no_words() -> None:
    assert beginnings(["花", "花壇係", "読む"]) == ["花壇", "読"]


def test_rare_words_cost_more() -> None:
    shares, costs = zipf([0, 10, 1000]), cost([0, 10, 1000])
    assert (np.diff(shares) < 0).all()
    assert (np.diff(costs.astype(int)) > 0).all()


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(text=st.text(st.sampled_from("東京都花壇の読み聞かせΩ"), max_size=10))
def test_no_other_way_to_cut_is_cheaper(text: str) -> None:
    prices = dict(zip(VOCABULARY, cost(range(len(VOCABULARY))).tolist(), strict=True))
    stranger = 19 * 64

    def cheapest(rest: str) -> int:
        if not rest:
            return 0
        ways = [stranger + cheapest(rest[1:])]
        ways += [price + cheapest(rest[len(word) :]) for word, price in prices.items() if rest.startswith(word)]
        return min(ways)

    found = _read(text)
    assert sum(prices[word] for word in found) + stranger * (len(text) - sum(map(len, found))) == cheapest(text)
