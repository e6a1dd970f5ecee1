"""What is given as a reason speaks truly, whatever the signals were weighted with."""

from __future__ import annotations

from typing import Any

import pytest

from matching.engine.scoring import WEIGHTS
from matching.models import Suggestion
from matching.services.choosing import picks, speaking, ties
from organisations.models import Activity, Role, Slot
from tests.factories import NOW, AttendanceFactory, PlacementFactory, SlotFactory, at
from tests.matching import rows
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


def suggested(volunteer: Volunteer, role: Role, *, weights: dict[str, float] | None = None, **values: float) -> Any:
    """Return what speaks for a role, of which the signals said this."""
    by = WEIGHTS if weights is None else weights
    parts = {name: value * by[name] for name, value in values.items()}
    made = rows.suggestion(volunteer, role, parts=parts, weights=by)
    return speaking.of(made, ties.between(volunteer_ids=[volunteer.pk], role_ids=[role.pk]))


def took_part(volunteer: Volunteer, about: Activity, days: int = -7, **fields: Any) -> Role:
    done = rows.role(about, starts_at=at(days, 9), **fields)
    PlacementFactory(volunteer=volunteer, slot=done.slots.get())
    return done


@pytest.fixture
def gardening() -> Activity:
    return rows.gardening()


@pytest.mark.parametrize("weight", [0.05, 0.22, 0.6])
def test_a_reason_depends_on_what_the_signal_said_and_not_on_its_weight(weight: float) -> None:
    volunteer, role = rows.person(wish="花が好きです"), rows.role()
    weights = {**WEIGHTS, "wish": weight}
    assert suggested(volunteer, role, weights=weights, wish=0.31).is_wished
    Suggestion.objects.all().delete()
    assert not suggested(volunteer, role, weights=weights, wish=0.29).is_wished


def test_suggestions_from_before_weights_were_kept_are_read_by_the_table() -> None:
    made = rows.suggestion(rows.person(), rows.role(), parts={"wish": 0.11}, weights={})
    assert speaking.value(made, "wish") == pytest.approx(0.5)
    assert speaking.value(made, "history") == speaking.value(made, "unknown") == 0


def test_nobody_is_told_of_words_that_they_did_not_write() -> None:
    assert not suggested(rows.person(), rows.role(), wish=0.9).is_wished


def test_what_was_done_before_is_the_latest_of_the_same_kind(gardening: Activity) -> None:
    volunteer, role = rows.person(), rows.role(gardening)
    took_part(volunteer, gardening, -14)
    latest = took_part(volunteer, gardening, -7)
    took_part(volunteer, rows.reading(), -1, organisation=role.organisation, venue=role.venue)
    said = suggested(volunteer, role, history=0.7)
    assert (said.is_like_before, said.took_part) == (True, latest.title)


def test_else_it_is_of_the_same_organisation(gardening: Activity) -> None:
    volunteer, role = rows.person(), rows.role(gardening)
    done = took_part(volunteer, rows.reading(), organisation=role.organisation, venue=role.venue)
    assert suggested(volunteer, role, history=0.62).took_part == done.title


def test_what_they_did_not_come_to_was_not_done(gardening: Activity) -> None:
    volunteer, role = rows.person(gardening), rows.role(gardening)
    missed = took_part(volunteer, gardening, -3)
    AttendanceFactory(placement=volunteer.placements.get(slot__role=missed), came=False, minutes=0)
    said = suggested(volunteer, role, history=0.8, novelty=0.9)
    assert (said.is_like_before, said.took_part, said.is_easy) == (True, "", True)


def test_what_lies_ahead_or_was_called_off_was_not_done(gardening: Activity) -> None:
    volunteer, role = rows.person(), rows.role(gardening)
    took_part(volunteer, gardening, 3)
    called_off = took_part(volunteer, gardening, -3)
    Slot.objects.filter(role=called_off).update(cancelled_at=NOW)
    said = suggested(volunteer, role, history=0.8, novelty=0.9)
    assert (said.is_like_before, said.took_part, said.is_easy) == (True, "", True)


def test_a_little_liking_is_no_reason(gardening: Activity) -> None:
    assert not suggested(rows.person(), rows.role(gardening), history=0.55).is_like_before


def test_an_easy_beginning_is_for_who_has_not_begun(gardening: Activity) -> None:
    newcomer, other, role = rows.person(), rows.person(), rows.role(gardening)
    took_part(other, rows.reading())
    assert suggested(newcomer, role, novelty=0.8).is_easy
    assert not suggested(other, role, novelty=1.0).is_easy
    Suggestion.objects.all().delete()
    assert not suggested(newcomer, role, novelty=0.7).is_easy


def test_a_slot_presses_only_while_it_is_mostly_empty() -> None:
    volunteer, role = rows.person(), rows.role(capacity=4, starts_at=at(1, 9))
    assert suggested(volunteer, role, urgency=0.8).is_pressing
    Slot.objects.update(taken=3)
    Suggestion.objects.all().delete()
    assert not suggested(volunteer, role, urgency=0.8).is_pressing
    Slot.objects.update(taken=0)
    Suggestion.objects.all().delete()
    assert not suggested(volunteer, role, urgency=0.4).is_pressing


def test_from_rows_to_words(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    done = took_part(volunteer, gardening, title="公園の水やり")
    role = rows.role(gardening, organisation=done.organisation, venue=done.venue, starts_at=at(2, 9))
    rows.run_once()
    (made,) = picks.drafts(volunteer.shortlist, now=NOW)
    made.role, made.slot = role, role.slots.get()
    assert picks.explain_all([made])[0].reasons == [
        "「花だんの手入れ」が好き",
        "前に参加した「公園の水やり」に近い",
        "歩いて5分くらい",
        "もうすぐの日で、あと3人さがしています",
    ]


def test_many_people_take_as_many_queries_as_one(django_assert_max_num_queries: Any, gardening: Activity) -> None:
    made = []
    for _ in range(4):
        volunteer = rows.person(gardening)
        took_part(volunteer, gardening)
        made.append(rows.suggestion(volunteer, rows.role(gardening)))
        SlotFactory(role=made[-1].role)
    with django_assert_max_num_queries(10):
        picks.explain_all(list(Suggestion.objects.select_related("role__organisation", "slot")))
