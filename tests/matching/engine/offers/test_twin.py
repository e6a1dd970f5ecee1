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
PER_OFFER, PER_WANT, PER_OWNER = 2, 2, 4


def _chosen(market: Market) -> list[tuple[int, int]]:
    """Return the numbers of the proposals, in their order."""
    found = fits(market)
    picked = share(
        market,
        found,
        offer_left=np.full(len(market.offers), PER_OFFER),
        want_left=np.full(len(market.wants), PER_WANT),
        owner_left=np.full(len(market.owners()), PER_OWNER),
    )
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
        for offer, want in slowly.share(
            offers, wants, expected, per_offer=PER_OFFER, per_want=PER_WANT, per_owner=PER_OWNER
        )
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
    owner = dict(zip(market.offers.number.tolist(), market.offers.owner.tolist(), strict=True))
    asks = dict(zip(market.wants.number.tolist(), market.wants.owner.tolist(), strict=True))
    busy = [one for offer, want in chosen for one in (owner[offer], asks[want])]
    numbers = market.offers.number[found.offer].tolist(), market.wants.number[found.want].tolist()
    for offer, want in zip(*numbers, strict=True):
        if want not in {number for _offer, number in chosen}:
            full = PER_OWNER in (busy.count(owner[offer]), busy.count(asks[want]))
            assert full or taken.count(offer) == PER_OFFER
    assert all(taken.count(offer) <= PER_OFFER for offer in taken)
    assert all(busy.count(one) <= PER_OWNER for one in busy)
    assert len(set(chosen)) == len(chosen)


def test_the_weights_make_a_whole() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
