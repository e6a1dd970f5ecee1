"""What lies on a table says nothing of few people, and only what everybody may read."""

from __future__ import annotations

import pytest

from matching import explanations
from matching.models import RoleReport, Run
from matching.models.run import RunStatus
from matching.services.coordinating import gaps, meetings
from organisations.models import Town
from organisations.models.need import NeedStatus
from organisations.models.role import RoleStatus
from organisations.publicity import meeting
from tests.factories import (
    NOW,
    ActivityFactory,
    DistrictFactory,
    NeedFactory,
    OfferFactory,
    SlotFactory,
    TownFactory,
    at,
)
from tests.matching import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    found: Town = TownFactory(lat=35.47, lng=139.54, district=DistrictFactory())
    return found


def test_a_district_with_nothing() -> None:
    found = meetings.sheet(district=DistrictFactory(name="見本地区"), now=NOW)
    nothing = meeting.Part([])
    said = ("見本地区", explanations.day_of_year(NOW.date()), found.url)
    assert found == meeting.Sheet(*said, wishes=[], needs=nothing, roles=nothing, offers=nothing)


def test_wishes_are_told_in_fives_and_those_of_few_not_at_all(town: Town) -> None:
    for people, activity in ((4, ActivityFactory(ja="将棋")), (12, ActivityFactory(ja="花と緑"))):
        for _ in range(people):
            rows.person(activity, town=town)
    ((label, people),) = _sheet(town).wishes
    assert label == "花と緑"
    assert people in (5, 10)
    assert [cell.wishes for cell in gaps.public(now=NOW)] == [people]


def test_only_what_is_public_here_is_named_the_next_in_front(town: Town) -> None:
    far = TownFactory(district=DistrictFactory())
    NeedFactory(town=town, title="草取り")
    NeedFactory(town=None, district=town.district, title="見まもり")
    NeedFactory(town=town, title="まだ下書き", status=NeedStatus.DRAFT)
    for days, title in ((9, "あとの体操"), (4, "まえの体操")):
        SlotFactory(role__title=title, role__venue__town=town, starts_at=at(days, 9), ends_at=at(days, 11))
    SlotFactory(role__title="下書き", role__venue__town=town, role__status=RoleStatus.DRAFT)
    SlotFactory(role__title="よその体操", role__venue__town=far)
    OfferFactory(town=town, title="集会室")
    found = _sheet(town)
    assert {line.title for line in found.needs.lines} == {"草取り", "見まもり"}
    assert [line.title for line in found.roles.lines] == ["まえの体操", "あとの体操"]
    assert [line.title for line in found.offers.lines] == ["集会室"]


def test_what_does_not_fit_is_counted(town: Town) -> None:
    NeedFactory.create_batch(meetings.MOST_NEEDS + 2, town=town)
    needs = _sheet(town).needs
    assert (len(needs.lines), needs.more) == (meetings.MOST_NEEDS, 2)


@pytest.mark.parametrize(("shut_out", "said"), [(4, False), (9, True)])
def test_a_condition_is_named_where_it_surely_shuts_out_five(town: Town, shut_out: int, said: bool) -> None:
    slot = SlotFactory(role__venue__town=town)
    run = Run.objects.create(requested_at=NOW, as_of=NOW, finished_at=NOW, status=RunStatus.DONE)
    alone = {"time": shut_out, "distance": 90}
    RoleReport.objects.create(run=run, role=slot.role, could_come=2, listed=2, shut_out_only_by=alone)
    (line,) = _sheet(town).roles.lines
    assert line.opens.endswith(": 時間") is said
    assert "距離" not in line.opens


def _sheet(town: Town) -> meeting.Sheet:
    assert town.district is not None
    return meetings.sheet(district=town.district, now=NOW)
