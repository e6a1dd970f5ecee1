"""What a company's people did: names only of those who agreed, numbers only of five or more."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models import Hold, Team
from tests.factories import NOW, AttendanceFactory, SlotFactory, TeamFactory, at
from volunteers.services.teams import team_hours

pytestmark = pytest.mark.django_db


def came(team: Team, count: int, starts_at: dt.datetime, **other: object) -> None:
    slot = SlotFactory(starts_at=starts_at, role__title="公園の清掃")
    hold = Hold.objects.create(team=team, slot=slot, asked=count, places=0, held_at=NOW, held_until=starts_at)
    for number in range(count):
        AttendanceFactory(
            placement__slot=slot,
            placement__hold=hold,
            placement__is_named=number == 0,
            placement__volunteer__user__name=f"花子{number}",
            **{"minutes": 90, **other},
        )


def test_months_with_their_hours_and_the_names_of_who_agreed() -> None:
    team = TeamFactory()
    came(team, 5, at(5, 9))
    came(team, 2, at(40, 9))
    april, march = team_hours.of(team.organisation)
    assert (march.first, march.minutes, march.people, march.roles) == (dt.date(2027, 3, 1), 450, 5, ("公園の清掃",))
    assert (april.minutes, april.people) == (180, 0)
    assert march.names == ("花子0",)


def test_who_stayed_away_and_who_is_of_another_company_do_not_count() -> None:
    team = TeamFactory()
    came(team, 5, at(5, 9), came=False, minutes=0)
    came(TeamFactory(), 5, at(5, 9))
    AttendanceFactory()
    assert team_hours.of(team.organisation) == []


def test_in_public_no_name_and_no_month_of_few() -> None:
    team = TeamFactory()
    came(team, 5, at(5, 9))
    came(team, 4, at(40, 9))
    [march] = team_hours.public(team.organisation)
    assert (march.first, march.names, march.people) == (dt.date(2027, 3, 1), (), 5)
