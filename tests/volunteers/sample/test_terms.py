from __future__ import annotations

from pathlib import Path

import pytest

from organisations.models import AccessFeature, Activity, District, Qualification, Skill, Town
from organisations.models.vocabulary import Proof
from volunteers.sample import terms

pytestmark = pytest.mark.django_db


def test_the_vocabulary_is_a_tree_of_eighteen_fields_and_three_lists_beside_it() -> None:
    terms.load_vocabulary()
    fields = Activity.objects.filter(parent=None)
    assert fields.count() == 18
    assert Activity.objects.exclude(parent=None).count() >= 110
    assert all(field.children.count() >= 3 for field in fields)
    assert Skill.objects.count() >= 25
    assert set(Qualification.objects.values_list("proof", flat=True)) == set(Proof.values)
    assert AccessFeature.objects.filter(is_about_place=True).exists()
    assert AccessFeature.objects.filter(is_about_place=False).exists()


def test_every_word_has_its_names_and_a_reading() -> None:
    terms.load_vocabulary()
    for model in (Activity, Skill, Qualification, AccessFeature):
        assert not model._default_manager.filter(ja="").exists()
        assert not model._default_manager.filter(en="").exists()
        assert not model._default_manager.filter(easy_ja="").exists()
    assert not Activity.objects.filter(kana="").exists()


def test_loading_again_keeps_what_somebody_changed() -> None:
    terms.load_vocabulary()
    Activity.objects.filter(code="green.flower").update(ja="花のせわ")
    words = terms.load_vocabulary()
    assert words.activities["green.flower"].ja == "花のせわ"
    assert Activity.objects.count() == len(words.activities)


def test_the_towns_of_the_ward_have_a_reading_and_a_point() -> None:
    towns = terms.load_towns()
    assert len(towns) == 72
    assert towns["鶴ケ峰二丁目"].kana == "つるがみねにちょうめ"
    assert all(town.has_point and 35.4 < (town.lat or 0) < 35.6 for town in towns.values())


def test_towns_of_another_file_without_a_point_stay_without(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    path.write_text("# whence\nward_code,ward,name,kana,lat,lng\n99998,見本区,海の町,うみのまち,,\n", encoding="utf-8")
    towns = terms.load_towns(path)
    assert not towns["海の町"].has_point
    assert Town.objects.count() == 1


def test_every_town_lies_in_one_of_nineteen_districts() -> None:
    terms.load_districts(terms.load_towns())
    assert District.objects.count() == 19
    assert not Town.objects.filter(district=None).exists()
    assert not District.objects.filter(towns=None).exists()


def test_loading_districts_again_keeps_where_somebody_put_a_town() -> None:
    towns = terms.load_towns()
    terms.load_districts(towns)
    elsewhere = District.objects.get(code="ichisawa")
    Town.objects.filter(name="左近山").update(district=elsewhere)
    terms.load_districts(towns)
    assert Town.objects.get(name="左近山").district == elsewhere
    assert District.objects.count() == 19


def test_the_filters_are_those_the_search_speaks_of() -> None:
    terms.load_vocabulary()
    filters = set(AccessFeature.objects.filter(is_filter=True).values_list("code", flat=True))
    assert filters == {"x.kids_with", "x.step_free", "x.wheelchair", "x.first_timer"}
