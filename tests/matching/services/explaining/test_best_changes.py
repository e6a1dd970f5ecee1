"""What would help the scarcest roles is noted after a run, once, and then only read."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from matching.models import Run
from matching.services.explaining import best_changes, trace
from matching.services.explaining.changes import Opened
from matching.services.running import runs
from organisations.models import Role, Town
from tests.factories import NOW, DeskMembershipFactory, OrganisationFactory, TownFactory, VenueFactory
from tests.matching import rows
from tests.together import together

pytestmark = pytest.mark.django_db


def newest() -> Run:
    run = runs.latest()
    assert run is not None
    return run


def scarce(town: Town) -> Role:
    """A role to which nobody could come, for one reason."""
    host = OrganisationFactory(town=town)
    return rows.role(organisation=host, venue=VenueFactory(organisation=host, town=town), min_age=70)


def test_nothing_to_note_before_a_run() -> None:
    assert best_changes.note(limit=9) == 0


def test_it_is_noted_once_in_bits_and_read_in_the_language_of_the_reader() -> None:
    roles = [rows.role(min_age=70) for _ in range(3)]
    rows.person()
    rows.run_once()
    assert best_changes.of(newest()) == {}
    assert [best_changes.note(limit=2) for _ in range(3)] == [2, 1, 0]
    said = Opened("「70歳から」という決まりをなくす", 1)
    assert best_changes.of(newest()) == {role.pk: said for role in roles}
    with override("en"):
        assert {one.what for one in best_changes.of(newest()).values()} == {"Let people under 70 take part"}


def test_as_much_as_fits_is_the_end_of_it() -> None:
    rows.role(min_age=70), rows.person()
    rows.run_once()
    assert [best_changes.note(limit=1) for _ in range(2)] == [1, 0]


def test_where_nothing_would_help_that_is_noted_too() -> None:
    rows.role(), rows.person(town=TownFactory(lat=35.6))
    rows.run_once()
    assert [best_changes.note(limit=9), best_changes.note(limit=9)] == [1, 0]
    assert best_changes.of(newest()) == {}


def test_the_scarcest_of_all_and_of_each_area(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(best_changes, "OF_EACH", 1)
    here, there = rows.a_town(), TownFactory(lat=35.6)
    first, _second, far, _farther = [scarce(town) for town in (here, here, there, there)]
    for town in (here, there):
        rows.person(town=town)
        DeskMembershipFactory(desk__towns=[town])
    rows.run_once()
    assert best_changes.note(limit=9) == 2
    assert best_changes.of(newest()).keys() == {first.pk, far.pk}


def test_looking_at_a_run_works_nothing_out() -> None:
    role = rows.role(min_age=70)
    rows.person()
    rows.run_once()
    assert [one.best for one in trace.of(run=newest(), now=NOW).blocked] == [None]
    best_changes.note(limit=9)
    assert [one.best for one in trace.of(run=newest(), now=NOW).blocked] == [best_changes.of(newest())[role.pk]]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_note_the_same() -> None:
    roles = [rows.role(min_age=70) for _ in range(4)]
    rows.person()
    rows.run_once()
    assert together(2, lambda _: best_changes.note(limit=9)) == [4, 4]
    assert best_changes.of(newest()).keys() == {role.pk for role in roles}
