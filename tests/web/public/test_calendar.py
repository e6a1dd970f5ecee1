"""A month of roles: every slot on its day in Japan, the question kept, one query for all slots."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.models.role import RoleStatus
from tests.factories import ActivityFactory, RoleFactory, SlotFactory, SupportDeskFactory, at
from tests.web.public.test_views import AT_MOST, text

CALENDAR = "/roles/calendar/"


def days(page: str) -> dict[str, list[str]]:
    """Return the titles under each day that has any."""
    cells = re.findall(r'<span class="full">(.+?)</span></p>(.+?)</td>', page, re.DOTALL)
    found = {day: re.findall(r"</span> (.+?)</a>", cell) for day, cell in cells}
    return {day: titles for day, titles in found.items() if titles}


def test_every_slot_stands_on_its_day_in_japan(client: Client) -> None:
    SlotFactory(role__title="月はじめの会", starts_at=at(31, 0))
    SlotFactory(role__title="夜ふけの会", starts_at=at(30, 23), ends_at=at(31, 0))
    SlotFactory(role__title="朝の会", starts_at=at(5, 9))
    assert days(text(client, CALENDAR)) == {"3月6日(土)": ["朝の会"], "3月31日(水)": ["夜ふけの会"]}
    assert days(text(client, CALENDAR, month="2027-04")) == {"4月1日(木)": ["月はじめの会"]}


def test_windows_of_many_days_stand_under_no_day(client: Client) -> None:
    SlotFactory(role__title="好きな日の会", starts_at=at(25, 9), ends_at=at(40, 9), minutes=30)
    for month in ("2027-03", "2027-04"):
        page = text(client, CALENDAR, month=month)
        assert days(page) == {}
        assert "好きな日の会" in page
    assert "好きな日の会" not in text(client, CALENDAR, month="2027-05")


def test_the_month_answers_the_same_question_as_the_list(client: Client) -> None:
    green = ActivityFactory(code="green")
    SlotFactory(role=RoleFactory(title="花の会", activities=[green]), starts_at=at(5, 9))
    SlotFactory(role=RoleFactory(title="花の夜", activities=[green]), starts_at=at(2, 18))
    SlotFactory(role__title="別の会", starts_at=at(5, 9))
    SlotFactory(role__title="花いっぱい", capacity=1, taken=1, role__status=RoleStatus.FILLED)
    page = text(client, CALENDAR, activity="green", evening="on")
    assert days(page) == {"3月3日(水)": ["花の夜"]}
    for way in ("/roles/?", "/roles/calendar/?"):
        assert f'href="{way}activity=green&amp;evening=on#answer"' in page
    assert 'href="?activity=green&amp;evening=on&amp;month=2027-04#answer"' in page
    assert "花いっぱい" not in text(client, CALENDAR)
    assert "花いっぱい" in text(client, CALENDAR, full="on")


def test_weeks_that_are_over_leave_the_month(client: Client) -> None:
    SlotFactory(starts_at=at(25, 9))
    assert "3月1日(月)" in text(client, CALENDAR)
    with time_machine.travel(at(16, 9)):
        page = text(client, CALENDAR)
        assert "3月13日(土)" not in page
        assert "3月14日(日)" in page


def test_a_full_day_leads_to_its_list(client: Client) -> None:
    SlotFactory.create_batch(6, starts_at=at(5, 9))
    page = text(client, CALENDAR)
    assert len(days(page)["3月6日(土)"]) == 4
    assert "ほか2件" in page
    assert 'href="/roles/?from_on=2027-03-06&amp;until_on=2027-03-06"' in page


def test_the_way_back_ends_today_and_the_way_ahead_in_two_years(client: Client) -> None:
    assert 'rel="prev"' not in text(client, CALENDAR)
    assert "month=2027-03" in text(client, CALENDAR, month="2027-04")
    assert 'rel="next"' not in text(client, CALENDAR, month="2029-03")


def test_the_month_of_the_first_day_that_is_asked_for(client: Client) -> None:
    SlotFactory(starts_at=at(40, 9))
    assert '<h2 id="found">2027年4月</h2>' in text(client, CALENDAR, from_on="2027-04-02")


@pytest.mark.parametrize("month", ["", "2027", "2027-13", "２０２７-03", "2027-3", "9999-12", "2027-03-01"])
def test_a_month_that_is_none_is_not_there(client: Client, month: str) -> None:
    assert client.get(CALENDAR, {"month": month}).status_code == 404


def test_an_empty_month_and_a_bad_question_still_lead_on(client: Client) -> None:
    phone = SupportDeskFactory(organisation__phone="045-000-1234").organisation.phone
    empty = text(client, CALENDAR, words="ない")
    assert "この月に、合う募集はありません" in empty
    assert 'href="/roles/?words=%E3%81%AA%E3%81%84"' in empty
    assert phone in empty
    assert phone in text(client, CALENDAR, status=400, online="maybe")


@pytest.mark.parametrize("count", [1, 40])
def test_a_month_takes_few_queries_however_full(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for day in range(count):
        SlotFactory(starts_at=at(1 + day % 25, 9))
    with django_assert_max_num_queries(AT_MOST):
        text(client, CALENDAR)
