"""Each condition shuts out on its own, at its edge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matching.engine.offers.conditions import Against, fitting, judge, weekdays
from matching.engine.offers.market import ANY_TIME, Kind
from tests.matching.engine.offers.fairs import ANYWHERE, NO_POINT, at, market, offer, want

HANDS, GOODS = {Kind.PEOPLE: 1.0}, {Kind.GOODS: 1.0}


def _against(of: dict[str, Any], to: dict[str, Any]) -> Against:
    return Against(judge(market([offer(**of)], [want(**to)])).against[0, 0])


@pytest.mark.parametrize(
    ("of", "to", "reasons"),
    [
        ({}, {}, Against(0)),
        ({}, {"helps": HANDS}, Against.KIND),
        ({"owner": 7}, {"owner": 7}, Against.OWN),
        ({"at": (35.5026, 139.549581)}, {}, Against.DISTANCE),
        ({"at": (35.5020, 139.549581)}, {}, Against(0)),
        ({"at": NO_POINT}, {}, Against.DISTANCE),
        ({"at": NO_POINT, "within_km": ANYWHERE}, {}, Against(0)),
        ({"days": (61, 90)}, {}, Against.DAYS),
        ({"days": (60, 90), "week": ANY_TIME}, {"occasions": [(0, 60, ANY_TIME)]}, Against(0)),
        ({}, {"occasions": []}, Against.DAYS),
        ({"week": at("mon-am")}, {}, Against.TIME),
        ({"amount": 10}, {}, Against(0)),
        ({"amount": 9}, {}, Against.AMOUNT),
        ({"kind": Kind.PEOPLE, "amount": 1}, {"helps": HANDS}, Against(0)),
        ({"kind": Kind.PEOPLE, "amount": 0}, {"helps": HANDS}, Against.AMOUNT),
        ({"kind": Kind.GOODS, "amount": 11}, {"helps": GOODS, "things": 12}, Against.AMOUNT),
        ({"kind": Kind.GOODS, "amount": 12}, {"helps": GOODS, "things": 12}, Against(0)),
        ({"kind": Kind.GOODS, "week": at("mon-am")}, {"helps": GOODS}, Against(0)),
        ({"owner": 7, "amount": 9}, {"owner": 7, "helps": HANDS}, Against.OWN | Against.AMOUNT | Against.KIND),
    ],
)
def test_what_shuts_out(of: dict[str, Any], to: dict[str, Any], reasons: Against) -> None:
    assert _against(of, to) == reasons


def test_a_pair_that_talked_already_is_closed() -> None:
    assert judge(market([offer()], [want()], [(0, 0)])).against[0, 0] == Against.CLOSED


@pytest.mark.parametrize(("day", "reasons"), [(2, Against(0)), (3, Against.TIME), (1, Against.TIME), (9, Against(0))])
def test_a_slot_lies_on_its_own_weekday(day: int, reasons: Against) -> None:
    assert _against({}, {"occasions": [(day, day, ANY_TIME)]}) == reasons  # day 0 is a Thursday, the room a Saturday's


def test_one_occasion_that_fits_is_enough_and_the_best_counts() -> None:
    several = [(2, 2, at("sat-eve")), (4, 4, ANY_TIME), (0, 60, at("sat-am", "sun-am"))]
    judged = judge(market([offer()], [want(occasions=several)]))
    assert judged.against[0, 0] == 0
    assert judged.shared[0, 0] == 0.5


def test_the_occasions_that_fit_come_by_their_day() -> None:
    several = [(16, 16, ANY_TIME), (2, 2, at("sat-eve")), (9, 9, at("sat-am"))]
    fair = market([offer()], [want(), want(number=1, occasions=several)])
    assert fair.occasions.first_day[fitting(fair, 0, 1)].tolist() == [9, 16]


def test_a_stretch_of_days_has_the_weekdays_it_covers() -> None:
    table = weekdays()
    assert table[6, 2] == at("sun-am", "sun-pm", "sun-eve", "mon-am", "mon-pm", "mon-eve")
    assert (table[:, 7] == ANY_TIME).all()
    assert (table[:, 0] == 0).all()


def test_without_rows_there_is_nothing_to_judge() -> None:
    empty = market([], [])
    assert judge(empty).against.shape == (0, 0)


def test_what_does_not_hang_together_is_refused() -> None:
    good = market([offer()], [want()])
    with pytest.raises(ValueError, match="closed"):
        type(good)(good.offers, good.wants, good.occasions, 0, np.zeros((2, 1), dtype=np.bool_))
