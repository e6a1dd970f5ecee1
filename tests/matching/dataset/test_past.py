"""What people did and answered is given to the engine as leanings, by activity and organisation."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from matching.dataset import load
from matching.engine.problem import Volunteers
from matching.models import Suggestion
from organisations.models import Activity, Role
from tests.factories import (
    NOW,
    ActivityFactory,
    ApplicationFactory,
    AttendanceFactory,
    PlacementFactory,
    SlotFactory,
    at,
)
from tests.matching import rows
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


def answered(volunteer: Volunteer, about: Role, answer: str, *, days_ago: int = 0, **fields: object) -> Suggestion:
    shown = rows.suggestion(volunteer, about, status="answered")
    shown.feedback.create(answer=answer, answered_at=NOW - dt.timedelta(days=days_ago), **fields)
    return shown


def people() -> Volunteers:
    return load(now=NOW).problem.volunteers


@pytest.fixture
def flowers() -> Activity:
    return rows.gardening()


def test_a_yes_counts_one_and_a_no_half_for_each_trait(flowers: Activity) -> None:
    books, volunteer = rows.reading(), rows.person()
    liked, declined = rows.role(flowers), rows.role(books)
    answered(volunteer, liked, "accept")
    answered(volunteer, declined, "decline")
    assert people().leanings.toarray().tolist() == [[1.0, -0.5, 1.0, -0.5]]


@pytest.mark.parametrize(
    ("why", "counts"), [("interest", -1.0), ("other", -0.5), ("time", 0.0), ("far", 0.0), ("health", 0.0)]
)
def test_a_no_counts_by_its_reason(flowers: Activity, why: str, counts: float) -> None:
    answered(rows.person(), rows.role(flowers), "decline", why=why)
    assert people().leanings.toarray().tolist() == [[counts, counts]]


def test_who_wants_a_call_has_said_nothing_yet(flowers: Activity) -> None:
    answered(rows.person(), rows.role(flowers), "call")
    assert people().leanings.nnz == 0


def test_what_was_taken_back_or_cancelled_does_not_count(flowers: Activity) -> None:
    volunteer, role = rows.person(), rows.role(flowers)
    answered(volunteer, role, "decline", undone_at=NOW)
    answered(volunteer, role, "accept", undone_at=NOW)
    PlacementFactory(volunteer=volunteer, slot=role.slots.get(), cancelled_at=NOW)
    ApplicationFactory(volunteer=volunteer, slot=role.slots.get(), status="withdrawn")
    assert people().leanings.nnz == 0


def test_one_yes_is_counted_once_however_it_was_said(flowers: Activity) -> None:
    volunteer, role = rows.person(), rows.role(flowers)
    answered(volunteer, role, "accept")
    ApplicationFactory(volunteer=volunteer, slot=role.slots.get(), status="accepted")
    PlacementFactory(volunteer=volunteer, slot=role.slots.get())
    assert people().leanings.toarray().tolist() == [[1.0, 1.0]]


def test_half_a_year_ago_counts_half(flowers: Activity) -> None:
    answered(rows.person(), rows.role(flowers), "accept", days_ago=180)
    assert people().leanings.toarray().tolist() == [[0.5, 0.5]]


def test_what_is_over_still_speaks_for_its_activity(flowers: Activity) -> None:
    volunteer, over = rows.person(), rows.role(flowers, status="closed")
    answered(volunteer, over, "accept")
    rows.role(flowers)
    # The activity's column, and that of the one organisation that asks for something now: another one.
    assert people().leanings.toarray().tolist() == [[1.0, 0.0]]


def test_who_has_taken_part_and_in_what(flowers: Activity) -> None:
    rows.reading()  # a column that nobody has touched
    newcomer, booked, regular = rows.person(), rows.person(), rows.person()
    role = rows.role(flowers)
    past = SlotFactory(role=role, starts_at=at(-7, 9))
    for slot in (past, SlotFactory(role=role, starts_at=at(-14, 9))):
        PlacementFactory(volunteer=regular, slot=slot)
    PlacementFactory(volunteer=booked, slot=role.slots.get(starts_at=at(5, 9)))
    PlacementFactory(volunteer=newcomer, slot=past, cancelled_at=NOW)
    assert people().has_taken_part.tolist() == [False, False, True]
    assert people().tried.toarray().tolist() == [[0, 0, 0], [0, 0, 0], [1, 0, 1]]


def test_who_did_not_come_has_not_taken_part(flowers: Activity) -> None:
    came, stayed_away, unknown = rows.person(), rows.person(), rows.person()
    over = SlotFactory(role=rows.role(flowers), starts_at=at(-7, 9))
    AttendanceFactory(placement__volunteer=came, placement__slot=over)
    AttendanceFactory(placement__volunteer=stayed_away, placement__slot=over, came=False, minutes=0)
    PlacementFactory(volunteer=unknown, slot=over)
    assert people().has_taken_part.tolist() == [True, False, True]
    assert people().tried.toarray().tolist() == [[1, 1], [0, 0], [1, 1]]


def test_one_persons_past_is_the_same_read_alone(flowers: Activity) -> None:
    first, second, role = rows.person(), rows.person(), rows.role(flowers)
    answered(first, role, "decline")
    answered(second, role, "accept")
    alone = load(now=NOW, volunteer_ids=[second.pk]).problem.volunteers.leanings
    np.testing.assert_array_equal(alone.toarray(), people().leanings.toarray()[1:])


def test_a_roles_traits_are_shares_of_its_activities_and_organisation() -> None:
    role = rows.role(ActivityFactory())
    other = ActivityFactory()
    role.role_activities.create(activity=other, position=1)
    np.testing.assert_allclose(load(now=NOW).problem.roles.traits.toarray(), [[0.7 / 1.6, 0.7 * 0.6 / 1.6, 0.3]])
