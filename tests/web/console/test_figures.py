from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.models import User
from tests.factories import (
    NOW,
    AttendanceFactory,
    DeskMembershipFactory,
    DistrictFactory,
    OrganisationFactory,
    TownFactory,
    VolunteerFactory,
    at,
)
from tests.web.conftest import said, signed_in

CALLED = "=髙台①"


@pytest.fixture
def coordinator() -> User:
    town = TownFactory(district=DistrictFactory(name=CALLED))
    host = OrganisationFactory(town=town)
    AttendanceFactory(
        placement__volunteer=VolunteerFactory(town=town, created_at=NOW),
        placement__slot__role__organisation=host,
        placement__slot__starts_at=NOW + dt.timedelta(days=3),
    )
    member: User = DeskMembershipFactory(desk__towns=[town]).user
    return member


def month() -> str:
    return f"{at(3, 9):%Y-%m}"


def test_each_chart_has_its_title_and_its_table(coordinator: User) -> None:
    page = said(signed_in(coordinator).get(f"/console/figures/?month={month()}"))
    assert (page.count("<rect"), page.count("<table>")) == (3, 4)  # nobody was asked: nothing to draw
    assert "<figcaption>はじめて参加した人</figcaption>" in page
    assert f'<th scope="row">{CALLED}</th>' in page
    assert "style=" not in page


def test_the_tables_to_take_along_say_the_same_and_compute_nothing(coordinator: User) -> None:
    client = signed_in(coordinator)
    seen: list[Any] = [CALLED, month(), 3, 0, 0, None, 1, 1]
    written = [f"'{CALLED}", *("" if one is None else str(one) for one in seen[1:])]
    for ending, encoding in (("csv", "utf-8-sig"), ("sjis.csv", "cp932")):
        content = client.get(f"/console/figures/figures.{ending}?month={month()}").content
        assert list(csv.reader(io.StringIO(content.decode(encoding))))[1:] == [[*written]]
    answer = client.get(f"/console/figures/figures.xlsx?month={month()}")
    assert "attachment" in answer.headers["Content-Disposition"]
    cells = list(load_workbook(io.BytesIO(answer.content)).active)[1]  # type: ignore[arg-type]
    assert [cell.value for cell in cells] == seen
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize("asked", ["", "soon", "2026-13", "1999-01", "9999-12", "-1"])
def test_whatever_month_is_asked_for_one_is_shown(coordinator: User, asked: str) -> None:
    said(signed_in(coordinator).get("/console/figures/", {"month": asked}))


def test_nothing_lies_ahead_of_this_month(coordinator: User) -> None:
    page = said(signed_in(coordinator).get("/console/figures/"))
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page
