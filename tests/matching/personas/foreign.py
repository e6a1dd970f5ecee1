"""Persona sets of other people: ``samples.yaml`` and ``taxonomy.yaml`` of a folder → entries as our own ward has them.

Times are codes there (``tue-am``) that a role's start and end narrow down; ``any`` is any day from six to nine.
"""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import timezone

from organisations.models import Town
from tests.matching.personas.sets import PersonaSet, expectations
from volunteers.sample import asking, helping, reading, terms
from volunteers.sample.asking import Asking
from volunteers.sample.helping import Helping
from volunteers.sample.hours import DAYS
from volunteers.sample.signing_in import repairer

PARTS = {"early": (360, 540), "am": (540, 720), "pm": (720, 1020), "eve": (1020, 1260)}
ANY = [f"{day}-{part}" for day in DAYS for part in PARTS]
KINDS = {"npo": "npo", "company": "company", "care_facility": "facility", "care_plaza": "support", "school": "school"}
INSURANCES = {"civic": "civic", "check_event": "event"}
PROOFS = {"doc": "document", "organiser": "organiser"}
# Said by fields of ours instead: nobody holds them, and no role asks for them.
NO_QUALIFICATIONS = {"q.none", "q.adult18", "q.guardian_ok"}
ABOUT_PLACE = {
    *("x.wheelchair", "x.step_free", "x.mf_toilet", "x.quiet", "x.kids_with", "x.companion", "x.online", "x.rain"),
    *("x.bus", "x.parking"),
}
# A problem looks this many days ahead, counted from today.
LAST_DAY = 27


def load(folder: Path, *, now: dt.datetime) -> PersonaSet:
    """Write the folder's organisations, roles and people through the services, and return what is expected."""
    samples, taxonomy = (reading.document(folder / name) for name in ("samples.yaml", "taxonomy.yaml"))
    words, towns = terms.add_words(vocabulary(taxonomy)), _towns(samples)
    staff = repairer({"name": "staff", "email": "staff@personas.example"}, now=now)
    asked = Asking(words, towns, now, staff)
    today = timezone.localdate(now)
    role_ids: dict[str, int] = {}
    for entry in samples["organisations"]:
        owner = asking.organisation(organisation(entry), asked)
        own = [role for role in samples["roles"] if role["org"] == entry["id"]]
        notices = {"venues": {one["id"]: _venue(one) for one in own}, "roles": [_role(one, today) for one in own]}
        role_ids |= {key: role.pk for key, role in asking.add_roles(notices, owner, asked).items()}
    helped = Helping(words, towns, dict.fromkeys(("terms", "contact", "guardian"), "はい"), now, staff)
    people = {
        entry["id"]: helping.volunteer(person(entry), number, helped).pk
        for number, entry in enumerate(samples["personas"])
    }
    rows = [{**entry, "volunteer": entry["id"]} for entry in samples["personas"]]
    return PersonaSet(role_ids, people, expectations(rows))


def vocabulary(taxonomy: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the words of a taxonomy as ours are written."""
    tags = [_word(tag) | {"synonyms": tag["synonyms"]} for tag in taxonomy["categories"] + taxonomy["tags"]]
    for word, tag in zip(tags, taxonomy["categories"] + taxonomy["tags"], strict=True):
        if tag["parent"]:
            word["parent"] = tag["parent"]
    return {
        "activities": tags,
        "skills": [],
        "qualifications": [
            _word(one) | {"proof": PROOFS.get(one["verify"], "self")}
            for one in taxonomy["qualifications"]
            if one["id"] not in NO_QUALIFICATIONS
        ],
        "access": [_word(one) | {"is_about_place": one["id"] in ABOUT_PLACE} for one in taxonomy["accessibility"]],
    }


def organisation(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an organisation as ours are written."""
    return {
        "name": entry["name"],
        "kind": KINDS.get(entry["kind"], "community"),
        "town": entry["town"],
        "about": entry["blurb"],
        "host": {"name": entry["name"], "email": f"{entry['id']}@personas.example"},
    }


def person(entry: dict[str, Any]) -> dict[str, Any]:
    """Return a volunteer as ours are written."""
    held = [code for code in entry["qualifications"] if code not in NO_QUALIFICATIONS]
    week = {day: " ".join(map(_clock, spans)) for day, spans in windows(entry["availability"]).items()}
    return {
        "name": entry["nickname"],
        "email": f"{entry['id']}@personas.example",
        "age": entry["age"],
        "town": entry["town"],
        "km": entry["travel_radius_m"] / 1000,
        "wish": entry["want_text"],
        "interests": entry["interests"],
        "avoids": entry["avoid_tags"],
        "qualifications": held,
        "needs": entry["access_needs"],
        "online": entry["online_ok"],
        "home_only": entry["home_only"],
        "party": entry.get("group_size", 1),
        "minutes": entry["max_minutes_hint"],
        "free": week,
        **({"guardian": {"name": "保護者"}} if "q.guardian_ok" in entry["qualifications"] else {}),
    }


def windows(codes: list[str] | str, start: str = "", end: str = "") -> dict[str, list[tuple[int, int]]]:
    """Return the stretches of each day that the codes name, within start and end where those are times."""
    opens, closes = (_minutes(text) if ":" in text else None for text in (start, end))
    found: dict[str, list[tuple[int, int]]] = {}
    split = sorted(tuple(code.split("-")) for code in (ANY if codes == "any" else codes))
    for day, group in groupby(split, key=lambda code: code[0]):
        for begins, ends in sorted(PARTS[part] for _, part in group):
            first, last = max(begins, opens or 0), min(ends, closes or 1440)
            stretches = found.setdefault(day, [])
            if stretches and stretches[-1][1] == first < last:
                stretches[-1] = (stretches[-1][0], last)
            elif first < last:
                stretches.append((first, last))
    return {day: stretches for day, stretches in found.items() if stretches}


def the_day(in_days: int, days: list[str], today: dt.date) -> int:
    """Return the first of these weekdays at or after *in_days*, or the last one that a problem still looks at."""
    numbers = {DAYS[day][0] for day in days}
    fitting = [ahead for ahead in range(1, LAST_DAY + 1) if (today + dt.timedelta(days=ahead)).weekday() in numbers]
    return next((ahead for ahead in fitting if ahead >= in_days), fitting[-1])


def _role(entry: dict[str, Any], today: dt.date) -> dict[str, Any]:
    asked = [code for code in entry["qualifications"] if code not in NO_QUALIFICATIONS]
    return {
        "key": entry["id"],
        "title": entry["title"],
        "title_easy": entry["title_easy"],
        "summary": entry["summary"],
        "online": entry["online"],
        **({} if entry["online"] else {"venue": entry["id"]}),
        "activities": entry["tags"],
        "qualifications": asked,
        "access": entry["accessibility"],
        "min_age": max(entry["min_age"], 18 if "q.adult18" in entry["qualifications"] else 0),
        "guardian_under": entry["guardian_consent_under"],
        "groups": entry["group_ok"],
        "effort": entry["physical_load"],
        "insurance": INSURANCES.get(entry["insurance"], "unknown"),
        "slots": _slots(entry, today),
    }


def _slots(entry: dict[str, Any], today: dt.date) -> list[dict[str, Any]]:
    by_day = windows(entry["slots"], entry["start"], entry["end"])
    weeks = {day: {"monthly": "1"}.get(entry["cadence"], "0 1 2 3") for day in by_day}
    if "in_days" in entry:
        ahead = the_day(entry["in_days"], list(by_day), today)
        weekday = (today + dt.timedelta(days=ahead)).weekday()
        weeks = {day: str((ahead - 1) // 7) for day in by_day if DAYS[day] == [weekday]}
    return [
        {
            "days": day,
            "weeks": weeks[day],
            "at": _clock(span),
            "minutes": min(entry["minutes"], span[1] - span[0]),  # a part of the day may end before the role does
            "capacity": entry["capacity"],
        }
        for day in weeks
        for span in by_day[day]
    ]


def _venue(entry: dict[str, Any]) -> dict[str, Any]:
    return {"name": entry["id"], "town": entry["town"], "lat": entry["lat"], "lng": entry["lng"]}


def _towns(samples: dict[str, Any]) -> dict[str, Town]:
    points = {
        one["town"]: (one["lat"], one["lng"])
        for one in [*samples["organisations"], *samples["roles"], *samples["personas"]]
    }
    return {
        name: Town.objects.create(ward_code="00000", ward="-", name=name, lat=lat, lng=lng)
        for name, (lat, lng) in points.items()
    }


def _word(entry: dict[str, Any]) -> dict[str, Any]:
    return {"code": entry["id"], "ja": entry["ja"], "en": entry["en"], "easy_ja": entry["easy_ja"]}


def _clock(span: tuple[int, int]) -> str:
    return "-".join(f"{minutes // 60}:{minutes % 60:02d}" for minutes in span)


def _minutes(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)
