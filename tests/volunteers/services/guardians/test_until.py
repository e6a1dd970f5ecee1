from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import JuniorFactory
from tests.volunteers.services.guardians.given import answer, ask, consent_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("born_on", "until", "last"),
    [
        (dt.date(2013, 1, 15), None, dt.date(2028, 2, 29)),
        (dt.date(2013, 1, 15), dt.date(2027, 6, 30), dt.date(2027, 6, 30)),
        (dt.date(2013, 1, 15), dt.date(2040, 1, 1), dt.date(2028, 2, 29)),
        (dt.date(2011, 5, 5), None, dt.date(2027, 5, 4)),
        (dt.date(2009, 5, 5), None, dt.date(2027, 5, 4)),
    ],
)
def test_it_holds_a_year_at_most_and_never_past_the_birthday_that_changes_things(born_on, until, last):
    junior = JuniorFactory(guardian=None, born_on=born_on)
    answer(ask(junior), until=until)
    assert consent_of(junior).expires_on == last
