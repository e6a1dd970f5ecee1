"""A company's team: its code, and the times that have room for all of it."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry
from organisations.models import Slot
from organisations.models.organisation import Approval
from organisations.models.pattern import When
from organisations.services.teams import gathering
from tests.factories import NOW, OrganisationFactory, SlotFactory, TeamFactory, at

pytestmark = pytest.mark.django_db


def test_a_team_has_a_code_that_is_easily_read_aloud() -> None:
    company = OrganisationFactory()
    made = gathering.create(
        organisation=company, name="総務部", size=10, when=[When.SAT_AM], minutes=180, now=NOW, actor=None
    )
    assert len(made.code) == 9
    assert set(made.code) <= {*gathering.ALPHABET, "-"}
    assert (made.organisation, made.when, made.created_at) == (company, ["sat-am"], NOW)
    assert AuditEntry.objects.filter(action="team.create", target_id=str(made.pk)).exists()
    for typed in (made.code, made.code.lower(), made.code.replace("-", ""), f" {made.code.replace('-', ' ')} "):
        assert gathering.by_code(typed) == made


@pytest.mark.parametrize("typed", ["", "ASA-0001", "ABCD-EFGHI", "🌸🌸🌸🌸🌸🌸🌸🌸", "٣٣٣٣٣٣٣٣"])
def test_what_is_no_code_opens_nothing(typed: str) -> None:
    TeamFactory(code="3333-3333")
    assert gathering.by_code(typed) is None


@pytest.mark.parametrize("size", [0, 1001])
def test_a_team_has_a_size(size: int) -> None:
    with pytest.raises(gathering.TeamTooBig):
        gathering.create(organisation=OrganisationFactory(), name="総務部", size=size, now=NOW, actor=None)


def test_only_approved_organisations_have_teams() -> None:
    company = OrganisationFactory(approval=Approval.WAITING, approved_at=None)
    with pytest.raises(gathering.TeamNotApproved):
        gathering.create(organisation=company, name="総務部", size=5, now=NOW, actor=None)


def test_a_closed_team_is_found_by_nobody() -> None:
    team = TeamFactory(code="3333-3333")
    gathering.close(team=team, now=NOW, actor=None)
    gathering.close(team=team, now=NOW + dt.timedelta(days=1), actor=None)
    team.refresh_from_db()
    assert team.closed_at == NOW
    assert gathering.by_code("3333-3333") is None


class TestRoom:
    """Ten people, a Saturday morning, two hours."""

    def roomy(self, **other: object) -> Slot:
        made: Slot = SlotFactory(**{"capacity": 12, "role__takes_groups": True, **other})
        return made

    def found(self, **team: object) -> list[Slot]:
        return list(gathering.room_for(TeamFactory(size=10, **team), now=NOW))

    def test_there_must_be_room_for_everybody(self) -> None:
        fits = self.roomy(taken=2)
        self.roomy(taken=3)
        assert self.found() == [fits]

    def test_groups_must_be_welcome_at_once(self) -> None:
        self.roomy(role__takes_groups=False)
        self.roomy(role__asks_first=True)
        self.roomy(cancelled_at=NOW)
        self.roomy(role__status="closed")
        self.roomy(role__organisation__approval=Approval.SUSPENDED)
        self.roomy(minutes=30)
        self.roomy(starts_at=NOW + dt.timedelta(hours=23))
        assert self.found() == []

    def test_the_rough_time_is_kept(self) -> None:
        saturday = self.roomy(starts_at=at(5, 9))
        self.roomy(starts_at=at(5, 13))
        self.roomy(starts_at=at(6, 9))
        assert self.found(when=["sat-am"]) == [saturday]
        assert len(self.found(when=[])) == 3

    def test_what_lasts_as_wished_comes_first_then_what_is_earlier(self) -> None:
        long = self.roomy(starts_at=at(5, 9), ends_at=at(5, 17))
        later = self.roomy(starts_at=at(9, 9), ends_at=at(9, 12))
        sooner = self.roomy(starts_at=at(7, 9), ends_at=at(7, 12))
        assert self.found(minutes=180) == [sooner, later, long]
        assert self.found(minutes=None) == [long, sooner, later]
