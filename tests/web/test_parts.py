"""The parts that pages are made of, each by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.forms import CharField, Form
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from tests.factories import DeskMembershipFactory, MembershipFactory, UserFactory, VolunteerFactory, at
from web.hats import Hats, worn_by


class NameForm(Form):
    name = CharField(label="お名前")


def part(name: str, **context: Any) -> str:
    request = RequestFactory().get("/?words=x")
    return " ".join(render_to_string(f"parts/{name}.html", context, request=request).split())


def test_steps_count_and_lead_back() -> None:
    assert "3つのうち1つ目" in part("steps", number=1, all=3)
    assert "<a" not in part("steps", number=1, all=3)
    assert 'href="/start/what/"' in part("steps", number=2, all=3, back="/start/what/")


def test_a_clock_says_until_when_and_that_it_is_late() -> None:
    assert "3月2日(火) 夕方5時までにお返事をお願いします。" in part("clock", until=at(1, 17), is_late=False)
    assert "いまからでも" in part("clock", until=at(1, 17), is_late=True)


def test_mistakes_lead_to_their_questions() -> None:
    assert 'href="#id_name">お名前' in part("errors", form=NameForm({}))
    assert part("errors", form=NameForm({"name": "花"})) == ""


def test_pages_keep_the_question() -> None:
    pages = Paginator(range(25), 10)
    assert part("pager", page=pages.page(2)).count("words=x&amp;page=") == 2
    assert part("pager", page=Paginator(range(3), 10).page(1)) == ""


def test_a_bar_stands_beside_its_number() -> None:
    bars = [{"label": "鶴ヶ峰", "value": 12, "width": 60.0}, {"label": "白根", "value": "–", "width": 0}]
    html = part("figures/bars", title="参加した人", unit="人", bars=bars)
    assert html.count("<rect") == html.count('width="60.00"') == 1
    assert "<td>12</td>" in html
    assert "style=" not in html


@pytest.mark.django_db
def test_hats_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    host = MembershipFactory(user=VolunteerFactory().user).user
    with django_assert_num_queries(1):
        assert worn_by(host) == Hats(is_volunteer=True, is_host=True)
    assert worn_by(DeskMembershipFactory().user) == Hats(is_coordinator=True)
    assert worn_by(UserFactory()) == Hats()


@pytest.mark.django_db
def test_a_page_of_one_audience_leads_to_a_persons_other_pages(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    request = RequestFactory().get("/")
    request.user = MembershipFactory(user=DeskMembershipFactory().user).user
    with django_assert_num_queries(1):
        both = [render_to_string(f"parts/menu/{name}.html", request=request) for name in ("organisation", "console")]
    assert 'href="/console/"' in both[0]
    assert 'href="/organisation/"' in both[1]
    assert 'href="/my/suggestions/"' not in both[0] + both[1]
