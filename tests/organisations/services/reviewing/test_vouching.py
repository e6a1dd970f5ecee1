from __future__ import annotations

import datetime as dt

import pytest

from organisations.models.review import ReviewOutcome
from organisations.services.reviewing import vouching
from tests.factories import ReviewFactory, RoleFactory, SupportDeskFactory, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return RoleFactory()


@pytest.fixture
def desk():
    return SupportDeskFactory(organisation__name="ひなた地域ケアプラザ")


def test_nobody_is_named_where_nobody_looked(role):
    assert vouching.of(role) is None


def test_the_newest_look_at_the_role_is_named_by_desk_and_day(role, desk):
    ReviewFactory(role=role, organisation=None, desk=SupportDeskFactory(), at=at(-9, 10))
    ReviewFactory(role=role, organisation=None, desk=desk, at=at(-2, 23, 30))
    ReviewFactory(role=None, organisation=role.organisation, desk=SupportDeskFactory(), at=at(-1, 10))
    assert vouching.of(role) == vouching.Vouched("ひなた地域ケアプラザ", dt.date(2027, 2, 27), is_for_role=True)


def test_else_who_looked_at_the_organisation(role, desk):
    ReviewFactory(role=None, organisation=role.organisation, desk=desk, at=at(-3, 10))
    assert vouching.of(role) == vouching.Vouched("ひなた地域ケアプラザ", dt.date(2027, 2, 26), is_for_role=False)


def test_what_was_sent_back_and_looks_at_others_say_nothing(role, desk):
    ReviewFactory(role=role, organisation=None, desk=desk, outcome=ReviewOutcome.SENT_BACK)
    ReviewFactory(role=RoleFactory(), organisation=None, desk=desk)
    ReviewFactory(role=role, organisation=None, desk=None)
    assert vouching.of(role) is None
