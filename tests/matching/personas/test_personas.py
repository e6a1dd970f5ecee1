"""People of all kinds get first what a good coordinator would suggest, and never what they must not get.

Another set in the format of ``foreign`` is measured too where ``YARITAI_PERSONAS`` names its folder.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from django.utils import timezone

from tests.matching.personas import foreign
from tests.matching.personas.sets import PersonaSet, expectations, measure
from volunteers.sample import reading, ward

OWN = Path(__file__).parent
SETS = [OWN, *(Path(folder) for folder in [os.environ.get("YARITAI_PERSONAS")] if folder)]
# In how many of all cases the very first suggestion must be an expected one.
FIRST_SHARE = 0.88


def _load(folder: Path, now: dt.datetime) -> PersonaSet:
    if folder != OWN:
        return foreign.load(folder, now=now)
    loaded = ward.load(now=now)
    rows = expectations(reading.document(OWN / "expectations.yaml"))
    return PersonaSet(loaded.role_ids, loaded.volunteer_ids, rows)


@pytest.mark.django_db
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_everybody_gets_what_a_good_coordinator_would_suggest(folder: Path) -> None:
    now = dt.datetime(2026, 11, 24, 8, tzinfo=timezone.get_default_timezone())
    result = measure(_load(folder, now), now=now)
    report = "\n".join([f"{len(result.first)} of {result.expected} first", *result.misses])
    assert result.wrongly_suggested == []
    assert len(result.among_first) == result.expected, report
    assert len(result.first) >= FIRST_SHARE * result.expected, report
