"""The fast way and the slow one agree on random markets, in whatever order the rows stand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.offers.conditions import judge
from matching.engine.offers.market import Market
from matching.engine.offers.scoring import WEIGHTS, fits
from matching.engine.offers.sharing import share
from tests.matching.engine.offers import fairs, slowly

SEEDS = st.integers(0, 2**32 - 1)
PER_OFFER, PER_WANT = 2, 2


def _chosen(market: Market) -> list[tuple[int, int]]:
    """Return the numbers of the proposals, in their order."""
    found = fits(market)
    room = (np.full(len(market.offers), PER_OFFER), np.full(len(market.wants), PER_WANT))
    picked = share(market, found, offer_left=room[0], want_left=room[1])
    offers, wants = market.offers.number[found.offer[picked]], market.wants.number[found.want[picked]]
    return list(zip(offers.tolist(), wants.tolist(), strict=True))


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_conditions_scores_and_sharing_are_those_of_the_slow_twin(seed: int) -> None:
    offers, wants, closed = fairs.Dice(seed).facts()
    market = fairs.market(offers, wants, closed)
    judged, found = judge(market), fits(market)
    expected = {}
    for pair in np.ndindex(judged.against.shape):
        one, other = offers[pair[0]], wants[pair[1]]
        reasons = slowly.against(one, other, closed=pair in closed)
        assert judged.against[pair] == reasons, (one, other)
        if not reasons and slowly.is_relevant(one, other):
            expected[pair] = slowly.score(one, other)
    assert list(zip(found.offer.tolist(), found.want.tolist(), strict=True)) == list(expected)
    assert found.score == pytest.approx(list(expected.values()), abs=1e-6)
    assert ((found.score >= 0) & (found.score <= 1)).all()
    assert found.parts.sum(axis=1) == pytest.approx(found.score, abs=1e-6)
    numbers = [
        (offers[offer]["number"], wants[want]["number"])
        for offer, want in slowly.share(offers, wants, expected, PER_OFFER, PER_WANT)
    ]
    assert _chosen(market) == numbers


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_decides_nothing(seed: int, dice: object) -> None:
    offers, wants, closed = fairs.Dice(seed).facts()
    others = dice.sample(range(len(offers)), len(offers)), dice.sample(range(len(wants)), len(wants))  # type: ignore[attr-defined]
    turned = fairs.market(
        [offers[row] for row in others[0]],
        [wants[row] for row in others[1]],
        [(others[0].index(offer), others[1].index(want)) for offer, want in closed],
    )
    assert _chosen(turned) == _chosen(fairs.market(offers, wants, closed))


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_who_goes_without_could_have_had_only_what_is_full(seed: int) -> None:
    market = fairs.market(*fairs.Dice(seed).facts())
    chosen, found = _chosen(market), fits(market)
    taken = [offer for offer, _want in chosen]
    for offer, want in zip(found.offer, found.want, strict=True):
        if market.wants.number[want] not in {number for _offer, number in chosen}:
            assert taken.count(market.offers.number[offer]) == PER_OFFER
    assert all(taken.count(offer) <= PER_OFFER for offer in taken)
    assert len(set(chosen)) == len(chosen)


def test_the_weights_make_a_whole() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
