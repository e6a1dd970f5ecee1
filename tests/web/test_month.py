from __future__ import annotations

import datetime as dt

from web import month

MARCH = dt.date(2027, 3, 1)


def test_weeks_go_from_sunday_to_saturday_and_leave_other_months_out() -> None:
    found = month.weeks(MARCH, {dt.date(2027, 3, 6): "花の会"}, empty=str, begins=MARCH)
    assert [len(week) for week in found] == [7, 7, 7, 7, 7]
    assert found[0] == [None, "2027-03-01", "2027-03-02", "2027-03-03", "2027-03-04", "2027-03-05", "花の会"]
    assert found[-1][3:] == ["2027-03-31", None, None, None]
    assert len(month.weeks(MARCH, {}, empty=str, begins=dt.date(2027, 3, 7))) == 4


def test_months_go_over_the_end_of_the_year() -> None:
    assert month.later(dt.date(2027, 12, 31), 1) == dt.date(2028, 1, 1)
    assert month.later(MARCH, -3) == dt.date(2026, 12, 1)
    assert month.last_day(dt.date(2028, 2, 1)) == dt.date(2028, 2, 29)


def test_there_is_no_way_beyond_the_ends() -> None:
    ends = {"earliest": MARCH, "latest": dt.date(2027, 5, 1)}
    assert month.neighbours(MARCH, **ends) == {"before": None, "after": dt.date(2027, 4, 1)}
    assert month.neighbours(dt.date(2027, 5, 1), **ends) == {"before": dt.date(2027, 4, 1), "after": None}
