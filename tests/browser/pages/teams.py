"""A company's team, and the pages of organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from accounts.models import User
from organisations.models import Hold, Organisation, Slot, Team
from organisations.services.teams import gathering, holds
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from volunteers.models import Placement
from volunteers.services.taking_part import placements
from volunteers.services.teams import team_places

DAY = dt.timedelta(days=1)


def _of(kept: Kept, kind: str) -> User:
    return User.objects.get(email=next(one.email for one in kept.ward.sign_ins if one.kind == kind))


def _organisation(kept: Kept) -> Organisation:
    return Organisation.objects.filter(memberships__user=_of(kept, "host")).earliest("pk")


def _team(kept: Kept) -> Team:
    organisation = _organisation(kept)
    found = organisation.teams.first()
    return found or gathering.create(
        organisation=organisation, name="総務部の2人", size=2, now=timezone.now(), actor=None
    )


def _free(kept: Kept) -> Slot:
    """A time at which there is room, and the volunteer who signs in is not elsewhere."""
    now, team = timezone.now(), _team(kept)
    room = gathering.room_for(Team(organisation=team.organisation, size=1, pk=team.pk), now=now)
    later = room.filter(
        starts_at__gt=now + 3 * DAY, role__min_age__lte=18, role__max_age=None, role__qualifications=None
    )
    person = _of(kept, "volunteer").volunteer
    return next(slot for slot in later if not placements.clashing(person, slot).exists())


def _hold(kept: Kept) -> Hold:
    found = _team(kept).holds.alive().first()
    if found is not None:
        return found
    now, slot = timezone.now(), _free(kept)
    until = min(now + 2 * DAY, holds.latest(slot, now))
    return team_places.hold(team=_team(kept), slot=slot, places=1, until=until, now=now, actor=None)


def _placement(kept: Kept) -> Placement:
    person = _of(kept, "volunteer").volunteer
    found = Placement.objects.active().filter(volunteer=person, hold__isnull=False).first()
    return found or team_places.join(
        volunteer=person, hold=_hold(kept), is_named=False, text="", now=timezone.now(), actor=None
    )


def _shown(path: str) -> Callable[[Kept], str]:
    """The address below the team, with one time held."""

    def address(kept: Kept) -> str:
        _hold(kept)
        return f"/organisation/teams/{_team(kept).pk}/{path}"

    return address


def _holding(kept: Kept) -> str:
    return f"/organisation/teams/{_team(kept).pk}/slots/{_free(kept).pk}/hold/"


def _joining(kept: Kept) -> str:
    return f"/team/{_team(kept).code}/{_hold(kept).pk}/"


PAGES: dict[str, list[Look]] = {
    "public:organisation": [Look("", lambda kept: f"/organisations/{_organisation(kept).pk}/", is_dark=True)],
    "organisation:teams": [Look("host", lambda kept: f"/organisation/{_organisation(kept).pk}/teams/")],
    "organisation:new_team": [Look("host", lambda kept: f"/organisation/{_organisation(kept).pk}/teams/new/")],
    "organisation:team": [Look("host", _shown(""), is_dark=True)],
    "organisation:team_code": [Look("host", _shown("code/"))],
    "organisation:close_team": [Look("host", _shown("close/"))],
    "organisation:hold": [Look("host", _holding)],
    "organisation:held": [Look("host", lambda kept: f"/organisation/holds/{_hold(kept).pk}/")],
    "organisation:release_hold": [Look("host", lambda kept: f"/organisation/holds/{_hold(kept).pk}/release/")],
    "volunteer:find_team": [Look("volunteer", "/team/")],
    "volunteer:team": [Look("volunteer", lambda kept: f"/team/{_hold(kept).team.code}/", is_dark=True)],
    "volunteer:join_team": [Look("volunteer", _joining)],
    "volunteer:team_name": [Look("volunteer", lambda kept: f"/my/places/{_placement(kept).pk}/name/")],
}
NOT_PAGES: set[str] = set()
