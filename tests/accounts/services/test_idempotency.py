import datetime as dt
from collections import Counter

import pytest
from django.db import connection

from accounts.models import IdempotencyKey
from accounts.services import idempotency
from tests.factories import NOW, UserFactory
from tests.together import together

ONE, OTHER = "1" * 64, "2" * 64


def begin(user, key="k", fingerprint=ONE, now=NOW):
    return idempotency.begin(user=user, key=key, fingerprint=fingerprint, now=now)


def finish(user, key="k", body=b'{"a": 1}'):
    idempotency.finish(user=user, key=key, status=201, body=body, content_type="application/json")


@pytest.mark.django_db
def test_the_first_goes_on_and_the_second_hears_the_same_answer():
    user = UserFactory()
    assert begin(user) is None
    finish(user)
    kept = begin(user)
    assert (kept.status, bytes(kept.body), kept.content_type) == (201, b'{"a": 1}', "application/json")


@pytest.mark.django_db
def test_the_same_key_with_another_content_is_refused():
    user = UserFactory()
    begin(user)
    with pytest.raises(idempotency.KeyUsedForSomethingElse):
        begin(user, fingerprint=OTHER)
    finish(user)
    with pytest.raises(idempotency.KeyUsedForSomethingElse):
        begin(user, fingerprint=OTHER)


@pytest.mark.django_db
def test_keys_of_two_people_have_nothing_to_do_with_each_other():
    assert begin(UserFactory()) is None
    assert begin(UserFactory(), fingerprint=OTHER) is None


@pytest.mark.django_db
def test_who_comes_while_the_first_runs_is_asked_to_wait():
    user = UserFactory()
    begin(user)
    with pytest.raises(idempotency.StillUnderWay):
        begin(user, now=NOW + idempotency.RUNS_AT_MOST - dt.timedelta(seconds=1))


@pytest.mark.django_db
def test_a_request_that_crashed_blocks_for_two_minutes_and_no_longer():
    user = UserFactory()
    begin(user)
    later = NOW + idempotency.RUNS_AT_MOST
    assert begin(user, now=later) is None
    with pytest.raises(idempotency.StillUnderWay):  # the second try runs now
        begin(user, now=later)


@pytest.mark.django_db
def test_after_giving_up_the_key_is_free_but_an_answer_stays():
    user = UserFactory()
    begin(user)
    idempotency.give_up(user=user, key="k")
    assert begin(user, fingerprint=OTHER) is None
    finish(user)
    idempotency.give_up(user=user, key="k")
    assert begin(user, fingerprint=OTHER).status == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "k" * 81, "k\x00", "k\n", "鍵", "\ud800"])
def test_refuses_a_key_that_cannot_be_kept(key):
    with pytest.raises(idempotency.KeyNotUsable):
        begin(UserFactory(), key=key)


def outcomes_of_many_at_once(user, now=NOW):
    outcomes = together(12, lambda _number: begin(user, now=now))
    return Counter("goes on" if outcome is None else type(outcome).__name__ for outcome in outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_goes_on():
    assert outcomes_of_many_at_once(UserFactory()) == {"goes on": 1, "StillUnderWay": 11}


@pytest.mark.django_db(transaction=True)
def test_of_many_who_find_a_crashed_request_one_goes_on():
    user = UserFactory()
    begin(user)
    later = NOW + idempotency.RUNS_AT_MOST
    assert outcomes_of_many_at_once(user, later) == {"goes on": 1, "StillUnderWay": 11}


@pytest.mark.django_db(transaction=True)
def test_control_without_the_unique_constraint_all_go_on():
    constraint = IdempotencyKey._meta.constraints[0]
    with connection.schema_editor() as schema:
        schema.remove_constraint(IdempotencyKey, constraint)
    try:
        assert outcomes_of_many_at_once(UserFactory()) == {"goes on": 12}
    finally:
        IdempotencyKey.objects.all().delete()
        with connection.schema_editor() as schema:
            schema.add_constraint(IdempotencyKey, constraint)
