"""Texts are turned into vectors once, and again where the row or the vocabulary has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from pytest_django import Settings

from matching.dataset import load
from matching.engine.text import DIMS
from matching.engine.text.model import DIMS_OF_LETTERS
from matching.models import PackedProfile, RoleText
from organisations.models import Activity, Role
from organisations.services.roles import writing
from tests.factories import NOW, ActivityFactory
from tests.matching import rows
from tests.together import together
from volunteers.models import Volunteer
from volunteers.services.people import availability, profiles

LATER = NOW + dt.timedelta(hours=1)
NOTHING = [0] * DIMS


def wish() -> list[int]:
    return list(load(now=LATER).problem.volunteers.wish[0].tolist())


def text() -> list[int]:
    return list(load(now=LATER).problem.roles.text[0].tolist())


def forget() -> None:
    PackedProfile.objects.all().delete()
    RoleText.objects.all().delete()


@pytest.mark.django_db
def test_what_is_kept_is_what_was_worked_out() -> None:
    rows.person(rows.gardening(), wish="花に水をやりたい")
    rows.role(rows.reading())
    first = wish(), text()
    assert np.any(first[0])
    assert np.any(first[1])
    assert (wish(), text()) == first


@pytest.mark.django_db
def test_what_is_kept_is_read() -> None:
    rows.person(wish="花に水をやりたい")
    rows.role()
    wish()
    nothing = np.zeros(DIMS, dtype=np.int8).tobytes()
    PackedProfile.objects.update(vector=nothing)
    RoleText.objects.update(vector=nothing)
    assert (wish(), text()) == (NOTHING, NOTHING)


Change = Callable[[Volunteer, Activity], object]
PROFILE: dict[str, Change] = {
    "words": lambda one, _: profiles.change(volunteer=one, now=LATER, actor=one.user, wish="本を読む"),
    "ticks": lambda one, it: profiles.change(volunteer=one, now=LATER, actor=one.user, interests=[it]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", PROFILE.values(), ids=PROFILE)
def test_a_changed_profile_is_read_anew(change: Change) -> None:
    volunteer, other = rows.person(rows.gardening(), wish="花"), rows.reading()
    before = wish()
    change(volunteer, other)
    after = wish()
    forget()
    assert after == wish() != before


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["title", "title_easy", "title_en", "summary", "summary_en", "activities"])
def test_a_changed_role_is_read_anew(field: str) -> None:
    role, other = rows.role(rows.gardening()), rows.reading()
    before = text()
    said: Any = [other] if field == "activities" else "Read aloud 本を読む"
    writing.change(role=role, now=LATER, actor=None, **{field: said})
    after = text()
    forget()
    assert after == text() != before


@pytest.mark.django_db
def test_a_change_that_is_none_of_the_text_loses_nothing() -> None:
    volunteer = rows.person(wish="花に水をやりたい")
    before = wish()
    availability.set_weekly(volunteer=volunteer, weekly=[0] * 7, now=LATER, actor=volunteer.user)
    assert wish() == before


@pytest.mark.django_db
def test_another_vocabulary_means_other_vectors() -> None:
    gardening = rows.gardening()
    rows.person(gardening, wish="花")
    before = wish()
    version = PackedProfile.objects.get().version
    Activity.objects.filter(pk=gardening.pk).update(ja="本の読み聞かせ")
    assert wish() != before
    assert PackedProfile.objects.get().version != version


@pytest.mark.django_db
def test_without_word_vectors_and_with_them_again_texts_are_read_anew(settings: Settings, tmp_path: Path) -> None:
    rows.person(wish="花に水をやりたい")
    rows.role()
    with_words = wish(), text()
    there, settings.WORD_VECTORS = settings.WORD_VECTORS, tmp_path / "none.npz"
    by_letters = wish(), text()
    assert [len(one) for one in by_letters] == [DIMS_OF_LETTERS] * 2
    assert (wish(), text()) == by_letters  # as kept
    assert all(map(any, by_letters))
    settings.WORD_VECTORS = there
    assert (wish(), text()) == with_words


@pytest.mark.django_db
def test_a_vector_of_another_moment_or_size_is_not_used() -> None:
    rows.person(wish="花に水をやりたい")
    expected = wish()
    for wrong in ({"of_change": LATER, "vector": bytes(DIMS)}, {"vector": bytes(DIMS - 1)}):
        PackedProfile.objects.update(**wrong)
        assert wish() == expected
        assert PackedProfile.objects.get().of_change == NOW


@pytest.mark.django_db(transaction=True)
def test_some_at_once_keep_each_text_once() -> None:
    ActivityFactory()
    for number in range(20):
        rows.person(wish=f"花 {number}")
    for _ in range(3):
        forget()
        found = together(4, lambda _: load(now=LATER).problem.volunteers.wish.tolist())
        assert all(one == found[0] for one in found)
        assert PackedProfile.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_who_goes_meanwhile_is_left_out() -> None:
    def work(number: int) -> int:
        if number == 0:
            with transaction.atomic():
                list(Volunteer.objects.select_for_update())  # whoever takes rows away holds them first
                Volunteer.objects.all().delete()
        return len(load(now=LATER).problem.volunteers)

    for _ in range(5):
        for _ in range(20):
            rows.person(wish="花")
        assert [one for one in together(3, work) if not isinstance(one, int)] == []
    assert Role.objects.count() == 0
