from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind
from matching import dataset
from matching.engine.fast import FastEngine
from organisations.models import Role, Slot, Town
from volunteers.models import Volunteer
from volunteers.sample import city, geography, terms

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 30, 8, tzinfo=timezone.get_default_timezone())
OURS = ("accounts", "notifications", "organisations", "volunteers")
Content = dict[str, list[tuple[object, ...]]]


def _build(seed: int, *, people: int = 300, roles: int = 30) -> dict[str, int]:
    return city.build(volunteers=people, roles=roles, rng=np.random.default_rng(seed), now=NOW)


def _content(seed: int) -> Content:
    """Build a city, read everything but the numbers that sequences gave, and take it back."""
    with transaction.atomic():
        _build(seed)
        models = [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
        content = {}
        for model in models:
            pk = model._meta.pk
            has_own_id = model._meta.label in {"accounts.User", "organisations.Role", "volunteers.Volunteer"}
            columns = [one.attname for one in model._meta.concrete_fields if one != pk or has_own_id]
            content[model._meta.label] = sorted(model._default_manager.values_list(*columns), key=repr)
        transaction.set_rollback(True)
    return content


def test_the_same_seed_makes_the_same_city_and_another_seed_another() -> None:
    terms.load_vocabulary()
    terms.load_towns()
    first = _content(7)
    assert _content(7) == first
    other = _content(8)
    assert other["volunteers.Volunteer"] != first["volunteers.Volunteer"]
    assert other["organisations.Slot"] != first["organisations.Slot"]


def test_it_makes_as_many_as_asked_for_and_keeps_every_constraint() -> None:
    made = _build(1)
    connection.check_constraints()
    assert made["volunteers_volunteer"] == Volunteer.objects.count() == 300
    assert made["organisations_role"] == Role.objects.open().count() == 30
    assert not Role.objects.filter(search_text="").exists()
    assert Slot.objects.free(NOW).filter(ends_at__lt=NOW + dt.timedelta(days=29)).count() == Slot.objects.count() > 30


def test_the_next_person_gets_the_next_number() -> None:
    _build(1)
    last = User.objects.latest("pk").pk
    assert User.objects.create_user("next@example.org").pk == last + 1


def test_lives_differ_and_minors_have_guardians_as_a_rule() -> None:
    _build(1)
    today = timezone.localdate(NOW)
    ages = [person.age(today) for person in Volunteer.objects.all()]
    assert min(ages) < 18
    assert max(ages) > 75
    minors = sum(age < 18 for age in ages)
    assert 0.5 * minors < Consent.objects.filter(kind=ConsentKind.GUARDIAN).count() <= minors
    assert User.objects.filter(email=None, preference__channel="call_list").exists()
    assert Volunteer.objects.exclude(paused_until=None).exists()


def test_most_people_find_something_and_no_role_suits_everybody() -> None:
    _build(1, people=400, roles=80)
    problem = dataset.load(now=NOW).problem
    engine = FastEngine(problem)
    found = np.diff(engine.rank(top=10, floor=0.0).start)
    assert (found > 0).mean() > 0.5
    assert engine.tally().could_come.max() < 0.6 * len(found)


def test_many_people_live_in_a_city_of_twenty_kilometres() -> None:
    place = geography.ground(60_000, np.random.default_rng(1))
    assert len(place.ids) == Town.objects.filter(ward_code=geography.CITY_CODE).count() == 150
    assert 10 < (place.lat.max() - place.lat.min()) * geography.KM_PER_DEGREE <= 20.01
    assert abs(place.share.sum() - 1) < 1e-9


def test_it_refuses_a_database_with_people_unless_told_otherwise() -> None:
    call_command("sample_city", volunteers=20, roles=3, seed=1, verbosity=0)
    with pytest.raises(CommandError, match="--add"):
        call_command("sample_city", volunteers=20, roles=3, seed=1)
    call_command("sample_city", volunteers=20, roles=3, seed=1, add=True)
    assert Volunteer.objects.count() == 40
    assert Role.objects.count() == 6


@pytest.mark.parametrize("wrong", [{"volunteers": 0}, {"roles": 0}, {"seed": -1}])
def test_it_refuses_numbers_that_make_no_city(wrong: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="at least"):
        call_command("sample_city", **{"volunteers": 5, "roles": 5, "seed": 1, **wrong})
