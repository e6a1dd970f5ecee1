"""What the demo prints."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from matching.services.asking import digests
from matching.services.running import runs
from tests.factories import NOW
from tests.matching import rows
from web.management import demo_report

pytestmark = pytest.mark.django_db


def test_suggestions_with_score_time_distance_and_reason() -> None:
    gardening = rows.gardening()
    rows.person(gardening, name="まこと")
    rows.person(name="だれか")
    rows.person(name="もうひとり")
    role = rows.role(gardening)
    rows.run_once()
    before = demo_report.messages()
    digests.plan(now=NOW)
    said = "\n".join(demo_report.suggestions())
    assert role.title in said
    assert "3月6日(土) 朝9時 — 「花だんの手入れ」が好き・歩いて5分くらい・土曜日の朝" in said
    without, nothing = said.splitlines()[-2:]
    assert without.startswith("だれか(")
    assert "・もうひとり(" in without
    assert "いま合うものはありません" in nothing
    assert "書いたもの 1(今回 1)、とどけたもの 0(今回 0)" in "\n".join(
        demo_report.outbox(before, demo_report.messages())
    )


def test_in_english() -> None:
    gardening = rows.gardening()
    rows.person(gardening)
    rows.role(gardening, title_en="Watering flowers")
    rows.run_once()
    digests.plan(now=NOW)
    with override("en"):
        said = "\n".join(demo_report.suggestions())
    assert "Watering flowers" in said
    assert "Sat 6 Mar 9:00" in said


def test_roles_that_lack_people() -> None:
    role = rows.role()
    rows.person()
    never = rows.person()
    never.availability.weekly = [0] * 7
    never.availability.save()
    rows.run_once()
    run = runs.latest()
    assert run is not None
    said = "\n".join(demo_report.scarce_roles(run))
    assert f"{role.title}: 1人 — 「時間」のために来られない方 1人" in said


def test_what_sharing_out_changed() -> None:
    gardening = rows.gardening()
    for _ in range(8):
        rows.person(gardening)
    for number in range(3):
        rows.role(gardening, title=f"花まつり {number}", capacity=9)
    quiet = rows.role(rows.reading(), besides=gardening, title="図書室の花", title_en="Library flowers", capacity=4)
    rows.run_once()
    run = runs.latest()
    assert run is not None
    said = "\n".join(demo_report.sharing(run))
    assert "5人以上にとどく募集: 3 → 4(とどけられる募集 4)" in said
    assert "5人に、または来られる方全員にとどく募集: 3 → 4(候補のいる募集 4)" in said
    given = quiet.prices.get().given
    assert f"下限のおかげでとどく募集(人数): 図書室の花({given})" in said
    assert given > 0
    with override("en"):
        assert f"Library flowers ({given})" in "\n".join(demo_report.sharing(run))
