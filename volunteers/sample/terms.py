"""The words people choose from and the towns they live in, written where they are missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from organisations.models import AccessFeature, Activity, District, Qualification, Skill, Town
from organisations.models.vocabulary import Term
from volunteers.sample import reading

AnyTerm = TypeVar("AnyTerm", bound=Term)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word by its code."""

    activities: dict[str, Activity]
    skills: dict[str, Skill]
    qualifications: dict[str, Qualification]
    access: dict[str, AccessFeature]


def load_vocabulary(path: Path = reading.DATA / "vocabulary.yaml") -> Vocabulary:
    """Add the words of *path* that are missing; those that are there stay as somebody may have changed them."""
    return add_words(reading.document(path))


def add_words(entries: dict[str, list[dict[str, Any]]]) -> Vocabulary:
    """Add missing words: lists of fields under activities (parents first), skills, qualifications and access."""
    return Vocabulary(
        activities=_add_activities(entries["activities"]),
        skills=_add(Skill, entries["skills"]),
        qualifications=_add(Qualification, entries["qualifications"]),
        access=_add(AccessFeature, entries["access"]),
    )


def load_towns(path: Path = reading.DATA / "towns.csv") -> dict[str, Town]:
    """Add the towns of *path* that are missing, and return the towns of its wards by name."""
    entries = reading.rows(path)
    Town.objects.bulk_create([_town(entry) for entry in entries], ignore_conflicts=True)
    wards = {entry["ward_code"] for entry in entries}
    return {town.name: town for town in Town.objects.filter(ward_code__in=wards)}


def load_districts(towns: dict[str, Town], path: Path = reading.DATA / "districts.yaml") -> None:
    """Add the districts of *path* that are missing, and say so in the rows of *towns* that have none yet."""
    entries = reading.document(path)
    named = [
        District(code=entry["code"], name=entry["name"], kana=entry.get("kana", ""), position=position)
        for position, entry in enumerate(entries)
    ]
    District.objects.bulk_create(named, ignore_conflicts=True)
    found = {district.code: district for district in District.objects.all()}
    for entry in entries:
        names = entry["towns"].split()
        loose = Town.objects.filter(pk__in=[towns[name].pk for name in names if name in towns], district=None)
        loose.update(district=found[entry["code"]])


def in_short(activity: Activity) -> str:
    """Return what an activity is called within a sentence: 「公園の清掃・除草」, without remarks and 「の手伝い」."""
    return activity.ja.partition("（")[0].removesuffix("の手伝い")


def _town(entry: dict[str, str]) -> Town:
    lat, lng = ((float(entry[axis]) if entry[axis] else None) for axis in ("lat", "lng"))
    return Town(
        ward_code=entry["ward_code"], ward=entry["ward"], name=entry["name"], kana=entry["kana"], lat=lat, lng=lng
    )


def _add_activities(entries: list[dict[str, Any]]) -> dict[str, Activity]:
    fields = [entry for entry in entries if "parent" not in entry]
    tops = _add(Activity, fields)
    below = [{**entry, "parent": tops[entry["parent"]]} for entry in entries if "parent" in entry]
    return tops | _add(Activity, below)


def _add(model: type[AnyTerm], entries: list[dict[str, Any]]) -> dict[str, AnyTerm]:
    words = [model(position=position, **entry) for position, entry in enumerate(entries)]
    model._default_manager.bulk_create(words, ignore_conflicts=True)
    codes = [entry["code"] for entry in entries]
    return {word.code: word for word in model._default_manager.filter(code__in=codes)}
