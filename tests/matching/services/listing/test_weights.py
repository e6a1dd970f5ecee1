"""Weights follow answers where that is switched on, within bounds, and there is always a way back."""

from __future__ import annotations

import datetime as dt
from threading import Barrier, Event

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from accounts.models import AuditEntry
from matching.dataset import listed
from matching.engine.scoring import LEAST, USUAL, WEIGHTS
from matching.models import Feedback, Run, Shortlist, Suggestion, WeightSet
from matching.services.choosing.picks import drafts
from matching.services.listing import shortlists, weights
from matching.services.running import runs
from organisations.models import Role
from tests.factories import NOW, UserFactory
from tests.matching import rows
from tests.together import together
from volunteers.models import Volunteer

LATER = NOW + dt.timedelta(days=7)
NAMES = list(WEIGHTS)
# Distance matters to these people far more than the table says, and what they tick less.
TASTE = np.array([0.20, 0.20, 0.06, 0.34, 0.07, 0.07, 0.03, 0.03])


@pytest.fixture
def role() -> Role:
    made = rows.role(rows.gardening())
    return Role.objects.prefetch_related("slots").get(pk=made.pk)


def answered(role: Role, *, people: int = 60, each: int = 16, clearly: float = 12.0, seed: int = 3) -> None:
    """Let people answer suggestions by `TASTE`, the more so the more *clearly*, or by chance (0)."""
    dice, town = np.random.default_rng(seed), rows.a_town()
    who = [rows.person(town=town) for _ in range(people)]
    signals = dice.beta(2, 2, size=(people * each, len(NAMES)))
    yes = dice.random(len(signals)) < 1 / (1 + np.exp(-clearly * (signals - 0.5) @ TASTE))
    shown = Suggestion.objects.bulk_create(
        suggested(who[row % people], role, dict(zip(NAMES, values.tolist(), strict=True)))
        for row, values in enumerate(signals)
    )
    Feedback.objects.bulk_create(
        Feedback(suggestion=one, answer="accept" if is_yes else "decline", answered_at=NOW)
        for one, is_yes in zip(shown, yes, strict=True)
    )


def suggested(who: Volunteer, role: Role, signals: dict[str, float], **fields: object) -> Suggestion:
    parts = {name: WEIGHTS.get(name, 1.0) * value for name, value in signals.items()}
    (slot,) = role.slots.all()
    given = {
        "rank": 1,
        "score": 0.5,
        "status": "answered",
        "planned_at": NOW,
        "parts": parts,
        "weights": WEIGHTS,
    } | fields
    return Suggestion(volunteer=who, role=role, slot=slot, **given)


def say(answer: str, shown: Suggestion, **fields: object) -> None:
    shown.save()
    shown.feedback.create(answer=answer, **{"answered_at": NOW, **fields})


def a_set(**fields: object) -> WeightSet:
    values = WEIGHTS | {"interest": 0.30, "wish": 0.28}
    numbers = {"answers": 500, "people": 60, "loss_before": 0.7, "loss_after": 0.6}
    return WeightSet.objects.create(**{"values": values, "made_at": NOW, "is_better": True, **numbers, **fields})


@pytest.mark.django_db
def test_what_people_answer_is_learnt_and_written_down_and_not_used_yet(role: Role) -> None:
    answered(role)
    actor = UserFactory()
    made = weights.refit(now=LATER, actor=actor)
    assert (made.answers, made.people, made.made_by, made.learnt_from) == (960, 60, actor, None)
    assert made.is_better
    assert made.loss_after < made.loss_before
    assert made.values["distance"] > 1.2 * WEIGHTS["distance"]
    assert made.values["interest"] < WEIGHTS["interest"]
    assert not made.is_active
    assert weights.current() is USUAL
    assert AuditEntry.objects.get(action="weights.refit").actor == actor


@pytest.mark.django_db
def test_no_weight_goes_too_far_or_under_its_least(role: Role) -> None:
    answered(role, clearly=40.0)
    for name, value in weights.refit(now=LATER).values.items():
        assert max(LEAST.get(name, 0.0), 0.5 * WEIGHTS[name]) - 1e-6 <= value <= 1.5 * WEIGHTS[name] + 1e-6


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minimum", "value"), [("MIN_ANSWERS", 901), ("MIN_OF_EACH", 451), ("MIN_PEOPLE", 61)], ids=str
)
def test_too_few_answers_teach_nothing(role: Role, minimum: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(role, each=15)
    monkeypatch.setattr(weights, minimum, value)
    with pytest.raises(weights.TooFewAnswers, match="60人から900件"):
        weights.refit(now=LATER)
    assert not WeightSet.objects.exists()


@pytest.mark.django_db
def test_nobody_has_answered() -> None:
    with pytest.raises(weights.TooFewAnswers, match="0人から0件"):
        weights.refit(now=NOW)


@pytest.mark.django_db
def test_which_answers_count(role: Role) -> None:
    keen, other = rows.person(), rows.person()
    for day in range(25):
        say("accept", suggested(keen, role, WEIGHTS), answered_at=NOW - dt.timedelta(days=day))
    say("call", suggested(other, role, WEIGHTS))
    say("decline", suggested(other, role, WEIGHTS), undone_at=NOW)
    say("decline", suggested(other, role, WEIGHTS), answered_at=NOW - dt.timedelta(days=366))
    say("decline", suggested(other, role, {"interest": 1.0}, weights={"interest": 1.0}))  # by fewer signals
    say("decline", suggested(other, role, WEIGHTS, weights={}))  # from before weights were kept
    with pytest.raises(weights.TooFewAnswers, match="1人から20件、少ないほうの返事は0件"):
        weights.refit(now=NOW)


@pytest.mark.django_db
def test_switched_off_nothing_happens(role: Role) -> None:
    answered(role)
    assert weights.refit_when_due(now=LATER) is None
    assert not WeightSet.objects.exists()


@pytest.mark.django_db
def test_switched_on_it_learns_once_a_week_from_where_it_is_and_keeps_the_old(role: Role, settings: Settings) -> None:
    settings.WEIGHTS_REFIT = True
    answered(role)
    first = weights.refit_when_due(now=NOW)
    assert first is not None
    assert weights.active() == first
    assert weights.refit_when_due(now=LATER - dt.timedelta(hours=1)) is None
    assert WeightSet.objects.count() == 1
    weights.refit_when_due(now=LATER)
    newest, oldest = WeightSet.objects.all()
    assert oldest == first
    assert newest.learnt_from == first
    assert WeightSet.objects.get(pk=first.pk).values == first.values


@pytest.mark.django_db
def test_what_is_no_better_is_never_used(role: Role, settings: Settings) -> None:
    settings.WEIGHTS_REFIT = True
    answered(role, clearly=0.0)
    assert weights.refit_when_due(now=NOW) is None
    made = WeightSet.objects.get()
    assert (made.is_better, made.is_active) == (False, False)
    with pytest.raises(weights.NotBetter):
        weights.use(weight_set=made, now=NOW)
    with pytest.raises(IntegrityError):
        WeightSet.objects.update(is_active=True)


@pytest.mark.django_db
def test_switched_on_with_too_few_answers_it_waits(settings: Settings) -> None:
    settings.WEIGHTS_REFIT = True
    assert weights.refit_when_due(now=NOW) is None


@pytest.mark.django_db
def test_one_can_use_another_set_and_go_back() -> None:
    first, second = a_set(), a_set(values=WEIGHTS | {"skill": 0.05, "novelty": 0.04})
    weights.use(weight_set=first, now=NOW)
    weights.use(weight_set=second, now=NOW)
    assert weights.current().by_name() == pytest.approx(second.values)
    weights.use(weight_set=first, now=NOW)
    assert [one.is_active for one in WeightSet.objects.all()] == [False, True]
    weights.back_to_usual(now=NOW)
    assert weights.current() is USUAL
    actions = AuditEntry.objects.filter(target="matching.weightset").order_by("pk").values_list("action", "target_id")
    one, two = str(first.pk), str(second.pk)
    used = [("weights.used", one), ("weights.used", two), ("weights.used", one)]
    assert list(actions) == [*used, ("weights.put_away", one)]


@pytest.mark.django_db
def test_a_set_from_before_a_signal_came_is_not_used(caplog: pytest.LogCaptureFixture) -> None:
    old = a_set(values={"interest": 1.0}, is_active=True)
    assert weights.current() is USUAL
    assert "do not fit" in caplog.text
    with pytest.raises(weights.Outdated):
        weights.use(weight_set=old, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_however_many_switch_at_once_one_is_in_use() -> None:
    sets = [a_set() for _ in range(6)]
    assert together(6, lambda number: weights.use(weight_set=sets[number], now=NOW)) == [None] * 6
    assert WeightSet.objects.filter(is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_waiting_for_another_the_table_refuses_the_second() -> None:
    """What would happen above if nobody locked anything: a refusal, and still one in use."""
    sets, both = [a_set(), a_set()], Barrier(2)

    def switch(number: int) -> None:
        with transaction.atomic():
            WeightSet.objects.filter(is_active=True).update(is_active=False)
            both.wait(timeout=30)
            WeightSet.objects.filter(pk=sets[number].pk).update(is_active=True)

    assert sorted(type(one).__name__ for one in together(2, switch)) == ["IntegrityError", "NoneType"]
    assert WeightSet.objects.filter(is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_learn_no_two_steps(role: Role, settings: Settings) -> None:
    settings.WEIGHTS_REFIT = True
    answered(role)
    assert not any(isinstance(one, Exception) for one in together(3, lambda _: weights.refit_when_due(now=NOW)))
    assert WeightSet.objects.get().learnt_from is None


@pytest.mark.django_db(transaction=True)
def test_who_looks_whether_it_is_due_before_it_is_their_turn_would_learn_a_second_step(role: Role) -> None:
    """The control: the same without the lock, one of two a little later."""
    answered(role)
    both_have_looked, first_is_done = Barrier(2), Event()

    def unprotected(number: int) -> None:
        is_due = not WeightSet.objects.filter(made_at__gt=NOW - weights.EVERY).exists()
        both_have_looked.wait(timeout=30)
        assert number == 0 or first_is_done.wait(timeout=60)
        if is_due:
            weights.use(weight_set=weights.refit(now=NOW), now=NOW)
        first_is_done.set()

    assert together(2, unprotected)[0] is None
    newest, oldest = WeightSet.objects.all()
    assert newest.learnt_from == oldest


@pytest.mark.django_db(transaction=True)
def test_one_learns_at_a_time(role: Role, settings: Settings) -> None:
    settings.WEIGHTS_REFIT = True
    answered(role)
    with transaction.atomic():
        assert weights.alone()
        assert together(1, lambda _: weights.refit_when_due(now=NOW)) == [None]
    (made,) = together(1, lambda _: weights.refit_when_due(now=NOW))
    assert made == WeightSet.objects.get()


@pytest.mark.django_db
def test_lists_and_suggestions_say_what_they_were_weighted_with() -> None:
    weights.use(weight_set=a_set(), now=NOW)
    gardening = rows.gardening()
    volunteer = rows.person(gardening)
    rows.role(gardening)
    rows.run_once()
    shortlist = Shortlist.objects.get(pk=volunteer.pk)
    assert shortlist.weights == pytest.approx(weights.current().values.tolist(), abs=1e-6)
    (draft,) = drafts(shortlist, now=NOW)
    assert draft.weights == pytest.approx(a_set().values, abs=1e-6)
    assert draft.parts["interest"] == pytest.approx(0.30 * 0.8647, abs=1e-4)
    shortlists.refresh(volunteer=volunteer, now=NOW + dt.timedelta(hours=1))
    assert Shortlist.objects.get(pk=volunteer.pk).weights == shortlist.weights
    Shortlist.objects.update(weights=[])
    assert next(drafts(Shortlist.objects.get(), now=NOW)).weights == {}


@pytest.mark.django_db
def test_a_run_keeps_the_weights_it_began_with(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SHARD_SIZE = 1
    gardening = rows.gardening()
    rows.person(gardening), rows.person(gardening), rows.role(gardening)
    begun_with = a_set(is_active=True)
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=1)
    weights.back_to_usual(now=NOW)
    runs.carry_out(now=NOW)
    assert Run.objects.get().weight_set == begun_with
    one, other = Shortlist.objects.all()
    assert (
        one.weights == other.weights == pytest.approx(weights.of(begun_with).values.tolist(), abs=10**-listed.DECIMALS)
    )


@pytest.mark.django_db
def test_other_weights_are_a_reason_for_a_run() -> None:
    rows.run_once()
    assert runs.request_when_due(now=NOW + dt.timedelta(hours=1)) is None
    weights.use(weight_set=a_set(), now=NOW)
    assert runs.request_when_due(now=NOW + dt.timedelta(hours=1)) is not None
